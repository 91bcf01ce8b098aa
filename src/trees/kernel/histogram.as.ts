/** Histograms: the sums of the pairs of a leaf's rows by bin. Pairs are two 32-bit integers: gradient and hessian. */
import { binBytes, foundOffset, histogramBytes, Leaf } from './structures';

/** By which a pair is multiplied to become what a bin adds: the hessian goes above the count of rows. */
export function scaleOf(countBits: i32): v128 {
  return i64x2.splat((1 as i64) | ((1 as i64) << (countBits + 32)));
}

/** What the pair at an address adds to a bin, its count of 1 included. */
export function pairAt(address: usize, scale: v128): v128 {
  return i64x2.add(i64x2.extmul_low_i32x4_s(v128.load64_zero(address), scale), i64x2(0, 1));
}

/** Adds pairs (in the order of the leaf's rows) to the histograms of the four columns of a group. */
export function histogramOfFour(leaf: Leaf, group: usize, histogram: usize): void {
  const scale = scaleOf(leaf.countBits);
  const end = leaf.rowsEnd;
  let rows = leaf.rows;
  let pairs = leaf.pairs;
  if (rows >= end) return;
  do {
    const word = load<u32>(group + ((load<u32>(rows) as usize) << 2));
    const pair = pairAt(pairs, scale);
    let bin = histogram + ((word & 255) << 4);
    v128.store(bin, i64x2.add(v128.load(bin), pair));
    bin = histogram + (((word >> 8) & 255) << 4);
    v128.store(bin, i64x2.add(v128.load(bin, histogramBytes), pair), histogramBytes);
    bin = histogram + (((word >> 16) & 255) << 4);
    v128.store(bin, i64x2.add(v128.load(bin, 2 * histogramBytes), pair), 2 * histogramBytes);
    bin = histogram + ((word >> 24) << 4);
    v128.store(bin, i64x2.add(v128.load(bin, 3 * histogramBytes), pair), 3 * histogramBytes);
    pairs += 8;
    rows += 4;
  } while (rows < end);
}

/** Writes the sums of a leaf's pairs (found by row) as those of one bin. */
export function sum(leaf: Leaf, bin: usize): void {
  const scale = scaleOf(leaf.countBits);
  const end = leaf.rowsEnd;
  const pairs = leaf.pairs;
  let rows = leaf.rows;
  let sums = i64x2.splat(0);
  while (rows < end) {
    sums = i64x2.add(sums, pairAt(pairs + ((load<u32>(rows) as usize) << 3), scale));
    rows += 4;
  }
  v128.store(bin, sums);
}

/**
 * Adds pairs (in the order of the leaf's rows) to the histograms of a run of columns, all but their commonest bins: each
 * row has a list of its other bins, in fours. Leaves the sum of all pairs where the find of the first column will stand.
 */
export function histogramOfRun(leaf: Leaf, starts: usize, histogram: usize): void {
  const scale = scaleOf(leaf.countBits);
  const end = leaf.rowsEnd;
  let rows = leaf.rows;
  let pairs = leaf.pairs;
  let sum = i64x2.splat(0);
  if (rows < end) {
    do {
      const pair = pairAt(pairs, scale);
      sum = i64x2.add(sum, pair);
      const start = starts + ((load<u32>(rows) as usize) << 2);
      let entry = load<usize>(start);
      const stop = load<usize>(start, 4);
      if (entry < stop) {
        do {
          const four = load<u64>(entry);
          addPair(histogram, (four as u32) & 65535, pair);
          addPair(histogram, ((four >> 16) as u32) & 65535, pair);
          addPair(histogram, ((four >> 32) as u32) & 65535, pair);
          addPair(histogram, (four >> 48) as u32, pair);
          entry += 8;
        } while (entry < stop);
      }
      pairs += 8;
      rows += 4;
    } while (rows < end);
  }
  v128.store(histogram + foundOffset, sum);
}

export function addPair(histogram: usize, index: u32, pair: v128): void {
  const bin = histogram + (index << 4);
  v128.store(bin, i64x2.add(v128.load(bin), pair));
}

/** Gives the empty bin at `lacking` what the others of its histogram lack of the sum at `total`. */
export function complete(histogram: usize, end: usize, lacking: usize, total: usize): void {
  let sum = v128.load(total);
  for (let bin = histogram; bin < end; bin += binBytes) sum = i64x2.sub(sum, v128.load(bin));
  v128.store(lacking, sum);
}

/** Takes one histogram from another, bin by bin, in place. */
export function subtract(histogram: usize, end: usize, other: usize): void {
  let bin = histogram;
  let theirs = other;
  do {
    v128.store(bin, i64x2.sub(v128.load(bin), v128.load(theirs)));
    theirs += binBytes;
    bin += binBytes;
  } while (bin < end);
}
