/**
 * The search in leaves of few rows: fills the bins of one column after another and searches them. A bit for each bin that
 * has rows spares clearing the others and passing them by.
 */
import { pairAt, scaleOf } from './histogram.as';
import { bothSides, countIn, freeScore, gradientIn, hessianIn, settle } from './search.as';
import { Found, foundOffset, Leaf, ListedColumn } from './structures';

/** Where the bits stand: in the place for categories, which numbers do not need. */
const bits: usize = offsetof<Found>('sides');

/** Finds the best split of a leaf on each column of the list. */
export function searchFew(leaf: Leaf, list: usize, listEnd: usize): void {
  let listed = list;
  do {
    const column = changetype<ListedColumn>(listed);
    fillFew(leaf, column.bins, column.histogram);
    searchFilled(leaf, column.histogram, column.missing);
    listed += offsetof<ListedColumn>();
  } while (listed < listEnd);
}

function fillFew(leaf: Leaf, bins: usize, histogram: usize): void {
  const scale = scaleOf(leaf.countBits);
  const filled = histogram + foundOffset + bits;
  const end = leaf.rowsEnd;
  const pairs = leaf.pairs;
  let rows = leaf.rows;
  v128.store(filled, i64x2.splat(0));
  v128.store(filled, i64x2.splat(0), 16);
  do {
    const row = load<u32>(rows) as usize;
    const bin = load<u8>(bins + (row << 2)) as u32;
    const at = histogram + (bin << 4);
    const word = filled + ((bin >> 3) & 28);
    const before = load<u32>(word);
    v128.store(at, i64x2.add(binIf((before >> (bin & 31)) & 1, at), pairAt(pairs + (row << 3), scale)));
    store<u32>(word, before | (1 << (bin & 31)));
    rows += 4;
  } while (rows < end);
}

/** The bin, or nothing where the bit is 0: what stands there then comes from another leaf. */
function binIf(bit: u32, at: usize): v128 {
  return v128.and(v128.load(at), i32x4.splat(-(bit as i32)));
}

function isFilled(filled: usize, bin: u32): u32 {
  return (load<u32>(filled + ((bin >> 3) & 28)) >> (bin & 31)) & 1;
}

function searchFilled(leaf: Leaf, histogram: usize, missing: usize): void {
  const mask = (1 << leaf.countBits) - 1;
  const count = leaf.count;
  const minLeaf = leaf.minLeaf;
  const countBits = leaf.countBits as i64;
  const gradient = leaf.gradient;
  const hessian = leaf.hessian;
  const gradientUnit = f64x2.splat(leaf.gradientUnit);
  const hessianUnit = f64x2.splat(leaf.hessianUnit);
  const l2 = f64x2.splat(leaf.l2);
  const binCount = ((missing - histogram) >> 4) as u32;
  const filled = histogram + foundOffset + bits;
  const missingBin = binIf(isFilled(filled, binCount), missing);
  const missingCount = countIn(missingBin, mask);
  let sums = i64x2.splat(0);
  let most = leaf.least;
  let closed: f64 = -1;
  let place: i32 = -1;
  let best = sums;
  let word: u32 = 0;
  let open = true;
  do {
    let rest = load<u32>(filled + (word >> 3));
    while (rest !== 0) {
      const bin = ctz<u32>(rest) + word;
      rest &= rest - 1;
      if (bin >= binCount) {
        open = false;
        break;
      }
      sums = i64x2.add(sums, v128.load(histogram + (bin << 4)));
      let left = sums;
      let missingLeft: i32 = 0;
      do {
        const leftCount = countIn(left, mask);
        if (leftCount >= minLeaf && count - leftCount >= minLeaf) {
          closed = 0;
          const g = bothSides(gradientIn(left), gradient, gradientUnit);
          const h = bothSides(hessianIn(left, countBits), hessian, hessianUnit);
          const score = freeScore(g, h, l2);
          if (score > most) {
            most = score;
            best = left;
            place = ((bin << 1) as i32) | missingLeft;
          }
        }
        if (missingLeft !== 0 || missingCount === 0) break;
        left = i64x2.add(sums, missingBin);
        missingLeft = 1;
      } while (true);
      // Further on there are still fewer rows on the right.
      if (count - countIn(sums, mask) < minLeaf) {
        open = false;
        break;
      }
    }
    word += 32;
  } while (open && word < 256);
  const found = changetype<Found>(histogram + foundOffset);
  found.gain = place < 0 ? closed : most - leaf.own;
  if (place < 0) return;
  const bin = (place >> 1) as u32;
  let next = bin + 1;
  while (next < binCount && !isFilled(filled, next)) next++;
  settle(found, best, leaf, place, (next < binCount ? next - 1 : bin) as i32, missingCount);
}
