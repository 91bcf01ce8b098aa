/** A series without gaps, for models that cannot work with any. */

/**
 * The series from its first known value on, gaps filled on a straight line between their neighbours, and with the last known
 * value at the end; and how many periods were left out before.
 */
export function knownPart(values: Float64Array): { values: Float64Array; skipped: number } {
  const skipped = values.findIndex((value) => !Number.isNaN(value));
  const filled = values.slice(Math.max(0, skipped));
  let last = 0;
  for (let i = 1; i <= filled.length; i++) {
    if (i < filled.length && Number.isNaN(filled[i]!)) continue;
    const to = i < filled.length ? filled[i]! : filled[last]!;
    for (let gap = last + 1; gap < i; gap++)
      filled[gap] = filled[last]! + ((to - filled[last]!) * (gap - last)) / (i - last);
    last = i;
  }
  return { values: filled, skipped };
}
