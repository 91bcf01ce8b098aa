/** The rank of a number among rising thresholds, by halving without a branch to guess wrong. */

/** How many of `count` thresholds (at least one) are below a number; 0 where that is missing. */
export function countBelow(thresholds: usize, count: i32, number: f64): u32 {
  let low = thresholds;
  let left = count;
  while (left >= 2) {
    const half = left >> 1;
    left -= half;
    const bytes = (half as usize) << 3;
    low += bytes & (0 - ((load<f64>(low + bytes - 8) < number) as usize));
  }
  return (((low - thresholds) >> 3) as u32) + ((load<f64>(low) < number) as u32);
}
