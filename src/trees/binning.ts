/** What a tree sees of a column: at most 255 bins and one for missing, learned from training rows. */
import { seededRandom } from '../random.js';
import type { CategoryFeature, Feature, Matrix } from '../table/matrix.js';
import { shortestBetween } from './between.js';

/** Numbers: bin b holds the values above `thresholds[b - 1]` and at most `thresholds[b]`. */
export interface NumberBins {
  readonly kind: 'number';
  readonly thresholds: Float64Array;
  /** How many bins there are, without the one for missing, whose number this is. */
  readonly count: number;
}

/** Categories: code c stands in bin `binOf[c]`; codes without a training row in the bin for missing. */
export interface CategoryBins {
  readonly kind: 'category';
  readonly binOf: Uint8Array;
  readonly count: number;
}

export type Bins = NumberBins | CategoryBins;

/** How many rows the bins of a column of numbers are learned from; more are drawn at random (as LightGBM does it). */
const sampleRows = 200_000;

/**
 * The bins of every column. Numbers: each distinct value its own bin where there are at most `most` of them, else
 * bins of about equally many rows, frequent values alone; thresholds are short decimals between neighbouring values.
 * Categories: each code with training rows its own bin; where they are too many, the rarest share the last one.
 * Weights have no say. `most` is 2 to 255.
 */
export function learnBins(matrix: Matrix, options: { most: number; seed: number }): readonly Bins[] {
  const sample = drawRows(matrix.rowCount, options.seed);
  return matrix.columns.map((column) =>
    column.kind === 'number'
      ? numberBins(column.values, sample, options.most)
      : categoryBins(column, options.most),
  );
}

/** Writes the bin of each row of `column` to `out[i * stride]`. */
export function writeBins(column: Feature, bins: Bins, out: Uint8Array, stride: number): void {
  if (column.kind === 'category') {
    const { binOf, count } = bins as CategoryBins;
    for (let i = 0, at = 0; i < column.codes.length; i++, at += stride) {
      const code = column.codes[i]!;
      out[at] = code < 0 ? count : binOf[code]!;
    }
    return;
  }
  const { thresholds, count } = bins as NumberBins;
  const { values } = column;
  // The highest power of two that is at most the number of thresholds: a search without a branch to guess.
  let top = 1;
  while (top * 2 <= thresholds.length) top *= 2;
  // Columns of one-hot codes repeat one value: it is looked up once a stretch.
  let last = Number.NaN;
  let below = 0;
  for (let i = 0, at = 0; i < values.length; i++, at += stride) {
    const value = values[i]!;
    if (Number.isNaN(value)) {
      out[at] = count;
      continue;
    }
    if (value !== last) {
      last = value;
      below = 0;
      for (let step = top; step > 0; step >>= 1) {
        const next = below + step;
        if (next <= thresholds.length && thresholds[next - 1]! < value) below = next;
      }
    }
    out[at] = below;
  }
}

function drawRows(rowCount: number, seed: number): Uint32Array | undefined {
  if (rowCount <= sampleRows) return undefined;
  const random = seededRandom(seed).fork('bins');
  const stretch = rowCount / sampleRows;
  // One row of each of as many equal stretches: spread over the whole table, and in ascending order.
  return Uint32Array.from({ length: sampleRows }, (_, i) => Math.floor((i + random.uniform()) * stretch));
}

function numberBins(values: Float64Array, sample: Uint32Array | undefined, most: number): NumberBins {
  const { distinct, counts } = countNumbers(
    sample ? Float64Array.from(sample, (row) => values[row]!) : values,
  );
  const thresholds = Float64Array.from(cuts(counts, most), (i) =>
    shortestBetween(distinct[i]!, distinct[i + 1]!),
  );
  return { kind: 'number', thresholds, count: thresholds.length + 1 };
}

/** The distinct numbers, ascending, and how often each occurs. One that makes up much of a column is not sorted. */
function countNumbers(values: Float64Array): { distinct: Float64Array; counts: Uint32Array } {
  const frequent = commonestOfSome(values);
  const others = new Float64Array(values.length);
  let size = 0;
  let left = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const isFrequent = value === frequent;
    others[size] = value;
    size += isFrequent || Number.isNaN(value) ? 0 : 1;
    left += isFrequent ? 1 : 0;
  }
  others.subarray(0, size).sort();
  const distinct = new Float64Array(size + 1);
  const counts = new Uint32Array(size + 1);
  let last = -1;
  for (let i = 0; i < size; i++) {
    const value = others[i]!;
    if (left > 0 && value > frequent) {
      distinct[++last] = frequent;
      counts[last] = left;
      left = 0;
    }
    if (last < 0 || value !== distinct[last]) distinct[++last] = value;
    counts[last]!++;
  }
  if (left > 0) {
    distinct[++last] = frequent;
    counts[last] = left;
  }
  return { distinct: distinct.subarray(0, last + 1), counts: counts.subarray(0, last + 1) };
}

/** The number that is most frequent in a few rows: any other would do, only slower. */
function commonestOfSome(values: Float64Array): number {
  const some = 100;
  const counts = new Map<number, number>();
  const step = Math.max(1, Math.floor(values.length / some));
  for (let i = 0; i < values.length; i += step) counts.set(values[i]!, (counts.get(values[i]!) ?? 0) + 1);
  let [commonest, most] = [Number.NaN, 0];
  for (const [value, count] of counts) if (count > most) [commonest, most] = [value, count];
  return commonest;
}

/** After which of the distinct values a bin ends: values of at least a bin's share stand alone, the rest in equal bins. */
function cuts(counts: Uint32Array, most: number): number[] {
  const last = counts.length - 1;
  if (counts.length <= most) return Array.from({ length: Math.max(0, last) }, (_, i) => i);
  let rest = counts.reduce((sum, count) => sum + count, 0);
  const share = rest / most;
  const isHeavy = (i: number): boolean => counts[i]! >= share;
  let bins = most;
  for (let i = 0; i <= last; i++) {
    if (!isHeavy(i)) continue;
    bins--;
    rest -= counts[i]!;
  }
  let mean = rest / Math.max(1, bins);
  const out: number[] = [];
  let held = 0;
  for (let i = 0; i < last && out.length < most - 1; i++) {
    held += counts[i]!;
    if (!isHeavy(i)) rest -= counts[i]!;
    const heavyNext = isHeavy(i + 1) && held >= Math.max(1, mean / 2);
    if (!isHeavy(i) && held < mean && !heavyNext) continue;
    out.push(i);
    if (!isHeavy(i)) {
      bins--;
      mean = rest / Math.max(1, bins);
    }
    held = 0;
  }
  return out;
}

function categoryBins({ codes, levels }: CategoryFeature, most: number): CategoryBins {
  const counts = new Float64Array(levels);
  for (let i = 0; i < codes.length; i++) if (codes[i]! >= 0) counts[codes[i]!]!++;
  const seen = [...counts.keys()].filter((code) => counts[code]! > 0);
  const count = Math.max(1, Math.min(seen.length, most));
  const binOf = new Uint8Array(levels).fill(count);
  if (seen.length > most) seen.sort((a, b) => counts[b]! - counts[a]! || a - b);
  seen.forEach((code, bin) => {
    binOf[code] = Math.min(bin, most - 1);
  });
  return { kind: 'category', binOf, count };
}
