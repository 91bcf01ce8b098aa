/** Local regression on equally spaced values: the smoother of STL. */

/** How a value is smoothed. */
export interface LoessOptions {
  /** How many neighbours count, itself among them; odd. */
  readonly window: number;
  /** 0 for a local mean, 1 for a local line. */
  readonly degree: 0 | 1;
}

/**
 * The smoothed value at each place of `values`. Neighbours weigh by Cleveland's tricube; near the ends the window stays as wide
 * as it is and is no longer centred. Source: Cleveland, "Robust locally weighted regression and smoothing scatterplots", 1979.
 */
export function loess(values: Float64Array, { window, degree }: LoessOptions): Float64Array {
  const count = values.length;
  const half = (window - 1) / 2;
  const smoothed = new Float64Array(count);
  if (count < 2) return values.slice();
  const weights = new Float64Array(Math.min(window, count));
  // Far from the ends all places share their weights, and a centred line has the mean's value.
  const [from, to] = window < count ? [half, count - half] : [0, 0];
  if (to > from) {
    tricube(weights, half, half);
    for (let i = from; i < to; i++) {
      let sum = 0;
      for (let j = 0; j < window; j++) sum += weights[j]! * values[i - half + j]!;
      smoothed[i] = sum;
    }
  }
  for (let i = 0; i < count; i++)
    if (i < from || i >= to) smoothed[i] = loessAt(values, i, { window, degree });
  return smoothed;
}

/** The smoothed value at a place, which may lie one before the first or one after the last. */
export function loessAt(values: Float64Array, place: number, { window, degree }: LoessOptions): number {
  const count = values.length;
  const width = Math.min(window, count);
  const left = Math.max(0, Math.min(count - width, place - (width - 1) / 2));
  const first = Math.floor(left);
  const weights = new Float64Array(width);
  let reach = Math.max(place - first, first + width - 1 - place);
  // A window wider than the series reaches beyond it.
  if (window > count) reach += Math.floor((window - count) / 2);
  if (!tricube(weights, place - first, reach)) return values[Math.max(0, Math.min(count - 1, place))]!;
  if (degree === 1) tilt(weights, { place: place - first, count });
  let sum = 0;
  for (let j = 0; j < width; j++) sum += weights[j]! * values[first + j]!;
  return sum;
}

/** Weights that sum to 1, by the distance from `place`; false where all are 0. */
function tricube(weights: Float64Array, place: number, reach: number): boolean {
  let sum = 0;
  for (let j = 0; j < weights.length; j++) {
    const distance = Math.abs(j - place);
    const share = distance / reach;
    const cube = 1 - share * share * share;
    weights[j] = distance > 0.999 * reach ? 0 : distance <= 0.001 * reach ? 1 : cube * cube * cube;
    sum += weights[j]!;
  }
  if (sum <= 0) return false;
  for (let j = 0; j < weights.length; j++) weights[j]! /= sum;
  return true;
}

/** Turns the weights of a mean into those of a line at `place`; not where the neighbours stand too close for one. */
function tilt(weights: Float64Array, { place, count }: { place: number; count: number }): void {
  let [centre, spread] = [0, 0];
  for (let j = 0; j < weights.length; j++) centre += weights[j]! * j;
  for (let j = 0; j < weights.length; j++) spread += weights[j]! * (j - centre) ** 2;
  if (Math.sqrt(spread) <= 0.001 * (count - 1)) return;
  const slope = (place - centre) / spread;
  for (let j = 0; j < weights.length; j++) weights[j]! *= 1 + slope * (j - centre);
}
