/** The loops of `leaf-masks.ts`: vectors of masks laid over one another, and the leaves that they leave. */
import { countBelow } from './rank.as';
import { Masks, mostLeaves, Ranked, treesAtOnce } from './structures';

/** The value of the first leaf that is left to a tree. */
function firstLeaf(values: usize, bits: i32): f64 {
  return load<f64>(values + ((ctz<i32>(bits) as usize) << 3));
}

const leafBytes: usize = mostLeaves * 8;

/** Adds the leaves of one row to `base`; its list has the address of a vector for each column. */
export function sumRow(masks: Masks, list: usize, base: f64): f64 {
  const listEnd = list + masks.listBytes;
  const bytes = masks.vectorBytes;
  let values = masks.values;
  let sum = base;
  let offset: usize = 0;
  do {
    let first = i64x2.splat(-1);
    let second = i64x2.splat(-1);
    let third = i64x2.splat(-1);
    let fourth = i64x2.splat(-1);
    let column = list;
    if (column < listEnd) {
      do {
        const vector = load<usize>(column) + offset;
        first = v128.and(first, v128.load(vector));
        second = v128.and(second, v128.load(vector, 16));
        third = v128.and(third, v128.load(vector, 32));
        fourth = v128.and(fourth, v128.load(vector, 48));
        column += 4;
      } while (column < listEnd);
    }
    sum = addFour(sum, values, first);
    sum = addFour(sum, values + 4 * leafBytes, second);
    sum = addFour(sum, values + 8 * leafBytes, third);
    sum = addFour(sum, values + 12 * leafBytes, fourth);
    values += treesAtOnce * leafBytes;
    offset += treesAtOnce * 4;
  } while (offset < bytes);
  return sum;
}

/** Adds the leaves of four trees, in their order. */
function addFour(sum: f64, values: usize, bits: v128): f64 {
  return (
    sum +
    firstLeaf(values, i32x4.extract_lane(bits, 0)) +
    firstLeaf(values + leafBytes, i32x4.extract_lane(bits, 1)) +
    firstLeaf(values + 2 * leafBytes, i32x4.extract_lane(bits, 2)) +
    firstLeaf(values + 3 * leafBytes, i32x4.extract_lane(bits, 3))
  );
}

/** The same for the first rows of the block. */
export function sumRows(masks: Masks, count: i32, base: f64): void {
  let list = masks.lists;
  let sums = masks.sums;
  const end = sums + ((count as usize) << 3);
  do {
    store<f64>(sums, sumRow(masks, list, base));
    list += masks.listBytes;
    sums += 8;
  } while (sums < end);
}

/** Lays each vector, from the second of a column on, over the one before it. */
export function layOver(second: usize, end: usize, bytes: usize): void {
  let vector = second;
  if (vector >= end) return;
  do {
    v128.store(vector, v128.and(v128.load(vector), v128.load(vector - bytes)));
    vector += 16;
  } while (vector < end);
}

/** Writes for each number of a block the address of its vector: by its rank; behind all ranks for a missing one. */
export function place(masks: Masks, column: Ranked, count: i32): void {
  const end = column.numbers + ((count as usize) << 3);
  const thresholdCount = column.thresholdCount;
  let numbers = column.numbers;
  let entry = column.entries;
  if (numbers >= end) return;
  do {
    const number = load<f64>(numbers);
    const below = countBelow(column.thresholds, thresholdCount, number);
    const rank = below + (isNaN(number) as u32) * ((thresholdCount as u32) + 1);
    store<usize>(entry, column.firstVector + (rank as usize) * masks.vectorBytes);
    entry += masks.listBytes;
    numbers += 8;
  } while (numbers < end);
}
