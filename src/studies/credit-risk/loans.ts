/** The bank's loans for the notebooks that look at them; the one that makes the study reads them by its own schema. Written by hand. */
import { type Dataset, type KnownBefore, loadData } from 'alambique';
import { fewLoans, loansFile } from './source.js';
import { borrowers, loans } from './study.js';

/** The columns of the file that are known when the loan is granted. */
export type LoanColumn = KnownBefore<typeof loans>;

/** The loans as the file holds them. */
export type CreditLoans = Dataset<LoanColumn, 'days_birth' | 'days_employed'>;

/** What is known of a client when a loan is granted. */
export type BorrowerColumn = KnownBefore<typeof borrowers.schema>;

/** Rows of (client, moment), with what was known then. */
export type BorrowerRows = Dataset<BorrowerColumn, 'days_birth' | 'days_employed'>;

/**
 * All loans in time order. 'real' takes the sample from `data/raw` or from the folder named by ALAMBIQUE_DATA, and simulates
 * as many clients where it is in neither: the dataset says so. 'simulated' makes 700 clients that are nobody, to try a notebook
 * out in seconds. Throws what `loadData` throws.
 */
export function creditLoans(data: 'real' | 'simulated' = 'real'): Promise<CreditLoans> {
  return loadData(data === 'simulated' ? fewLoans : loansFile, loans);
}

/** The rows that teach: every client at the moment of every loan. */
export function borrowerRows(file: CreditLoans): BorrowerRows {
  return borrowers.derive.rows(file);
}
