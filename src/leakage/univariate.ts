/** How well one column alone ranks the labels: by its values where they have an order, and by its rates anyhow. */
import { type Random, seededRandom } from '../random.js';
import type { Labels } from '../table/matrix.js';
import type { ColumnProfile } from './column-profile.js';

/** The AUC of one column alone. All are NaN where the labels have one class only. */
export interface Strength {
  /** The better of the two below, in [.5, 1]. */
  readonly auc: number;
  /** Of the values as they stand, turned round if below .5, over the rows that have one; NaN for text. */
  readonly byValue: number;
  /**
   * Of rates by level (or by one of 64 bins of equal count), missing being a level: the rates learned on one random
   * half of the rows judge the other half, so that a column of many levels cannot shine by remembering its rows.
   */
  readonly byRate: number;
  /**
   * How many standard errors the better stands above .5, the error being that of an AUC of these class sizes where
   * nothing is to be found (Mann and Whitney 1947); twice its square for `byRate`, whose halves judge each other.
   */
  readonly significance: number;
}

const BINS = 64;

/** Rows that a level's rate is pulled to the base rate by, as if they had been seen. */
const PRIOR_ROWS = 10;

/** The strength of a column; `seed` draws the halves. */
export function strengthOf(profile: ColumnProfile, labels: Labels, seed: number): Strength {
  let yes = 0;
  for (const label of labels) yes += label;
  const no = labels.length - yes;
  const byValue = profile.values ? aucByValue(profile) : Number.NaN;
  const byRate = aucByRate(profile, labels, seededRandom(seed).fork('halves'));
  const auc = Math.max(0.5, byRate, Number.isNaN(byValue) ? 0.5 : byValue);
  const error = Math.sqrt((labels.length + 1) / (12 * yes * no));
  const significance = Math.max((byRate - 0.5) / (Math.SQRT2 * error), ((byValue || 0.5) - 0.5) / error);
  if (yes * no === 0) return { auc: Number.NaN, byValue: Number.NaN, byRate: Number.NaN, significance: 0 };
  return { auc, byValue, byRate, significance };
}

function aucByValue({ rows, yes }: ColumnProfile): number {
  const auc = aucOfCounts(rows.subarray(0, -1), yes.subarray(0, -1));
  return Math.max(auc, 1 - auc);
}

function aucByRate(profile: ColumnProfile, labels: Labels, random: Random): number {
  const { binOf, bins } = binCodes(profile);
  const missing = profile.rows.length - 1;
  const rows = [new Uint32Array(bins), new Uint32Array(bins)] as const;
  const yes = [new Uint32Array(bins), new Uint32Array(bins)] as const;
  for (let i = 0; i < labels.length; i++) {
    const half = random.uniform() < 0.5 ? 0 : 1;
    const code = profile.codes[i]!;
    const bin = binOf[code < 0 ? missing : code]!;
    rows[half][bin]!++;
    yes[half][bin]! += labels[i]!;
  }
  const aucs = ([0, 1] as const).map((learned) => {
    const rate = smoothedRates(rows[learned], yes[learned]);
    const order = Uint32Array.from(rate, (_, bin) => bin).sort((a, b) => rate[a]! - rate[b]!);
    const judged = learned === 0 ? 1 : 0;
    return aucOfCounts(...mergeTies(order, rate, rows[judged], yes[judged]));
  });
  return (aucs[0]! + aucs[1]!) / 2;
}

/** Codes into at most 64 bins of about equal count where values have an order, else each level a bin; missing last. */
function binCodes({ rows, values }: ColumnProfile): { binOf: Uint32Array; bins: number } {
  const size = rows.length - 1;
  const binOf = Uint32Array.from(rows, (_, code) => code);
  if (!values || size <= BINS) return { binOf, bins: size + 1 };
  let total = 0;
  for (let code = 0; code < size; code++) total += rows[code]!;
  let before = 0;
  for (let code = 0; code < size; code++) {
    binOf[code] = Math.min(BINS - 1, Math.floor((BINS * (before + rows[code]! / 2)) / total));
    before += rows[code]!;
  }
  binOf[size] = BINS;
  return { binOf, bins: BINS + 1 };
}

function smoothedRates(rows: Uint32Array, yes: Uint32Array): Float64Array {
  let [allRows, allYes] = [0, 0];
  for (let bin = 0; bin < rows.length; bin++) {
    allRows += rows[bin]!;
    allYes += yes[bin]!;
  }
  const base = allYes / Math.max(1, allRows);
  return Float64Array.from(rows, (n, bin) => (yes[bin]! + PRIOR_ROWS * base) / (n + PRIOR_ROWS));
}

/** Counts in ascending order of rate, bins of equal rate taken together: their rows are tied. */
function mergeTies(
  order: Uint32Array,
  rate: Float64Array,
  rows: Uint32Array,
  yes: Uint32Array,
): [rows: Uint32Array, yes: Uint32Array] {
  const mergedRows = new Uint32Array(order.length);
  const mergedYes = new Uint32Array(order.length);
  let last = -1;
  let previous = Number.NaN;
  for (const bin of order) {
    if (rate[bin] !== previous) last++;
    previous = rate[bin]!;
    mergedRows[last]! += rows[bin]!;
    mergedYes[last]! += yes[bin]!;
  }
  return [mergedRows, mergedYes];
}

/** The AUC of groups of tied rows in ascending order, ties counting half; .5 where one class is empty. */
function aucOfCounts(rows: Uint32Array, yes: Uint32Array): number {
  let [noBelow, yesInAll, wins] = [0, 0, 0];
  for (let group = 0; group < rows.length; group++) {
    const no = rows[group]! - yes[group]!;
    wins += yes[group]! * (noBelow + no / 2);
    noBelow += no;
    yesInAll += yes[group]!;
  }
  const pairs = noBelow * yesInAll;
  return pairs === 0 ? 0.5 : wins / pairs;
}
