/** Finds a step that fulfils the strong Wolfe conditions. */
import type { LinePoint } from './logistic-loss.js';

const sufficientDecrease = 1e-4;
const curvature = 0.9;
const mostTrials = 60;

/**
 * A step with enough decrease and a slope that has flattened enough; bracketing, then bisection sped up by cubic
 * interpolation. Undefined where none is found, which near the minimum means that rounding hides any decrease.
 * Source: Nocedal and Wright, "Numerical Optimization", 2006, algorithms 3.5 and 3.6.
 */
export function wolfeStep(
  along: (step: number) => LinePoint,
  start: LinePoint,
  first = 1,
): number | undefined {
  // A loss is a sum of many terms: differences below this are rounding.
  const noise = 1e-13 * Math.abs(start.value);
  let low = { step: 0, ...start };
  let high: (LinePoint & { step: number }) | undefined;
  let step = first;
  for (let trial = 0; trial < mostTrials; trial++) {
    const point = { step, ...along(step) };
    const decreased =
      point.value <= start.value + sufficientDecrease * step * start.slope + noise &&
      point.value <= low.value + noise;
    if (decreased && Math.abs(point.slope) <= -curvature * start.slope) return step;
    if (!decreased || !Number.isFinite(point.value)) high = point;
    else {
      if (point.slope > 0) high = high === undefined || high.step > step ? point : high;
      if (point.slope <= 0) low = point;
    }
    if (high === undefined) step *= 2;
    else step = between(low, high);
  }
  return undefined;
}

// The minimum of the cubic through both points, kept well inside; the middle where there is none.
function between(a: LinePoint & { step: number }, b: LinePoint & { step: number }): number {
  const width = b.step - a.step;
  const theta = (3 * (a.value - b.value)) / width + a.slope + b.slope;
  const root = Math.sqrt(theta * theta - a.slope * b.slope);
  const share = 1 - (b.slope + root - theta) / (b.slope - a.slope + 2 * root);
  if (!(share > 0.1 && share < 0.9)) return a.step + 0.5 * width;
  return a.step + share * width;
}
