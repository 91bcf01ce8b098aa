/** The bank's calls for the notebooks that look at them; the one that makes the study reads them by its own schema. Written by hand. */
import { type Dataset, type KnownBefore, loadData } from 'alambique';
import { bankFile, fewCalls } from './source.js';
import { bank } from './study.js';

/** The columns of the file that are known before the call. */
export type BankColumn = KnownBefore<typeof bank>;

/** The calls; `scale('duration')` on their schema is a compiler's error. */
export type BankCalls = Dataset<BankColumn, 'duration'>;

/**
 * All calls in time order, with their outcomes. 'real' takes `bank-full.csv` from `data/raw`, from the folder named by
 * ALAMBIQUE_DATA, or from its publisher, and simulates as many calls where there is none of these: the dataset says so.
 * 'simulated' makes 6,000 calls that describe nobody, to try a notebook out in seconds. Throws what `loadData` throws.
 */
export function bankCalls(data: 'real' | 'simulated' = 'real'): Promise<BankCalls> {
  return loadData(data === 'simulated' ? fewCalls : bankFile, bank);
}
