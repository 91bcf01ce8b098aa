/** Minimises the logistic loss: Newton's method where its matrix is cheap, L-BFGS where there are many columns. */
import { Problem } from '../problem.js';
import { factorOf, solveFactorised } from './cholesky.js';
import { columnMoments, gradientUnits } from './column-moments.js';
import { wolfeStep } from './line-search.js';
import { logOddsOf } from './log-odds.js';
import type { LogisticLoss } from './logistic-loss.js';

/** A gradient that will do where rounding hides any further decrease, as it can where columns nearly agree. */
const enoughWhereRounded = 1e-6;

/** When to stop. */
export interface Minimise {
  /**
   * The largest component of the gradient of the mean loss at which to stop, each component taken for a column
   * of standard deviation 1.
   */
  tolerance: number;
  maxIterations: number;
  signal?: AbortSignal;
  onIteration?: (iterations: number) => void;
}

/** Where it stopped. */
export interface Minimum {
  coefficients: Float64Array;
  iterations: number;
  /** The largest component of the gradient there, in the units of the tolerance. */
  gradient: number;
}

/** Turns a gradient into a step to be subtracted: an approximate inverse of the matrix of second derivatives. */
type Inverse = (gradient: Float64Array) => Float64Array;

/** Newton's method: few, expensive steps. Quadratic convergence; every step goes through the line search. */
export function newton(loss: LogisticLoss, options: Minimise): Minimum {
  const { width } = loss.design;
  return descend(loss, options, (margins) => {
    const factor = factorOf(loss.hessian(margins), width);
    return { invert: (gradient) => solveFactorised(factor, gradient), learn: () => {} };
  });
}

/** How L-BFGS guesses the matrix of second derivatives before it has seen any step. */
export type Preconditioner = 'curvature' | 'diagonal';

/** Above this many columns the whole matrix takes too much memory (32 MB) and time to factorise. */
const mostColumnsToFactorise = 2000;

/**
 * L-BFGS with a memory of 20 pairs. It starts from the inverse of the second derivatives at the base rate (one
 * factorisation, about 20 cheap steps where Newton's method takes 6 dear ones), or from their diagonal for centred
 * columns. Source: Nocedal and Wright, "Numerical Optimization", 2006, algorithm 7.4.
 */
export function lbfgs(loss: LogisticLoss, options: Minimise & { preconditioner?: Preconditioner }): Minimum {
  const { width } = loss.design;
  const preconditioner =
    options.preconditioner ?? (width <= mostColumnsToFactorise ? 'curvature' : 'diagonal');
  const memory: { step: Float64Array; change: Float64Array; product: number }[] = [];
  let inverse: Inverse | undefined;
  let gamma = 1;
  const recall: Inverse = (gradient) => {
    const q = gradient.slice();
    const shares: number[] = [];
    for (let k = memory.length - 1; k >= 0; k--) {
      const { step, change, product } = memory[k]!;
      shares[k] = dot(step, q) / product;
      addTo(q, change, -shares[k]!);
    }
    const r = inverse!(q);
    for (let j = 0; j < r.length; j++) r[j]! *= gamma;
    for (let k = 0; k < memory.length; k++) {
      const { step, change, product } = memory[k]!;
      addTo(r, step, shares[k]! - dot(change, r) / product);
    }
    return r;
  };
  return descend(loss, options, (margins) => {
    inverse ??= preconditioner === 'curvature' ? curvature(loss, margins) : diagonal(loss, margins);
    return {
      invert: recall,
      learn(step, change) {
        const product = dot(step, change);
        if (!(product > 0)) return;
        memory.push({ step, change, product });
        if (memory.length > 20) memory.shift();
        gamma = product / dot(change, inverse!(change));
      },
    };
  });
}

interface Method {
  invert: Inverse;
  learn(step: Float64Array, change: Float64Array): void;
}

function descend(loss: LogisticLoss, options: Minimise, method: (margins: Float64Array) => Method): Minimum {
  const { width } = loss.design;
  const units = gradientUnits(loss);
  const size = (gradient: Float64Array): number =>
    gradient.reduce((most, value, j) => Math.max(most, Math.abs(value) / units[j]!), 0);
  const coefficients = new Float64Array(width);
  coefficients[width - 1] = logOddsOf(loss.baseRate);
  const margins = loss.margins(coefficients);
  let gradient = loss.gradient(coefficients, margins);
  for (let iterations = 0; ; iterations++) {
    options.signal?.throwIfAborted();
    options.onIteration?.(iterations);
    const now = size(gradient);
    if (now <= options.tolerance) return { coefficients, iterations, gradient: now };
    if (iterations === options.maxIterations) throw notConverged(iterations, now, options);

    const { invert, learn } = method(margins);
    const direction = invert(gradient);
    for (let j = 0; j < width; j++) direction[j] = -direction[j]!;
    const change = loss.margins(direction);
    const along = loss.along(coefficients, margins, direction, change);
    const step = wolfeStep(along, along(0));
    if (step === undefined) {
      if (now <= enoughWhereRounded) return { coefficients, iterations, gradient: now };
      throw notConverged(iterations, now, options);
    }
    for (let j = 0; j < width; j++) direction[j]! *= step;
    addTo(coefficients, direction, 1);
    addTo(margins, change, step);
    const before = gradient;
    gradient = loss.gradient(coefficients, margins);
    learn(
      direction,
      gradient.map((value, j) => value - before[j]!),
    );
  }
}

function curvature(loss: LogisticLoss, margins: Float64Array): Inverse {
  const factor = factorOf(loss.hessian(margins), loss.design.width);
  return (gradient) => solveFactorised(factor, gradient);
}

// Diagonal second derivatives of centred columns; the intercept takes up what centring moves.
function diagonal(loss: LogisticLoss, margins: Float64Array): Inverse {
  const { means, squares, total } = columnMoments(loss.design, loss.curvatures(margins));
  const last = means.length - 1;
  const scale = squares.map((square, j) => square - total * means[j]! * means[j]! + loss.l2);
  return (gradient) => {
    const out = new Float64Array(last + 1);
    let shift = 0;
    for (let j = 0; j < last; j++) {
      const value = gradient[j]! - means[j]! * gradient[last]!;
      out[j] = scale[j]! > 1e-12 * squares[j]! ? value / scale[j]! : 0;
      shift += means[j]! * out[j]!;
    }
    out[last] = gradient[last]! / total - shift;
    return out;
  };
}

function notConverged(iterations: number, gradient: number, options: Minimise): Problem {
  return new Problem({
    code: 'models-not-converged',
    what: `logistic did not converge in ${iterations} iterations: its gradient is ${gradient.toPrecision(3)}`,
    expected: `at most ${options.tolerance} (\`tolerance\`)`,
    remedy:
      'raise `l2` (without a penalty, classes that a line divides have no finite answer), scale the columns, or raise `maxIterations` or `tolerance`',
  });
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!;
  return sum;
}

function addTo(target: Float64Array, other: Float64Array, factor: number): void {
  for (let j = 0; j < target.length; j++) target[j]! += factor * other[j]!;
}
