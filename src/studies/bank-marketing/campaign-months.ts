/** The months of the simulated campaign: how much was called, whom, and how willing people were. */

/** One month of calls. */
export interface BankMonth {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** Of all calls, in 1/10,000. */
  readonly share: number;
  /** Log-odds of a yes for a plain client: the drift. */
  readonly appeal: number;
  /** How much the clients were picked by their prospects: 0 anybody, 1 the promising. */
  readonly picked: number;
  /** Share of clients called by mobile phone; what remains is mostly `unknown` in 2008, `telephone` later. */
  readonly cellular: number;
  /** Share of clients with a housing loan. */
  readonly housing: number;
  /** Share of clients contacted in an earlier campaign. */
  readonly known: number;
  /** Mean number of calls to the same client in this campaign. */
  readonly calls: number;
}

/**
 * Thirty months, after the marginal figures of the bank data (Moro, Laureano and Cortez 2011): 61 % of the calls in
 * 2008, base rate from about 5 % in 2008 over 17 % in 2009 to 50 % in 2010. The appeals were set so that a month's
 * rate stands three quarters of the way, in log-odds, from its year's rate to the rate that month had there.
 */
export const bankMonths: readonly BankMonth[] = [
  // year, month, share, appeal, picked, cellular, housing, known, calls
  month(2008, 5, 1760, -2.1, 0, 0, 0.9, 0, 2.5),
  month(2008, 6, 992, -2.4, 0, 0, 0.45, 0, 3.4),
  month(2008, 7, 1411, -2.3, 0, 0.84, 0.51, 0, 3.6),
  month(2008, 8, 1153, -2.6, 0.1, 0.97, 0.17, 0, 4.3),
  month(2008, 10, 18, 0.1, 0.5, 0.1, 0.54, 0.09, 1.1),
  month(2008, 11, 796, -2.5, 0.1, 0.89, 0.59, 0.25, 1.9),
  month(2008, 12, 3, -2.2, 0.1, 0.2, 0.3, 0.05, 1.1),
  month(2009, 1, 260, -2.9, 0, 0.92, 0.41, 0.31, 1.6),
  month(2009, 2, 508, -1.8, 0.1, 0.9, 0.46, 0.29, 2.5),
  month(2009, 3, 57, -0.3, 0.5, 0.92, 0.26, 0.1, 2.5),
  month(2009, 4, 601, -1.3, 0.2, 0.94, 0.74, 0.36, 1.9),
  month(2009, 5, 1233, -1.4, 0.1, 0.92, 0.87, 0.42, 2.3),
  month(2009, 6, 142, -0.7, 0.5, 0.9, 0.24, 0.3, 1.8),
  month(2009, 7, 46, -0.9, 0.7, 0.86, 0.22, 0.25, 2.0),
  month(2009, 8, 171, -1.0, 0.7, 0.9, 0.24, 0.46, 1.7),
  month(2009, 9, 62, -0.7, 0.8, 0.86, 0.22, 0.46, 1.7),
  month(2009, 10, 97, -0.9, 1, 0.86, 0.18, 0.43, 1.5),
  month(2009, 11, 66, -0.6, 0.9, 0.86, 0.2, 0.61, 1.9),
  month(2009, 12, 44, -0.7, 0.8, 0.86, 0.19, 0.59, 2.3),
  month(2010, 1, 50, -0.6, 0.9, 0.83, 0.18, 0.57, 1.9),
  month(2010, 2, 78, -0.4, 0.8, 0.85, 0.22, 0.72, 1.9),
  month(2010, 3, 48, -0.3, 0.9, 0.82, 0.2, 0.68, 1.8),
  month(2010, 4, 47, -0.0, 0.9, 0.86, 0.24, 0.63, 2.1),
  month(2010, 5, 52, -0.2, 0.8, 0.82, 0.22, 0.71, 1.8),
  month(2010, 6, 47, -0.4, 0.8, 0.7, 0.21, 0.61, 1.8),
  month(2010, 7, 68, -0.2, 0.8, 0.78, 0.17, 0.66, 2.1),
  month(2010, 8, 58, -0.3, 0.8, 0.77, 0.19, 0.67, 1.9),
  month(2010, 9, 66, -0.5, 0.8, 0.75, 0.23, 0.62, 1.8),
  month(2010, 10, 49, -0.7, 0.8, 0.82, 0.2, 0.66, 1.7),
  month(2010, 11, 17, -0.6, 0.8, 0.9, 0.28, 0.73, 1.6),
];

function month(
  year: number,
  month: number,
  share: number,
  appeal: number,
  picked: number,
  cellular: number,
  housing: number,
  known: number,
  calls: number,
): BankMonth {
  return { year, month, share, appeal, picked, cellular, housing, known, calls };
}
