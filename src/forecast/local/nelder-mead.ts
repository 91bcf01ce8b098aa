/** Finds the least value of a function of a few numbers within bounds, without derivatives. */

/** Least and greatest value of one number. */
export type Bounds = readonly [least: number, greatest: number];

interface Corner {
  readonly at: readonly number[];
  readonly value: number;
}

/**
 * Where `loss` is least, near `start`, by the simplex of Nelder and Mead; points outside of the bounds are moved onto them.
 * It ends when the values of all corners lie within `tolerance` of one another, relative to the best, or after `limit` calls.
 * Source: Nelder and Mead, "A simplex method for function minimization", 1965.
 */
export function nelderMead(
  loss: (at: readonly number[]) => number,
  start: readonly number[],
  options: { bounds: readonly Bounds[]; tolerance?: number; limit?: number },
): readonly number[] {
  const { bounds, tolerance = 1e-8, limit = 1000 } = options;
  let calls = 0;
  const corner = (point: readonly number[]): Corner => {
    calls++;
    const at = point.map((value, i) => Math.min(bounds[i]![1], Math.max(bounds[i]![0], value)));
    const value = loss(at);
    return { at, value: Number.isNaN(value) ? Infinity : value };
  };
  const between = (from: readonly number[], to: readonly number[], share: number): number[] =>
    from.map((value, i) => value + share * (to[i]! - value));

  const first = corner(start);
  const corners = [first, ...start.map((_, i) => corner(moved(first.at, i, bounds[i]!)))];
  for (;;) {
    corners.sort((a, b) => a.value - b.value);
    const [best, worst] = [corners[0]!, corners.at(-1)!];
    const spread = worst.value - best.value;
    if (calls >= limit || !(spread > tolerance * (Math.abs(best.value) + tolerance))) return best.at;
    const others = corners.slice(0, -1);
    const centre = start.map((_, i) => others.reduce((sum, { at }) => sum + at[i]!, 0) / others.length);
    const reflected = corner(between(worst.at, centre, 2));
    if (reflected.value < best.value) {
      const expanded = corner(between(worst.at, centre, 3));
      corners[corners.length - 1] = expanded.value < reflected.value ? expanded : reflected;
    } else if (reflected.value < others.at(-1)!.value) {
      corners[corners.length - 1] = reflected;
    } else {
      const nearer = reflected.value < worst.value ? reflected : worst;
      const contracted = corner(between(nearer.at, centre, 0.5));
      if (contracted.value < nearer.value) corners[corners.length - 1] = contracted;
      else
        for (let i = 1; i < corners.length; i++) corners[i] = corner(between(corners[i]!.at, best.at, 0.5));
    }
  }
}

/** The start with one number moved by a tenth, to the other side where the bound is in the way. */
function moved(at: readonly number[], i: number, [, greatest]: Bounds): number[] {
  const step = at[i] === 0 ? 0.1 : 0.1 * Math.abs(at[i]!);
  return at.map((value, j) => (j !== i ? value : value + step > greatest ? value - step : value + step));
}
