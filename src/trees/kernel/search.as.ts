/** The scan of one column's histogram for its best split, once without bounds on values, once with. */
import { binBytes, Found, foundOffset, Leaf } from './structures';

/** The count of rows in the sums of a bin. */
export function countIn(sums: v128, mask: i32): i32 {
  return (i64x2.extract_lane(sums, 1) as i32) & mask;
}

/** The sum of the hessians of a bin, in units. */
export function hessianIn(sums: v128, countBits: i64): f64 {
  return (i64x2.extract_lane(sums, 1) >> countBits) as f64;
}

/** The sum of the gradients of a bin, in units. */
export function gradientIn(sums: v128): f64 {
  return i64x2.extract_lane(sums, 0) as f64;
}

/** The sums of the left side and of the right one, from the left one's and the leaf's, which are in units. */
export function bothSides(left: f64, all: f64, unit: v128): v128 {
  return f64x2.mul(two(left, all - left), unit);
}

/** The score of both sides together, each G²/(H + l2). */
export function freeScore(g: v128, h: v128, l2: v128): f64 {
  const v = f64x2.div(f64x2.mul(g, g), f64x2.add(h, l2));
  return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1);
}

/** The same where the value -G/(H + l2) of a side is held in bounds; -Infinity where values stand in the wrong order. */
function boundedScore(g: v128, hessians: v128, leaf: Leaf, direction: f64): f64 {
  const h = f64x2.add(hessians, f64x2.splat(leaf.l2));
  const free = f64x2.div(f64x2.neg(g), h);
  const v = f64x2.min(f64x2.splat(leaf.high), f64x2.max(f64x2.splat(leaf.low), free));
  if (direction * (f64x2.extract_lane(v, 1) - f64x2.extract_lane(v, 0)) < 0) return -Infinity;
  const linear = f64x2.mul(f64x2.mul(f64x2.splat(2), g), v);
  const loss = f64x2.neg(f64x2.add(linear, f64x2.mul(f64x2.mul(h, v), v)));
  return f64x2.extract_lane(loss, 0) + f64x2.extract_lane(loss, 1);
}

function two(low: f64, high: f64): v128 {
  return f64x2.replace_lane(f64x2.splat(low), 1, high);
}

/** Finds the best split of a leaf on a column of numbers and leaves it behind the histogram. */
export function searchNumbers(leaf: Leaf, histogram: usize, missing: usize): void {
  search(leaf, histogram, missing, false, 0);
}

/** The same under bounds on the values of the two sides, the right one being the higher for a positive direction. */
export function searchBounded(leaf: Leaf, histogram: usize, missing: usize, direction: f64): void {
  search(leaf, histogram, missing, true, direction);
}

function search(leaf: Leaf, histogram: usize, missing: usize, isBounded: bool, direction: f64): void {
  const mask = (1 << leaf.countBits) - 1;
  const count = leaf.count;
  const minLeaf = leaf.minLeaf;
  const minHessian = leaf.minHessian;
  const countBits = leaf.countBits as i64;
  const gradient = leaf.gradient;
  const hessian = leaf.hessian;
  const gradientUnit = f64x2.splat(leaf.gradientUnit);
  const hessianUnit = f64x2.splat(leaf.hessianUnit);
  const l2 = f64x2.splat(leaf.l2);
  const takesLast = leaf.takesLast !== 0;
  const missingBin = v128.load(missing);
  const missingCount = countIn(missingBin, mask);
  let sums = i64x2.splat(0);
  let most = leaf.least;
  let closed: f64 = -1;
  let place: i32 = -1;
  let best = sums;
  let at = histogram;
  do {
    const bin = v128.load(at);
    if (countIn(bin, mask) === 0) {
      // Where one bin is empty, many are: they are passed by four at a time.
      at += binBytes;
      while (at + 4 * binBytes <= missing && areFourEmpty(at)) at += 4 * binBytes;
      continue;
    }
    sums = i64x2.add(sums, bin);
    let left = sums;
    let missingLeft: i32 = 0;
    do {
      const leftCount = countIn(left, mask);
      if (leftCount >= minLeaf && count - leftCount >= minLeaf) {
        const h = bothSides(hessianIn(left, countBits), hessian, hessianUnit);
        if (f64x2.extract_lane(h, 0) >= minHessian && f64x2.extract_lane(h, 1) >= minHessian) {
          closed = 0;
          const g = bothSides(gradientIn(left), gradient, gradientUnit);
          const score = isBounded ? boundedScore(g, h, leaf, direction) : freeScore(g, h, l2);
          if (score > most || (score === most && takesLast && (missingLeft !== 0 || missingCount === 0))) {
            most = score;
            best = left;
            place = (((at - histogram) >> 3) as i32) | missingLeft;
          }
        }
      }
      if (missingLeft !== 0 || missingCount === 0) break;
      left = i64x2.add(sums, missingBin);
      missingLeft = 1;
    } while (true);
    // Further on there are still fewer rows on the right.
    if (count - countIn(sums, mask) < minLeaf) break;
    at += binBytes;
  } while (at < missing);
  const found = changetype<Found>(histogram + foundOffset);
  found.gain = place < 0 ? closed : most - leaf.own;
  if (place < 0) return;
  const bin = place >> 1;
  let next = bin + 1;
  const binCount = ((missing - histogram) / binBytes) as i32;
  while (next < binCount && (load<i32>(histogram + (next << 4), 8) & mask) === 0) next++;
  settle(found, best, leaf, place, next < binCount ? next - 1 : bin, missingCount);
}

/**
 * Leaves the final place with the sums: of the places from a bin to the `last` before the next that has rows of this leaf, that
 * is the middle one, or the last; where the leaf has no missing value, the next one goes with the many.
 */
export function settle(found: Found, best: v128, leaf: Leaf, place: i32, last: i32, missingCount: i32): void {
  const leftCount = countIn(best, (1 << leaf.countBits) - 1);
  const missingLeft = missingCount === 0 ? (leftCount * 2 >= leaf.count ? 1 : 0) : place & 1;
  found.gradient = gradientIn(best);
  found.hessian = hessianIn(best, leaf.countBits as i64);
  found.count = leftCount;
  const bin = leaf.takesLast !== 0 ? last : ((place >> 1) + last) >> 1;
  found.place = (bin << 1) | missingLeft;
}

/** Hessians and counts of four bins are all 0 where none has a row. */
function areFourEmpty(at: usize): bool {
  return (load<i64>(at, 8) | load<i64>(at, 24) | load<i64>(at, 40) | load<i64>(at, 56)) === 0;
}
