/** How probable it is that rows come out all alike although what they share tells nothing that is not known in time. */
import type { Contrast } from '../../task/aspects/aspects.js';

/** Rows, and in how many of them a contrast holds. */
export interface Tally {
  readonly rows: number;
  readonly ones: number;
}

/** A column known in time may multiply the odds of an outcome so far and still be honest. */
const HONEST_ODDS = 2;

/** The chance of one false finding in a whole table. */
const CHANCE = 1e-4;

/** The log of the chance that one of `count` things may have of being an accident and still be spoken of. */
export function logLimit(count: number): number {
  return Math.log(CHANCE / Math.max(1, count));
}

/** An outcome that rows share, too many of them for chance. */
export interface SharedOutcome {
  /** "yes", "not 0". */
  readonly outcome: string;
  /** The log of the probability that this is an accident. */
  readonly logChance: number;
}

/** What the rows of a tally share; undefined where nothing, or where chance reaches `limit`. `beside` is asked last, for it costs most. */
export function tooManyForChance(
  tally: Tally,
  { contrast, limit, beside }: { contrast: Contrast; limit: number; beside(): number },
): SharedOutcome | undefined {
  const outcome = sharedOutcome(tally);
  const total = contrast.holds.length;
  if (outcome === undefined) return undefined;
  const share = outcome === 1 ? contrast.count / total : 1 - contrast.count / total;
  if (share === 1) return undefined;
  const atShare = logChanceAtShare(tally.rows, share);
  if (atShare >= limit) return undefined;
  const logChance = Math.max(atShare, beside());
  return logChance < limit ? { outcome: contrast.names[outcome], logChance } : undefined;
}

/** Which outcome all rows of a tally share: 1, 0, or none. */
export function sharedOutcome({ rows, ones }: Tally): 0 | 1 | undefined {
  if (rows === 0) return undefined;
  return ones === rows ? 1 : ones === 0 ? 0 : undefined;
}

/** The log of the probability that all of `rows` came out so where `share` of all rows did, allowing for honest odds. */
function logChanceAtShare(rows: number, share: number): number {
  const odds = (HONEST_ODDS * share) / (1 - share);
  return rows * Math.log(odds / (1 + odds));
}

/**
 * The same where values differ in their shares, as shops do: the share is drawn from the beta distribution that has the
 * mean and the spread of the `others` (Kleinman 1973), so that it may come near 0 or 1 without a leak.
 */
export function logChanceAmong({ rows, ones }: Tally, others: readonly Tally[]): number {
  let [total, totalOnes, squaredRows] = [0, 0, 0];
  for (const other of others) {
    total += other.rows;
    totalOnes += other.ones;
    squaredRows += other.rows ** 2;
  }
  const share = (totalOnes + 0.5) / (total + 1);
  let between = 0;
  for (const other of others) between += other.rows * (other.ones / other.rows - share) ** 2;
  const free = others.length - 1;
  const spread = total - squaredRows / Math.max(1, total) - free;
  // Two standard errors off: values that differ by accident are taken for equal.
  const surely = between / (share * (1 - share)) - free - 2 * Math.sqrt(2 * Math.max(0, free));
  const alike = spread > 0 ? surely / spread : 0;
  // Two rows of one value are alike by this correlation; below a thousandth it makes no difference.
  const weight = 1 / Math.min(0.999, Math.max(0.001, alike)) - 1;
  const mean = ones === 0 ? 1 - share : share;
  let log = 0;
  for (let row = 0; row < rows; row++) log += Math.log((mean * weight + row) / (weight + row));
  return log;
}

/**
 * The same for a range at the end of a column, seen from the two stretches of as many rows before it: where the share
 * rises from stretch to stretch, it may go on to rise, and faster.
 */
export function logChanceByTrend(
  end: Tally,
  { next, beyond }: { readonly next: Tally; readonly beyond: Tally },
): number {
  const sign = end.ones === 0 ? -1 : 1;
  const near = sign * logOdds(next);
  // One standard error off: stretches that differ by accident show no trend.
  const rise = near - sign * logOdds(beyond) - Math.sqrt(logOddsVariance(next) + logOddsVariance(beyond));
  const expected = near + TREND * Math.max(0, rise) + Math.log(HONEST_ODDS);
  return -end.rows * Math.log1p(Math.exp(-expected));
}

/** How many times as fast as between the last two stretches log-odds may go on to rise: tails are long. */
const TREND = 3;

function logOdds({ rows, ones }: Tally): number {
  return Math.log((ones + 0.5) / (rows - ones + 0.5));
}

function logOddsVariance({ rows, ones }: Tally): number {
  return 1 / (ones + 0.5) + 1 / (rows - ones + 0.5);
}
