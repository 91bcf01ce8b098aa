/** Where the loans come from: the sample, or loans of a simulated bank in its columns. Written by hand. */
import { type DataSpec, formatCsv } from 'alambique';
import { simulateLoans } from './simulate-loans.js';

/** The sample: 1,791 clients and their 38,465 loans; where it is missing, as many clients of a simulated bank. */
export const loansFile: DataSpec = {
  file: 'credit-risk-sample.csv.gz',
  sha256: 'c808434937eb94232cfbe20d9193226a5362451fed0efff356577a5958913dc1',
  simulate: () => formatCsv(simulateLoans({ seed: 2021 }).table),
};

/** 700 clients of a simulated bank, to try a notebook out in seconds. */
export const fewLoans: DataSpec = {
  file: 'credit-risk-few.csv',
  simulate: () => formatCsv(simulateLoans({ clients: 700, seed: 2021 }).table),
};
