/** From scores to the pairs of gradient and hessian that histograms add, two rows at a time. */
import { RowsPlace } from './structures';

/** Adding it rounds a double to a whole number, which then stands in the low bits. */
const magic: f64 = 6755399441055744;
/** ln 2 in two parts, the first of few enough bits that its product with a whole number is exact. */
const ln2High: f64 = 0.6931471803691238;
const ln2Low: f64 = 1.9082149292705877e-10;

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
    const bounded = f64x2.pmax(f64x2.splat(-700), f64x2.pmin(f64x2.splat(700), f64x2.neg(v128.load(scores))));
    // e^x = 2^k · e^r.
    const k = f64x2.add(f64x2.mul(bounded, f64x2.splat(Math.LOG2E)), f64x2.splat(magic));
    const whole = f64x2.sub(k, f64x2.splat(magic));
    const rest = f64x2.sub(
      f64x2.sub(bounded, f64x2.mul(whole, f64x2.splat(ln2High))),
      f64x2.mul(whole, f64x2.splat(ln2Low)),
    );
    const power = i64x2.add(i64x2.shl(k, 52), i64x2.shl(i64x2.splat(1023), 52));
    const odds = f64x2.mul(expOfSmall(rest), power);
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

/**
 * e^x for |x| ≤ ln(2)/2 by its series to x^9 (error 7e-12; a pair keeps steps of 5e-10), even and odd powers apart, so
 * that neither waits for the other.
 */
function expOfSmall(x: v128): v128 {
  const square = f64x2.mul(x, x);
  let even = f64x2.add(f64x2.splat(1.0 / 720), f64x2.mul(f64x2.splat(1.0 / 40320), square));
  even = f64x2.add(f64x2.splat(1.0 / 24), f64x2.mul(even, square));
  even = f64x2.add(f64x2.splat(1.0 / 2), f64x2.mul(even, square));
  even = f64x2.add(f64x2.splat(1), f64x2.mul(even, square));
  let odd = f64x2.add(f64x2.splat(1.0 / 5040), f64x2.mul(f64x2.splat(1.0 / 362880), square));
  odd = f64x2.add(f64x2.splat(1.0 / 120), f64x2.mul(odd, square));
  odd = f64x2.add(f64x2.splat(1.0 / 6), f64x2.mul(odd, square));
  odd = f64x2.add(f64x2.splat(1), f64x2.mul(odd, square));
  return f64x2.add(even, f64x2.mul(x, odd));
}

/** Two pairs of whole numbers, from units that are not whole. */
function pairsOf(gradients: v128, hessians: v128): v128 {
  const low = v128.and(f64x2.add(gradients, f64x2.splat(magic)), i64x2.splat(0xffffffff));
  return v128.or(low, i64x2.shl(f64x2.add(hessians, f64x2.splat(magic)), 32));
}
