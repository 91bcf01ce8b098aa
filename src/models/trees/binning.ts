/** What a tree sees of a column: at most 255 bins and one for missing, learned from training rows. */
import { seededRandom } from '../../random.js';
import type { CategoryFeature, Feature, Matrix } from '../../table/matrix.js';
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
  for (let i = 0, at = 0; i < values.length; i++, at += stride) {
    const value = values[i]!;
    if (Number.isNaN(value)) {
      out[at] = count;
      continue;
    }
    let below = 0;
    for (let step = top; step > 0; step >>= 1) {
      const next = below + step;
      if (next <= thresholds.length && thresholds[next - 1]! < value) below = next;
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
  const sorted = sortNumbers(sample ? Float64Array.from(sample, (row) => values[row]!) : values);
  // NaN sorts to the end.
  let length = sorted.length;
  while (length > 0 && Number.isNaN(sorted[length - 1]!)) length--;
  const distinct: number[] = [];
  const counts: number[] = [];
  for (let i = 0; i < length; i++) {
    const value = sorted[i]!;
    if (i > 0 && value === distinct[distinct.length - 1]) counts[counts.length - 1]!++;
    else {
      distinct.push(value);
      counts.push(1);
    }
  }
  const thresholds = Float64Array.from(cuts(counts, length, most), (i) =>
    shortestBetween(distinct[i]!, distinct[i + 1]!),
  );
  return { kind: 'number', thresholds, count: thresholds.length + 1 };
}

/** A sorted copy. A number that makes up more than half, as in columns of one-hot codes, is put in its place unsorted. */
function sortNumbers(values: Float64Array): Float64Array {
  // The only number that can be the majority (Boyer and Moore, "MJRTY", 1991).
  let candidate = Number.NaN;
  let lead = 0;
  for (let i = 0; i < values.length; i++) {
    if (lead === 0) candidate = values[i]!;
    lead += values[i] === candidate ? 1 : -1;
  }
  const others = values.filter((value) => value !== candidate);
  const count = values.length - others.length;
  others.sort();
  let below = 0;
  while (below < others.length && others[below]! < candidate) below++;
  const sorted = new Float64Array(values.length).fill(candidate, below, below + count);
  sorted.set(others.subarray(0, below));
  sorted.set(others.subarray(below), below + count);
  return sorted;
}

/** After which of the distinct values a bin ends: values of at least a bin's share stand alone, the rest in equal bins. */
function cuts(counts: readonly number[], rows: number, most: number): number[] {
  const last = counts.length - 1;
  if (counts.length <= most) return Array.from({ length: Math.max(0, last) }, (_, i) => i);
  const share = rows / most;
  const isHeavy = counts.map((count) => count >= share);
  let bins = most;
  let rest = rows;
  counts.forEach((count, i) => {
    if (isHeavy[i]) {
      bins--;
      rest -= count;
    }
  });
  let mean = rest / Math.max(1, bins);
  const out: number[] = [];
  let held = 0;
  for (let i = 0; i < last && out.length < most - 1; i++) {
    held += counts[i]!;
    if (!isHeavy[i]) rest -= counts[i]!;
    const heavyNext = isHeavy[i + 1] === true && held >= Math.max(1, mean / 2);
    if (!isHeavy[i] && held < mean && !heavyNext) continue;
    out.push(i);
    if (!isHeavy[i]) {
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
