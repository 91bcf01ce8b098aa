/** The bank's calls for a notebook: found, fetched or simulated, by the schema of the file. Written by hand. */
import {
  type Dataset,
  findData,
  formatCsv,
  type KnownBefore,
  makeDataset,
  readCsv,
  simulateBank,
} from '../index.js';
import type { bank } from './bank-marketing.js';

/** The columns of the file that are known before the call. */
export type BankColumn = KnownBefore<typeof bank>;

/** The calls; `scale('duration')` on their schema is a compiler's error. */
export type BankCalls = Dataset<BankColumn, 'duration'>;

/** How many calls are simulated where a notebook is only tried out. */
const fewRows = 6000;

/**
 * All calls in time order, with their outcomes. 'real' takes `bank-full.csv` from `data/raw`, from the folder named by the
 * environment variable ALAMBIQUE_DATA, or from its publisher, and simulates as many calls where there is none of these:
 * the dataset says so. 'simulated' makes 6,000 calls that describe nobody, to try a notebook out in seconds.
 * Throws what `readCsv` throws.
 */
export async function bankCalls(data: 'real' | 'simulated' = 'real'): Promise<BankCalls> {
  // Loaded when it is asked for: the study itself is made of what the front door exports.
  const { bank, study } = await import('./bank-marketing.js');
  const few = {
    ...study.data,
    file: 'bank-few.csv',
    simulate: () => formatCsv(simulateBank({ rows: fewRows, seed: 2008 }).table, { separator: ';' }),
  };
  const found =
    data === 'simulated'
      ? await findData(few, { use: 'simulated' })
      : await findData(study.data, { folder: process.env.ALAMBIQUE_DATA });
  const { table, source } = await readCsv(found.path, bank, { separator: ';' });
  return makeDataset(bank, table, {
    ...source,
    name: found.name,
    simulated: found.simulated,
  });
}
