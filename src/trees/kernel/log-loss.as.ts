/** From scores to the pairs of gradient and hessian that histograms add, two rows at a time. */
import { exp, magic } from './exp.as';
import { RowsPlace } from './structures';

/**
 * Writes the pairs of log loss for the rows `from` (even) to `to`: p = 1 / (1 + e^-score), the gradient is p - target, the
 * hessian p(1 - p), both times the weight. After an odd last row it works on one more, in the room between arrays.
 */
export function logLoss(place: RowsPlace, from: u32, to: u32): void {
  const perGradient = f64x2.splat(place.perGradient);
  const perHessian = f64x2.splat(place.perHessian);
  const one = f64x2.splat(1);
  const offset = (from as usize) << 3;
  const end = place.scores + ((to as usize) << 3);
  let scores = place.scores + offset;
  let targets = place.targets + offset;
  let weights = place.weights + offset;
  let pairs = place.pairs + offset;
  if (scores >= end) return;
  do {
    const odds = exp(f64x2.neg(v128.load(scores)));
    const p = f64x2.div(one, f64x2.add(one, odds));
    const weight = v128.load(weights);
    const gradient = f64x2.mul(weight, f64x2.sub(p, v128.load(targets)));
    const hessian = f64x2.mul(weight, f64x2.mul(p, f64x2.sub(one, p)));
    v128.store(pairs, pairsOf(f64x2.mul(gradient, perGradient), f64x2.mul(hessian, perHessian)));
    pairs += 16;
    targets += 16;
    weights += 16;
    scores += 16;
  } while (scores < end);
}

/** Rounds gradients and hessians of the rows `from` (even) to `to` to pairs in whole units. */
export function pack(place: RowsPlace, from: u32, to: u32): void {
  const perGradient = f64x2.splat(place.perGradient);
  const perHessian = f64x2.splat(place.perHessian);
  const offset = (from as usize) << 3;
  const end = place.gradients + ((to as usize) << 3);
  let gradients = place.gradients + offset;
  let hessians = place.hessians + offset;
  let pairs = place.pairs + offset;
  if (gradients >= end) return;
  do {
    const units = f64x2.mul(v128.load(gradients), perGradient);
    v128.store(pairs, pairsOf(units, f64x2.mul(v128.load(hessians), perHessian)));
    pairs += 16;
    hessians += 16;
    gradients += 16;
  } while (gradients < end);
}

/** Two pairs of whole numbers, from units that are not whole. */
function pairsOf(gradients: v128, hessians: v128): v128 {
  const low = v128.and(f64x2.add(gradients, f64x2.splat(magic)), i64x2.splat(0xffffffff));
  return v128.or(low, i64x2.shl(f64x2.add(hessians, f64x2.splat(magic)), 32));
}
