/** From scores to the pairs of gradient and hessian that histograms add, in WebAssembly text, two rows at a time. */
import { advance, both, forEach, get, locals, set } from '../wasm/wasm-text.js';

// Numbers that the loop below needs in both halves of a 128-bit value, by the names of their locals.
const doubles: Readonly<Record<string, number>> = {
  most: 700,
  least: -700,
  log2e: Math.LOG2E,
  // Adding it rounds to a whole number, which then stands in the low bits.
  magic: 6755399441055744,
  // ln 2 in two parts, the first of few enough bits that its product with a whole number is exact.
  ln2High: 0.6931471803691238,
  ln2Low: 1.9082149292705877e-10,
  c1: 1,
  ...Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`c${i + 2}`, 1 / factorial(i + 2)])),
};

function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1);
}

const add = (a: string, b: string): string => `(f64x2.add ${a} ${b})`;
const times = (a: string, b: string): string => `(f64x2.mul ${a} ${b})`;
const minus = (a: string, b: string): string => `(f64x2.sub ${a} ${b})`;

/** c(first) + c(first + 2)·x + c(first + 4)·x² + … */
const everySecond = (first: number, x: string): string =>
  first > 9
    ? ''
    : first > 7
      ? get(`c${first}`)
      : add(get(`c${Math.max(first, 1)}`), times(everySecond(first + 2, x), x));

// e^x for |x| ≤ ln(2)/2 by its series to x^9 (error 7e-12; a pair keeps steps of 5e-10), even and odd powers apart, so
// that neither waits for the other.
const series = add(everySecond(0, get('square')), times(get('x'), everySecond(1, get('square'))));

/** Rounds to a whole number, which then stands in the low 32 bits of each half. */
const rounded = (values: string, perUnit: string): string =>
  add(times(values, both(get(perUnit))), get('magic'));
const storePairs = (gradients: string, hessians: string): string => `
  (v128.store ${get('pairs')} (v128.or
    (v128.and ${rounded(gradients, 'perGradientUnit')} ${get('low')})
    (i64x2.shl ${rounded(hessians, 'perHessianUnit')} (i32.const 32))))
  ${advance('pairs', 16)}`;
const setLow = set('low', '(i64x2.splat (i64.const 4294967295))');

/** After an odd last row both functions work on one more, in the room between arrays. */
export const logLossText: string = `
  ;; p = 1 / (1 + e^-score); the gradient is p - target, the hessian p(1 - p).
  (func $logLoss (export "logLoss") (param $scores i32) (param $end i32) (param $targets i32) (param $weights i32)
    (param $pairs i32) (param $perGradientUnit f64) (param $perHessianUnit f64)
    ${locals('v128', 'x', 'k', 'p', 'w', 'square', 'bias', 'low', ...Object.keys(doubles))}
    ${Object.entries(doubles)
      .map(([name, value]) => set(name, both(`(f64.const ${value})`)))
      .join(' ')}
    ${setLow}
    ${set('bias', '(i64x2.shl (i64x2.splat (i64.const 1023)) (i32.const 52))')}
    ${forEach(
      'scores',
      16,
      `${set('x', `(f64x2.pmax ${get('least')} (f64x2.pmin ${get('most')} (f64x2.neg (v128.load ${get('scores')}))))`)}
      ${set('k', add(times(get('x'), get('log2e')), get('magic')))}
      ${set('p', minus(get('k'), get('magic')))}
      ${set('x', minus(minus(get('x'), times(get('p'), get('ln2High'))), times(get('p'), get('ln2Low'))))}
      ${set('square', times(get('x'), get('x')))}
      ${set('p', times(series, `(i64x2.add (i64x2.shl ${get('k')} (i32.const 52)) ${get('bias')})`))}
      ${set('p', `(f64x2.div ${get('c1')} ${add(get('c1'), get('p'))})`)}
      ${set('w', `(v128.load ${get('weights')})`)}
      ${storePairs(
        times(get('w'), minus(get('p'), `(v128.load ${get('targets')})`)),
        times(get('w'), times(get('p'), minus(get('c1'), get('p')))),
      )}
      ${advance('targets', 16)} ${advance('weights', 16)}`,
    )})

  (func $pack (export "pack") (param $gradients i32) (param $end i32) (param $hessians i32) (param $pairs i32)
    (param $perGradientUnit f64) (param $perHessianUnit f64) ${locals('v128', 'low', 'magic')}
    ${setLow}
    ${set('magic', both(`(f64.const ${doubles.magic})`))}
    ${forEach(
      'gradients',
      16,
      `${storePairs(`(v128.load ${get('gradients')})`, `(v128.load ${get('hessians')})`)}
      ${advance('hessians', 16)}`,
    )})`;
