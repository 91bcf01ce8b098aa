/** Finds the least value of a function of a few numbers within bounds, without derivatives. */

/** What the search is told. */
export interface SearchOptions {
  /** The least and the greatest value of each number. */
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  /** It ends when the values at the corners have a standard deviation below this; .0001 by default. */
  readonly tolerance?: number;
  /** It ends after so many steps; 1,000 by default. */
  readonly steps?: number;
}

/** Where the function was least, and its value there. */
export interface Minimum {
  readonly at: Float64Array;
  readonly value: number;
}

interface Corner {
  readonly at: Float64Array;
  readonly value: number;
}

/**
 * Where `loss` is least, near `start`, by a simplex whose steps grow smaller with the number of parameters; points outside of
 * the bounds are moved onto them. The rules of statsforecast, so that ETS and Theta end where its own do.
 * Source: Gao and Han, "Implementing the Nelder-Mead simplex algorithm with adaptive parameters", 2012.
 */
export function nelderMead(
  loss: (at: Float64Array) => number,
  start: readonly number[],
  { lower, upper, tolerance = 1e-4, steps = 1000 }: SearchOptions,
): Minimum {
  const count = start.length;
  const [expand, contract, shrink] = [1 + 2 / count, 0.75 - 1 / (2 * count), 1 - 1 / count];
  const corner = (point: Float64Array): Corner => {
    for (let i = 0; i < count; i++) point[i] = Math.min(upper[i]!, Math.max(lower[i]!, point[i]!));
    const value = loss(point);
    return { at: point, value: Number.isNaN(value) ? Infinity : value };
  };
  /** The point at `from` + `share` × (`to` − `from`). */
  const between = (from: Float64Array, to: Float64Array, share: number): Corner =>
    corner(from.map((value, i) => value + share * (to[i]! - value)));

  const corners = [corner(Float64Array.from(start))];
  for (let i = 0; i < count; i++) {
    const point = corners[0]!.at.slice();
    point[i] = point[i] === 0 ? 1e-4 : point[i]! * 1.05;
    corners.push(corner(point));
  }
  for (let step = 0; step < steps && deviation(corners) >= tolerance; step++) {
    corners.sort((a, b) => a.value - b.value);
    const [best, second, worst] = [corners[0]!, corners[count - 1]!, corners[count]!];
    const centre = new Float64Array(count);
    for (let j = 0; j < count; j++) for (let i = 0; i < count; i++) centre[i]! += corners[j]!.at[i]! / count;
    const reflected = between(worst.at, centre, 2);
    let better: Corner | undefined;
    if (reflected.value < best.value) {
      const expanded = between(centre, reflected.at, expand);
      better = expanded.value < reflected.value ? expanded : reflected;
    } else if (reflected.value < second.value) better = reflected;
    else if (reflected.value < worst.value) {
      const outside = between(centre, reflected.at, contract);
      if (outside.value <= reflected.value) better = outside;
    } else {
      const inside = between(centre, reflected.at, -contract);
      if (inside.value < worst.value) better = inside;
    }
    if (better) corners[count] = better;
    else for (let j = 1; j <= count; j++) corners[j] = between(best.at, corners[j]!.at, shrink);
  }
  return corners.reduce((least, other) => (other.value < least.value ? other : least));
}

/** NaN where a value is infinite: the search goes on then. */
function deviation(corners: readonly Corner[]): number {
  let mean = 0;
  for (const { value } of corners) mean += value / corners.length;
  let squares = 0;
  for (const { value } of corners) squares += (value - mean) ** 2;
  const found = Math.sqrt(squares / corners.length);
  return Number.isNaN(found) ? Infinity : found;
}
