/** e^x of two doubles at once. */

/** Adding it rounds a double to a whole number, which then stands in the low bits. */
export const magic: f64 = 6755399441055744;
/** ln 2 in two parts, the first of few enough bits that its product with a whole number is exact. */
const ln2High: f64 = 0.6931471803691238;
const ln2Low: f64 = 1.9082149292705877e-10;

/** e^x, or e^±700 beyond ±700; the error is 7e-12 of it. */
export function exp(x: v128): v128 {
  const bounded = f64x2.pmax(f64x2.splat(-700), f64x2.pmin(f64x2.splat(700), x));
  // e^x = 2^k · e^r.
  const k = f64x2.add(f64x2.mul(bounded, f64x2.splat(Math.LOG2E)), f64x2.splat(magic));
  const whole = f64x2.sub(k, f64x2.splat(magic));
  const rest = f64x2.sub(
    f64x2.sub(bounded, f64x2.mul(whole, f64x2.splat(ln2High))),
    f64x2.mul(whole, f64x2.splat(ln2Low)),
  );
  const power = i64x2.add(i64x2.shl(k, 52), i64x2.shl(i64x2.splat(1023), 52));
  return f64x2.mul(expOfSmall(rest), power);
}

/** e^x for |x| ≤ ln(2)/2 by its series to x^9, even and odd powers apart, so that neither waits for the other. */
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
