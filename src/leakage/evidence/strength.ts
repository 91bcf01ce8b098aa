/** How well one column alone tells the target: by its values where they have an order, and by its means anyhow. */
import { type Random, seededRandom } from '../../random.js';
import type { Response, ResponseGroups, TargetAspects } from '../../task/aspects/aspects.js';
import { type ColumnProfile, sumByCode } from '../column-profile.js';

/** The strength of one column alone, by the target's own measure. All are NaN where all rows came out alike. */
export interface Strength {
  /** The better of the two below; of several classes that of the class which it tells best. */
  readonly value: number;
  /** Of the values as they stand, turned round if they fall, over the rows that have one; NaN for text. */
  readonly byValue: number;
  /**
   * Of means by level (or by one of 64 bins of equal count), missing being a level: the means learned on one random
   * half of the rows judge the other half, so that a column of many levels cannot shine by remembering its rows.
   */
  readonly byMean: number;
  /** How many standard errors the better stands above nothing; twice the error's square for `byMean`, whose halves judge each other. */
  readonly significance: number;
  /** What it tells: one of the target's responses. */
  readonly response: Response;
}

const BINS = 64;

/** Rows that a level's mean is pulled to the mean of all by, as if they had been seen. */
const PRIOR_ROWS = 10;

/** The strength of a column; `seed` draws the halves. */
export function strengthOf(profile: ColumnProfile, target: TargetAspects, seed: number): Strength {
  const strengths = target.responses.map((response) => strengthFor(profile, { target, response, seed }));
  return strengths.reduce((a, b) => (b.value > a.value ? b : a));
}

interface Question {
  readonly target: TargetAspects;
  readonly response: Response;
  readonly seed: number;
}

function strengthFor(profile: ColumnProfile, { target, response, seed }: Question): Strength {
  const { measure, outcomes } = target;
  const { nothing } = measure;
  if (outcomes.rows.filter((n) => n > 0).length < 2) {
    const [value, byValue, byMean] = [Number.NaN, Number.NaN, Number.NaN];
    return { value, byValue, byMean, significance: 0, response };
  }
  const groups = groupsOf(profile, response);
  const ofValues = profile.values ? measure.of(groups) : Number.NaN;
  const byValue = Math.max(ofValues, 2 * nothing - ofValues);
  const byMean = strengthByMean(profile, { target, response, seed });
  const value = Math.max(nothing, byMean, byValue || nothing);
  const error = measure.error(response);
  const significance = Math.max(
    (byMean - nothing) / (Math.SQRT2 * error),
    ((byValue || nothing) - nothing) / error,
  );
  return { value, byValue, byMean, significance, response };
}

/** The rows that have a value, one group for each value. */
function groupsOf(profile: ColumnProfile, { ranks }: Response): ResponseGroups {
  const squares = ranks.map((rank) => rank * rank);
  return {
    rows: profile.rows.subarray(0, -1),
    sums: sumByCode(profile, ranks).subarray(0, -1),
    squares: sumByCode(profile, squares).subarray(0, -1),
  };
}

function strengthByMean(profile: ColumnProfile, { target, response, seed }: Question): number {
  const { binOf, bins } = binCodes(profile);
  const random = seededRandom(seed).fork('halves');
  const halves = [emptyBins(bins), emptyBins(bins)] as const;
  drawHalves(profile, { response, binOf, halves, random });
  const strengths = ([0, 1] as const).map((learned) => {
    const mean = smoothedMeans(halves[learned]);
    const order = Uint32Array.from(mean, (_, bin) => bin).sort((a, b) => mean[a]! - mean[b]!);
    return target.measure.of(mergeTies(halves[learned === 0 ? 1 : 0], { order, mean }));
  });
  return (strengths[0]! + strengths[1]!) / 2;
}

interface Bins {
  readonly rows: Uint32Array;
  readonly sums: Float64Array;
  readonly squares: Float64Array;
}

function emptyBins(count: number): Bins {
  return { rows: new Uint32Array(count), sums: new Float64Array(count), squares: new Float64Array(count) };
}

function drawHalves(
  { codes, rows }: ColumnProfile,
  {
    response,
    binOf,
    halves,
    random,
  }: { response: Response; binOf: Uint32Array; halves: readonly [Bins, Bins]; random: Random },
): void {
  const missing = rows.length - 1;
  for (let i = 0; i < codes.length; i++) {
    const half = halves[random.uniform() < 0.5 ? 0 : 1];
    const bin = binOf[codes[i]! < 0 ? missing : codes[i]!]!;
    const rank = response.ranks[i]!;
    half.rows[bin]!++;
    half.sums[bin]! += rank;
    half.squares[bin]! += rank * rank;
  }
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

function smoothedMeans({ rows, sums }: Bins): Float64Array {
  let [allRows, sum] = [0, 0];
  for (let bin = 0; bin < rows.length; bin++) {
    allRows += rows[bin]!;
    sum += sums[bin]!;
  }
  const mean = sum / Math.max(1, allRows);
  return Float64Array.from(rows, (n, bin) => (sums[bin]! + PRIOR_ROWS * mean) / (n + PRIOR_ROWS));
}

/** The bins in ascending order of the means that were learned, those of equal mean taken together: their rows are tied. */
function mergeTies(bins: Bins, { order, mean }: { order: Uint32Array; mean: Float64Array }): Bins {
  const merged = emptyBins(order.length);
  let last = -1;
  let previous = Number.NaN;
  for (const bin of order) {
    if (mean[bin] !== previous) last++;
    previous = mean[bin]!;
    merged.rows[last]! += bins.rows[bin]!;
    merged.sums[last]! += bins.sums[bin]!;
    merged.squares[last]! += bins.squares[bin]!;
  }
  return merged;
}
