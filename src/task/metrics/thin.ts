/** Curves as points, thinned so that a figure stays small. */

/** A point of a curve. */
export type Point = readonly [x: number, y: number];

/**
 * At most `most` points of a curve (200 by default), its first and last among them, evenly spread by the length of
 * the path, so that steep parts keep their shape. A shorter curve comes back as it is.
 */
export function thin(curve: readonly Point[], most = 200): Point[] {
  if (curve.length <= most) return [...curve];
  const along = new Float64Array(curve.length);
  for (let i = 1; i < curve.length; i++) {
    const [x, y] = curve[i]!;
    const [beforeX, beforeY] = curve[i - 1]!;
    along[i] = along[i - 1]! + Math.abs(x - beforeX) + Math.abs(y - beforeY);
  }
  const step = along[along.length - 1]! / (most - 1);
  const kept: Point[] = [curve[0]!];
  for (let i = 1; i < curve.length - 1; i++) {
    if (kept.length < most - 1 && along[i]! >= kept.length * step) kept.push(curve[i]!);
  }
  kept.push(curve[curve.length - 1]!);
  return kept;
}
