/** Medians of the last periods, for each period of a series. */

/**
 * The entry at i is the median of the known values among the `length` periods before period i, in stock; NaN where there is none.
 * One more entry than there are values.
 */
export function runningMedian(
  values: Float64Array,
  { length, available }: { length: number; available?: Uint8Array | undefined },
): Float64Array {
  const medians = new Float64Array(values.length + 1).fill(Number.NaN);
  /** The values in the window, ascending. */
  const sorted = new Float64Array(length + 1);
  let count = 0;
  const isKnown = (i: number): boolean => !Number.isNaN(values[i]!) && available?.[i] !== 0;
  const placeOf = (value: number): number => {
    let [low, high] = [0, count];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle]! < value) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  for (let i = 0; i < values.length; i++) {
    if (isKnown(i)) {
      const place = placeOf(values[i]!);
      sorted.copyWithin(place + 1, place, count++);
      sorted[place] = values[i]!;
    }
    if (i >= length && isKnown(i - length)) {
      const place = placeOf(values[i - length]!);
      sorted.copyWithin(place, place + 1, count--);
    }
    if (count > 0) medians[i + 1] = (sorted[(count - 1) >> 1]! + sorted[count >> 1]!) / 2;
  }
  return medians;
}
