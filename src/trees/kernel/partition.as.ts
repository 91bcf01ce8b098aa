/**
 * The parting of a leaf's rows: those that go left stay in front, the others go to the scratch, both in order. Every row
 * is written to both places, and one of them is moved on: no branch to guess wrong.
 */

/** By a table of 256 bytes, 1 where a bin goes left. Returns how many rows went left. */
export function partitionBySides(rows: usize, end: usize, bins: usize, sides: usize, scratch: usize): u32 {
  let from = rows;
  let left = rows;
  let right = scratch;
  if (from >= end) return 0;
  do {
    const row = load<u32>(from);
    const side = (load<u8>(sides + load<u8>(bins + ((row as usize) << 2))) as usize) << 2;
    store<u32>(left, row);
    store<u32>(right, row);
    left += side;
    right += 4 - side;
    from += 4;
  } while (from < end);
  return ((left - rows) >> 2) as u32;
}

/** The same where bins up to `last` go left, and bin `missing`. */
export function partitionByBin(
  rows: usize,
  end: usize,
  bins: usize,
  last: u32,
  missing: u32,
  scratch: usize,
): u32 {
  let from = rows;
  let left = rows;
  let right = scratch;
  if (from >= end) return 0;
  do {
    const row = load<u32>(from);
    const bin = load<u8>(bins + ((row as usize) << 2)) as u32;
    const side = (((bin <= last) as usize) | ((bin === missing) as usize)) << 2;
    store<u32>(left, row);
    store<u32>(right, row);
    left += side;
    right += 4 - side;
    from += 4;
  } while (from < end);
  return ((left - rows) >> 2) as u32;
}
