/** The label's mean by level for training rows, such that no row's own label is in its value. */
import { seededRandom } from '../random.js';
import type { Targets } from '../table/matrix.js';
import type { StepContext } from './features.js';

/** A value for each row: from earlier rows where rows are ordered, else from the other folds. */
export function outOfFoldMeans(
  codes: Int32Array,
  levels: number,
  settings: { readonly smoothing: number; readonly folds: number },
  context: StepContext,
): Float64Array {
  return context.ordered
    ? meansOfEarlierRows(codes, settings.smoothing, context)
    : meansOfOtherFolds(codes, levels, settings, context);
}

/**
 * Rows in time order: each sees the rows before it, its own group's left out. The prior starts at one half and counts
 * as one row, for the first row has nothing before it.
 */
function meansOfEarlierRows(
  codes: Int32Array,
  smoothing: number,
  { targets: labels, groups }: StepContext,
): Float64Array {
  const all = new Tally();
  const ofGroup = new Map<number, Tally>();
  const values = new Float64Array(codes.length);
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!;
    const own = groups && ofGroup.get(groups[i]!);
    const sum = all.sum - (own?.sum ?? 0);
    const count = all.count - (own?.count ?? 0);
    const prior = (sum + 0.5) / (count + 1);
    values[i] = prior;
    if (code >= 0) {
      const levelSum = all.sumOf(code) - (own?.sumOf(code) ?? 0);
      const levelCount = all.countOf(code) - (own?.countOf(code) ?? 0);
      values[i] = smoothedMean(levelSum, levelCount, smoothing, prior);
    }
    all.add(code, labels[i]!);
    if (!groups) continue;
    const tally = own ?? new Tally();
    tally.add(code, labels[i]!);
    ofGroup.set(groups[i]!, tally);
  }
  return values;
}

/** Seeded folds: each row sees the rows of the other folds. */
function meansOfOtherFolds(
  codes: Int32Array,
  levels: number,
  { smoothing, folds }: { readonly smoothing: number; readonly folds: number },
  context: StepContext,
): Float64Array {
  const fold = foldOfRows(codes.length, folds, context);
  const { targets: labels } = context;
  const [sums, counts] = talliesByFold(codes, levels, labels, fold, folds);
  // The last place of each fold is its total; the last fold holds the sum over the others.
  const width = levels + 1;
  const whole = folds * width;
  const values = new Float64Array(codes.length);
  for (let i = 0; i < codes.length; i++) {
    const own = fold[i]! * width;
    const count = counts[whole + levels]! - counts[own + levels]!;
    const prior = count === 0 ? 0.5 : (sums[whole + levels]! - sums[own + levels]!) / count;
    const code = codes[i]!;
    values[i] =
      code < 0
        ? prior
        : smoothedMean(
            sums[whole + code]! - sums[own + code]!,
            counts[whole + code]! - counts[own + code]!,
            smoothing,
            prior,
          );
  }
  return values;
}

function talliesByFold(
  codes: Int32Array,
  levels: number,
  labels: Targets,
  fold: Int32Array,
  folds: number,
): [sums: Float64Array, counts: Float64Array] {
  const width = levels + 1;
  const sums = new Float64Array((folds + 1) * width);
  const counts = new Float64Array((folds + 1) * width);
  const add = (place: number, label: number): void => {
    sums[place]! += label;
    counts[place]! += 1;
  };
  for (let i = 0; i < codes.length; i++) {
    for (const base of [fold[i]! * width, folds * width]) {
      if (codes[i]! >= 0) add(base + codes[i]!, labels[i]!);
      add(base + levels, labels[i]!);
    }
  }
  return [sums, counts];
}

/** The fold of each row: units (rows, or whole groups) shuffled and dealt out in turn. */
function foldOfRows(rowCount: number, folds: number, { seed, groups }: StepContext): Int32Array {
  const units = groups
    ? [...new Set(groups)].sort((a, b) => a - b)
    : Array.from({ length: rowCount }, (_, i) => i);
  seededRandom(seed).fork('target mean folds').shuffle(units);
  if (!groups) {
    const fold = new Int32Array(rowCount);
    for (let place = 0; place < units.length; place++) fold[units[place]!] = place % folds;
    return fold;
  }
  const foldOf = new Map(units.map((unit, place) => [unit, place % folds]));
  return Int32Array.from(groups, (group) => foldOf.get(group)!);
}

/** The mean of `count` labels mixed with `smoothing` rows of the prior; the prior where there are neither. */
export function smoothedMean(sum: number, count: number, smoothing: number, prior: number): number {
  return count + smoothing === 0 ? prior : (sum + smoothing * prior) / (count + smoothing);
}

/** Counts and sums of labels, in all and by level. */
class Tally {
  sum = 0;
  count = 0;
  readonly #sums = new Map<number, number>();
  readonly #counts = new Map<number, number>();

  add(code: number, label: number): void {
    this.sum += label;
    this.count += 1;
    this.#sums.set(code, this.sumOf(code) + label);
    this.#counts.set(code, this.countOf(code) + 1);
  }

  sumOf(code: number): number {
    return this.#sums.get(code) ?? 0;
  }

  countOf(code: number): number {
    return this.#counts.get(code) ?? 0;
  }
}
