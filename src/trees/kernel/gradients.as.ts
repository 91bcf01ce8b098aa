/** Gradients and hessians of the losses on numbers at the present scores, two rows at a time; LightGBM's formulas. */
import { exp } from './exp.as';
import { absoluteLoss, Greatest, poissonLoss, quantileLoss, RowsPlace, squaredLoss } from './structures';

/**
 * Writes them, times the weights, for the rows `from` (even) to `to`, and the greatest magnitudes. After an odd last row
 * it works on one more, in the room between arrays, where weights are 0.
 */
export function gradients(place: RowsPlace, from: u32, to: u32, greatest: Greatest): void {
  const loss = place.loss;
  const one = f64x2.splat(1);
  const parameter = f64x2.splat(place.parameter);
  // The share of targets that shall lie below, and the rest. LightGBM's are floats, which decides between splits of about equal gain.
  const share = inFloats(parameter);
  const rest = inFloats(f64x2.sub(one, share));
  const offset = (from as usize) << 3;
  const end = place.scores + ((to as usize) << 3);
  let scores = place.scores + offset;
  let targets = place.targets + offset;
  let weights = place.weights + offset;
  let gradientsAt = place.gradients + offset;
  let hessiansAt = place.hessians + offset;
  let mostGradient = f64x2.splat(0);
  let mostHessian = f64x2.splat(0);
  do {
    const score = v128.load(scores);
    const target = v128.load(targets);
    let gradient = f64x2.sub(score, target);
    let hessian = one;
    if (loss === absoluteLoss) gradient = signOf(gradient);
    else if (loss === quantileLoss) {
      gradient = v128.bitselect(rest, f64x2.neg(share), f64x2.ge(score, target));
    } else if (loss === poissonLoss) {
      // The parameter is e to the greatest step.
      const mean = exp(score);
      gradient = f64x2.sub(mean, target);
      hessian = f64x2.mul(mean, parameter);
    } else if (loss !== squaredLoss) {
      // Tweedie: the parameter is the power of the variance.
      const low = f64x2.sub(one, parameter);
      const high = f64x2.sub(f64x2.splat(2), parameter);
      const first = f64x2.mul(target, exp(f64x2.mul(low, score)));
      const second = exp(f64x2.mul(high, score));
      gradient = f64x2.sub(second, first);
      hessian = f64x2.sub(f64x2.mul(high, second), f64x2.mul(low, first));
    }
    const weight = v128.load(weights);
    gradient = f64x2.mul(gradient, weight);
    hessian = f64x2.mul(hessian, weight);
    v128.store(gradientsAt, gradient);
    v128.store(hessiansAt, hessian);
    mostGradient = f64x2.pmax(mostGradient, f64x2.abs(gradient));
    mostHessian = f64x2.pmax(mostHessian, hessian);
    gradientsAt += 16;
    hessiansAt += 16;
    targets += 16;
    weights += 16;
    scores += 16;
  } while (scores < end);
  greatest.gradient = max<f64>(f64x2.extract_lane(mostGradient, 0), f64x2.extract_lane(mostGradient, 1));
  greatest.hessian = max<f64>(f64x2.extract_lane(mostHessian, 0), f64x2.extract_lane(mostHessian, 1));
}

/** 1 above 0, -1 below it, 0 at it. */
function signOf(values: v128): v128 {
  const zero = f64x2.splat(0);
  const one = f64x2.splat(1);
  return f64x2.sub(v128.and(f64x2.gt(values, zero), one), v128.and(f64x2.lt(values, zero), one));
}

/** The nearest numbers of single precision. */
function inFloats(values: v128): v128 {
  return f64x2.promote_low_f32x4(f32x4.demote_f64x2_zero(values));
}
