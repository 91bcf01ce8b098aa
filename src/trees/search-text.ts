/** The scan of one column's histogram for its best split, in WebAssembly text: once without bounds on values, once with. */

import { advance, at, both, get, half, locals, set, two } from '../wasm/wasm-text.js';
import { cellUnits, foundOffset, loadPair } from './cell-text.js';

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
    ${set('closed', '(f64.const 0)')}
    ${set('leftGradient', `(f64.convert_i64_s (i64x2.extract_lane 0 ${get('left')}))`)}
    ${set('g', two(get('leftGradient'), `(f64.sub ${get('gradient')} ${get('leftGradient')})`))}
    ${set('g', `(f64x2.mul ${get('g')} ${both(get('gradientUnit'))})`)}
    ${score}
    ${set('score', `(f64.add ${half(0, 'v')} ${half(1, 'v')})`)}
    (br_if $worse (i32.eqz (f64.gt ${get('score')} ${get('most')})))
    ${set('most', get('score'))}
    (f64.store ${get('found')} ${get('leftGradient')})
    (f64.store offset=8 ${get('found')} ${get('leftHessian')})
    (i32.store offset=24 ${get('found')} ${get('leftCount')})
    ${set('place', `(i32.or (i32.const ${missingLeft}) (i32.shr_u (i32.sub ${get('at')} ${get('cells')}) (i32.const 3)))`)})`;

/** What every search is told of the leaf and of the rules. */
const leafParams = `
    (param $gradient f64) (param $hessian f64) (param $count i32)
    (param $gradientUnit f64) (param $hessianUnit f64) (param $countBits i32)
    (param $minLeaf i32) (param $minHessian f64) (param $l2 f64) (param $own f64) (param $least f64)`;

const searchLocals = `
    ${locals('i32', 'at', 'place', 'mask', 'leftCount', 'missingCount', 'next')} (local $bits i64)
    ${locals('v128', 'sums', 'left', 'cell', 'missingCell', 'g', 'h', 'v')}
    ${locals('f64', 'leftGradient', 'leftHessian', 'score', 'most', 'closed')}`;

const setMasks = `
    ${set('mask', `(i32.sub (i32.shl (i32.const 1) ${get('countBits')}) (i32.const 1))`)}
    ${set('bits', `(i64.extend_i32_u ${get('countBits')})`)}`;

/** Before the first cell of a column. */
const begin = (missingCell: string): string => `
    ${set('place', '(i32.const -1)')}
    ${set('most', get('least'))}
    ${set('closed', '(f64.const -1)')}
    ${set('missingCell', missingCell)}
    ${set('missingCount', countIn('missingCell'))}`;

/** Adds $cell, which has rows, to the left side and weighs both ways for missing values. */
const takeCell = (score: string): string => `
    ${set('sums', `(i64x2.add ${get('sums')} ${get('cell')})`)}
    ${set('left', get('sums'))}
    ${weigh(0, score)}
    ;; Further on there are still fewer rows on the right.
    (br_if $done (i32.lt_s (i32.sub ${get('count')} ${countIn('sums')}) ${get('minLeaf')}))
    (block $whole
      (br_if $whole (i32.eqz ${get('missingCount')}))
      ${set('left', `(i64x2.add ${get('sums')} ${get('missingCell')})`)}
      ${weigh(1, score)})`;

/**
 * After the last cell: leaves the gain and the final place with the sums. Of the places between a bin and the next that
 * has rows of this leaf, that is the middle one; where the leaf has no missing value, the next one goes with the many.
 */
const settle = (isEmpty: string): string => `
    (if (i32.lt_s ${get('place')} (i32.const 0))
      (then (f64.store offset=16 ${get('found')} ${get('closed')}))
      (else
        (f64.store offset=16 ${get('found')} (f64.sub ${get('most')} ${get('own')}))
        (if (i32.eqz ${get('missingCount')}) (then
          ${set('place', `(i32.and ${get('place')} (i32.const -2))`)}
          (if (i32.ge_u (i32.shl (i32.load offset=24 ${get('found')}) (i32.const 1)) ${get('count')})
            (then ${set('place', `(i32.or ${get('place')} (i32.const 1))`)}))))
        ${set('at', `(i32.shr_u ${get('place')} (i32.const 1))`)}
        ${set('next', at('cells', get('at'), 4))}
        (block $met
          (loop $more
            ${advance('next', 16)}
            (br_if $met (i32.ge_u ${get('next')} ${get('missing')}))
            (br_if $more ${isEmpty})
            ;; The middle of the two bins.
            ${set('at', `(i32.add ${get('at')} (i32.shr_u (i32.sub ${get('next')} ${get('cells')}) (i32.const 4)))`)}
            ${set('at', `(i32.shr_u (i32.sub ${get('at')} (i32.const 1)) (i32.const 1))`)}))
        (i32.store offset=28 ${get('found')}
          (i32.or (i32.and ${get('place')} (i32.const 1)) (i32.shl ${get('at')} (i32.const 1))))))`;

const search = (name: string, score: string): string => `
  (func $${name} (export "${name}") (param $cells i32) (param $missing i32) (param $found i32) ${leafParams}
    (param $direction f64) (param $low f64) (param $high f64)
    ${searchLocals}
    ${setMasks}
    ${begin(`(v128.load ${get('missing')})`)}
    ${set('at', get('cells'))}
    (block $done
      (loop $next
        (block $empty
          ${set('cell', `(v128.load ${get('at')})`)}
          (br_if $empty (i32.eqz ${countIn('cell')}))
          ${takeCell(score)}
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
    ${settle(`(i32.eqz (i32.and (i32.load offset=8 ${get('next')}) ${get('mask')}))`)})`;

export const searchNumbers: string = search('searchNumbers', free);
export const searchBounded: string = search('searchBounded', bounded);

/** The address, less 32, of the 32 bits of which one says whether the bin has rows; they stand behind what is found. */
const wordOf = (bin: string): string =>
  `(i32.add ${get('found')} (i32.and (i32.shr_u ${bin} (i32.const 3)) (i32.const 28)))`;
/** 1 where the bin has rows. A shift goes by the last five bits of a number. */
const bitOf = (bin: string, word: string): string => `(i32.and (i32.const 1) (i32.shr_u ${word} ${bin}))`;
const isFilled = (address: string): string => {
  const bin = `(i32.shr_u (i32.sub ${get(address)} ${get('cells')}) (i32.const 4))`;
  return bitOf(bin, `(i32.load offset=32 ${wordOf(bin)})`);
};
/** The cell, or nothing where the bit is 0: what stands there then comes from another leaf. */
const cellIf = (bit: string, address: string): string =>
  `(v128.and (v128.load ${get(address)}) (i32x4.splat (i32.sub (i32.const 0) ${bit})))`;

/**
 * For leaves of few rows: fills the cells of one column after another and searches them. A bit for each cell that has
 * rows spares clearing the others and passing them by.
 */
export const searchFew: string = `
  (func $searchFew (param $rows i32) (param $end i32) (param $list i32) (param $listEnd i32)
    (param $pairs i32) ${leafParams}
    ${searchLocals}
    ${locals('i32', 'column', 'cells', 'missing', 'found', 'from', 'row', 'bin', 'word', 'filled')}
    ${locals('v128', 'pair', 'scale', 'one')}
    ${setMasks}
    ${cellUnits}
    (loop $column
      ${set('column', `(i32.load ${get('list')})`)}
      ${set('cells', `(i32.load offset=4 ${get('list')})`)}
      ${set('missing', `(i32.load offset=8 ${get('list')})`)}
      ${set('found', `(i32.add ${get('cells')} (i32.const ${foundOffset}))`)}
      (v128.store offset=32 ${get('found')} (i64x2.splat (i64.const 0)))
      (v128.store offset=48 ${get('found')} (i64x2.splat (i64.const 0)))
      ${set('from', get('rows'))}
      (loop $row
        ${set('row', `(i32.load ${get('from')})`)}
        ${loadPair(at('pairs', get('row'), 3))}
        ${set('bin', `(i32.load8_u ${at('column', get('row'), 2)})`)}
        ${set('at', at('cells', get('bin'), 4))}
        ${set('word', wordOf(get('bin')))}
        ${set('filled', `(i32.load offset=32 ${get('word')})`)}
        ${set('cell', cellIf(bitOf(get('bin'), get('filled')), 'at'))}
        (v128.store ${get('at')} (i64x2.add ${get('cell')} ${get('pair')}))
        (i32.store offset=32 ${get('word')} (i32.or ${get('filled')} (i32.shl (i32.const 1) ${get('bin')})))
        ${advance('from', 4)}
        (br_if $row (i32.lt_u ${get('from')} ${get('end')})))
      ${set('sums', '(i64x2.splat (i64.const 0))')}
      ${begin(cellIf(isFilled('missing'), 'missing'))}
      (block $done
        ${set('word', '(i32.const 0)')}
        (loop $words
          ${set('filled', `(i32.load offset=32 (i32.add ${get('found')} ${get('word')}))`)}
          (block $empty
            (loop $more
              (br_if $empty (i32.eqz ${get('filled')}))
              ${set('bin', `(i32.add (i32.ctz ${get('filled')}) (i32.shl ${get('word')} (i32.const 3)))`)}
              ${set('filled', `(i32.and ${get('filled')} (i32.sub ${get('filled')} (i32.const 1)))`)}
              ${set('at', at('cells', get('bin'), 4))}
              (br_if $done (i32.ge_u ${get('at')} ${get('missing')}))
              ${set('cell', `(v128.load ${get('at')})`)}
              ${takeCell(free)}
              (br $more)))
          ${advance('word', 4)}
          (br_if $words (i32.lt_u ${get('word')} (i32.const 32)))))
      ${settle(`(i32.eqz ${isFilled('next')})`)}
      ${advance('list', 12)}
      (br_if $column (i32.lt_u ${get('list')} ${get('listEnd')}))))`;
