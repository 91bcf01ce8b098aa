/** The scan of one column's histogram for its best split, in WebAssembly text: once without bounds on values, once with. */
import { advance, both, get, half, locals, set, two } from './wasm-text.js';

/** The score of the left side in one half and of the right side in the other: G²/(H + l2). */
const free = set(
  'v',
  `(f64x2.div (f64x2.mul ${get('g')} ${get('g')}) (f64x2.add ${get('h')} ${both(get('l2'))}))`,
);

/** The same where the value -G/(H + l2) of a side is held in bounds; none where values stand in the wrong order. */
const bounded = `
  ${set('h', `(f64x2.add ${get('h')} ${both(get('l2'))})`)}
  ${set('v', `(f64x2.div (f64x2.neg ${get('g')}) ${get('h')})`)}
  ${set('v', `(f64x2.min ${both(get('high'))} (f64x2.max ${both(get('low'))} ${get('v')}))`)}
  (br_if $worse (f64.lt
    (f64.mul ${get('direction')} (f64.sub ${half(1, 'v')} ${half(0, 'v')}))
    (f64.const 0)))
  ${set(
    'v',
    `(f64x2.neg (f64x2.add
      (f64x2.mul (f64x2.mul ${both('(f64.const 2)')} ${get('g')}) ${get('v')})
      (f64x2.mul (f64x2.mul ${get('h')} ${get('v')}) ${get('v')})))`,
  )}`;

const countIn = (sums: string): string =>
  `(i32.and (i32.wrap_i64 (i64x2.extract_lane 1 ${get(sums)})) ${get('mask')})`;

/** Hessians and counts of four cells: 0 where none has a row. */
const fourCells = [8, 24, 40, 56]
  .map((offset) => `(i64.load offset=${offset} ${get('at')})`)
  .reduce((all, cell) => `(i64.or ${all} ${cell})`);

/** Weighs the split whose left side is $left (sums as a cell holds them) and keeps it where it scores most so far. */
const weigh = (missingLeft: 0 | 1, score: string): string => `
  (block $worse
    ${set('leftCount', countIn('left'))}
    (br_if $worse (i32.lt_s ${get('leftCount')} ${get('minLeaf')}))
    (br_if $worse (i32.lt_s (i32.sub ${get('count')} ${get('leftCount')}) ${get('minLeaf')}))
    ${set('leftHessian', `(f64.convert_i64_s (i64.shr_s (i64x2.extract_lane 1 ${get('left')}) ${get('bits')}))`)}
    ${set('h', two(get('leftHessian'), `(f64.sub ${get('hessian')} ${get('leftHessian')})`))}
    ${set('h', `(f64x2.mul ${get('h')} ${both(get('hessianUnit'))})`)}
    (br_if $worse (f64.lt ${half(0, 'h')} ${get('minHessian')}))
    (br_if $worse (f64.lt ${half(1, 'h')} ${get('minHessian')}))
    ${set('leftGradient', `(f64.convert_i64_s (i64x2.extract_lane 0 ${get('left')}))`)}
    ${set('g', two(get('leftGradient'), `(f64.sub ${get('gradient')} ${get('leftGradient')})`))}
    ${set('g', `(f64x2.mul ${get('g')} ${both(get('gradientUnit'))})`)}
    ${score}
    ${set('score', `(f64.add ${half(0, 'v')} ${half(1, 'v')})`)}
    (br_if $worse (i32.eqz (f64.gt ${get('score')} ${get('most')})))
    ${set('most', get('score'))}
    (f64.store ${get('found')} ${get('leftGradient')})
    (f64.store offset=8 ${get('found')} ${get('leftHessian')})
    (f64.store offset=16 ${get('found')} ${get('score')})
    (i32.store offset=24 ${get('found')} ${get('leftCount')})
    ${set('place', `(i32.or (i32.const ${missingLeft}) (i32.shr_u (i32.sub ${get('at')} ${get('cells')}) (i32.const 3)))`)})`;

const search = (name: string, score: string): string => `
  (func $${name} (export "${name}") (param $cells i32) (param $missing i32) (param $found i32)
    (param $gradient f64) (param $hessian f64) (param $count i32)
    (param $gradientUnit f64) (param $hessianUnit f64) (param $countBits i32)
    (param $minLeaf i32) (param $minHessian f64) (param $l2 f64) (param $most f64)
    (param $direction f64) (param $low f64) (param $high f64) (result i32)
    ${locals('i32', 'at', 'place', 'mask', 'leftCount', 'missingCount')} (local $bits i64)
    ${locals('v128', 'sums', 'left', 'cell', 'missingCell', 'g', 'h', 'v')}
    ${locals('f64', 'leftGradient', 'leftHessian', 'score')}
    ${set('at', get('cells'))}
    ${set('place', '(i32.const -1)')}
    ${set('mask', `(i32.sub (i32.shl (i32.const 1) ${get('countBits')}) (i32.const 1))`)}
    ${set('bits', `(i64.extend_i32_u ${get('countBits')})`)}
    ${set('missingCell', `(v128.load ${get('missing')})`)}
    ${set('missingCount', countIn('missingCell'))}
    (block $done
      (loop $next
        (block $empty
          ${set('cell', `(v128.load ${get('at')})`)}
          (br_if $empty (i32.eqz ${countIn('cell')}))
          ${set('sums', `(i64x2.add ${get('sums')} ${get('cell')})`)}
          ${set('left', get('sums'))}
          ${weigh(0, score)}
          ;; Further on there are still fewer rows on the right.
          (br_if $done (i32.lt_s (i32.sub ${get('count')} ${countIn('sums')}) ${get('minLeaf')}))
          (block $whole
            (br_if $whole (i32.eqz ${get('missingCount')}))
            ${set('left', `(i64x2.add ${get('sums')} ${get('missingCell')})`)}
            ${weigh(1, score)})
          ${advance('at', 16)}
          (br_if $next (i32.lt_u ${get('at')} ${get('missing')}))
          (br $done))
        ;; Where one cell is empty, many are: they are passed by four at a time.
        ${advance('at', 16)}
        (block $full
          (loop $more
            (br_if $full (i32.lt_u ${get('missing')} (i32.add ${get('at')} (i32.const 64))))
            (br_if $full (i32.eqz (i64.eqz ${fourCells})))
            ${advance('at', 64)}
            (br $more)))
        (br_if $next (i32.lt_u ${get('at')} ${get('missing')}))))
    ${get('place')})`;

/** Two functions of the kernel with the same arguments; the first takes no notice of bounds. */
export const searchText: string = [search('searchNumbers', free), search('searchBounded', bounded)].join(
  '\n',
);
