/** Where the bank's calls come from: the published file, or calls that are simulated by its columns. Written by hand. */
import { type DataSpec, formatCsv } from 'alambique';
import { simulateBank } from './simulate-bank.js';

/** The file that UCI publishes; where it cannot be had, as many simulated calls. */
export const bankFile: DataSpec = {
  file: 'bank-full.csv',
  dialect: { separator: ';' },
  sha256: 'd1513ec63b385506f7cfce9f2c5caa9fe99e7ba4e8c3fa264b3aaf0f849ed32d',
  archive: {
    url: 'https://archive.ics.uci.edu/static/public/222/bank+marketing.zip',
    members: ['bank.zip', 'bank-full.csv'],
    timeoutSeconds: 20,
  },
  simulate: () => simulatedFile({ seed: 2008 }),
};

/** 6,000 simulated calls, to try a notebook out in seconds. */
export const fewCalls: DataSpec = {
  file: 'bank-few.csv',
  dialect: { separator: ';' },
  simulate: () => simulatedFile({ rows: 6000, seed: 2008 }),
};

function simulatedFile(options: { rows?: number; seed: number }): string {
  return formatCsv(simulateBank(options).table, { separator: ';' });
}
