/** The growing of one tree of a forest in WebAssembly text: columns are drawn, searched and parted without leaving it. */

import { advance, at, forEach, get, locals, set } from '../wasm/wasm-text.js';
import { addPair, cellBytes, cellUnits, foundOffset, loadPair } from './cell-text.js';
import { partition, partitionNumbers } from './partition-text.js';
import { searchFew, searchNumbers } from './search-text.js';
import { forestCategories } from './split-rules.js';

/** Leaves of at most so many rows have few enough filled cells that passing the others by is worth its while. */
const fewRows = 128;

/**
 * What a node holds, by byte: the sums of its gradients and hessians (doubles); the addresses of its first row and of
 * the one after its last, its depth, the column it is split on (-1 for none), the place of the split as searches leave
 * it, the address of its left child (0 for none; the right one follows), the next node still to be parted; the sums of
 * its left side (doubles); a bit for each column that no part of it can be split on; and, where there are categories, 256
 * bits for those that go left.
 */
export const nodeFields = {
  gradient: 0,
  hessian: 8,
  from: 16,
  to: 20,
  depth: 24,
  column: 28,
  place: 32,
  left: 36,
  next: 40,
  leftGradient: 48,
  leftHessian: 56,
  closed: 64,
} as const;

/** What the table says of a column, by byte: the addresses of its bins, its histogram, the cell there for missing values; its kind. */
export const columnFields = { bins: 0, cells: 4, missing: 8, isCategory: 12 } as const;
export const columnBytes = 16;

const plus = (a: string, b: string): string => `(i32.add ${a} ${b})`;
const minus = (a: string, b: string): string => `(i32.sub ${a} ${b})`;

type NodeField = keyof typeof nodeFields;
const load = (field: NodeField): string => `(i32.load offset=${nodeFields[field]} ${get('node')})`;
const loadSum = (field: NodeField): string => `(f64.load offset=${nodeFields[field]} ${get('node')})`;
const store = (field: NodeField, value: string, of = 'node'): string =>
  `(i32.store offset=${nodeFields[field]} ${get(of)} ${value})`;
const storeSum = (field: NodeField, value: string, of: string): string =>
  `(f64.store offset=${nodeFields[field]} ${get(of)} ${value})`;

const setEntry = set('entry', at('columns', get('column'), Math.log2(columnBytes)));
const entry = (field: keyof typeof columnFields): string =>
  `(i32.load offset=${columnFields[field]} ${get('entry')})`;

/** The word of the node's closed columns that has the bit of $column. Shifts go by the last five bits of a number. */
const closedWord = plus(get('node'), `(i32.shl (i32.shr_u ${get('column')} (i32.const 5)) (i32.const 2))`);
const loadClosed = `(i32.load offset=${nodeFields.closed} ${closedWord})`;
const isClosed = `(i32.and (i32.const 1) (i32.shr_u ${loadClosed} ${get('column')}))`;
const close = `(i32.store offset=${nodeFields.closed} ${closedWord}
  (i32.or ${loadClosed} (i32.shl (i32.const 1) ${get('column')})))`;

const randomLocals = locals('i32', 'a', 'b', 'c', 'd', 'drawn', 'shifted', 'below', 'over');
const loadState = ['a', 'b', 'c', 'd']
  .map((name, i) => set(name, `(i32.load offset=${4 * i} ${get('random')})`))
  .join(' ');
const xor = (to: string, from: string): string => set(to, `(i32.xor ${get(to)} ${get(from)})`);

/** An unbiased integer below $below: `integer` of `random.ts`, number for number. */
const drawInteger = `
  (block $fair
    (loop $again
      ${set('drawn', `(i32.mul (i32.rotl (i32.mul ${get('b')} (i32.const 5)) (i32.const 7)) (i32.const 9))`)}
      ${set('shifted', `(i32.shl ${get('b')} (i32.const 9))`)}
      ${xor('c', 'a')} ${xor('d', 'b')} ${xor('b', 'c')} ${xor('a', 'd')} ${xor('c', 'shifted')}
      ${set('d', `(i32.rotl ${get('d')} (i32.const 11))`)}
      ;; What is over after the last whole multiple of $below is drawn again.
      (br_if $fair (i32.lt_u ${get('drawn')} ${minus('(i32.const 0)', get('below'))}))
      ${set('over', `(i32.rem_u ${minus('(i32.const 0)', get('below'))} ${get('below')})`)}
      (br_if $fair (i32.eqz ${get('over')}))
      (br_if $again (i32.ge_u ${get('drawn')} ${minus('(i32.const 0)', get('over'))}))))
  ${set('drawn', `(i32.rem_u ${get('drawn')} ${get('below')})`)}`;

/** Puts a column at random into place $tried of the order; those before stay. */
const drawColumn = `
  ${set('below', minus(get('columnCount'), get('tried')))}
  ${drawInteger}
  ${set('here', at('order', get('tried'), 2))}
  ${set('there', at('here', get('drawn'), 2))}
  ${set('column', `(i32.load ${get('there')})`)}
  (i32.store ${get('there')} (i32.load ${get('here')}))
  (i32.store ${get('here')} ${get('column')})`;

/** Sorts what is drawn next into the two lists: of few rows and numbers, and others. */
const drawColumns = `
  ${set('few', get('list'))}
  ${set('many', get('pass'))}
  ${set('place', get('tried'))}
  (loop $draw
    ${drawColumn}
    (block $drawn
      (br_if $drawn ${isClosed})
      ${setEntry}
      (if (i32.or ${entry('isCategory')} (i32.gt_s ${get('count')} (i32.const ${fewRows})))
        (then
          (memory.fill ${entry('cells')} (i32.const 0)
            ${plus(minus(entry('missing'), entry('cells')), `(i32.const ${cellBytes})`)})
          (i32.store ${get('many')} ${entry('bins')})
          (i32.store offset=4 ${get('many')} ${entry('cells')})
          ${advance('many', 8)})
        (else
          (i32.store ${get('few')} ${entry('bins')})
          (i32.store offset=4 ${get('few')} ${entry('cells')})
          (i32.store offset=8 ${get('few')} ${entry('missing')})
          ${advance('few', 12)})))
    ${advance('tried', 1)}
    (br_if $draw (i32.lt_s ${get('tried')} ${get('until')})))`;

/** The leaf as both searches take it. */
const leaf = ['gradient', 'hessian', 'count', 'gradientUnit', 'hessianUnit', 'countBits', 'minLeaf']
  .map(get)
  .concat('(f64.const 0) (f64.const 0)', get('own'), get('least'))
  .join(' ');

/** Fills histograms; of columns that are searched by their filled cells, finds the splits on the way. */
const fillHistograms = `
  (if (i32.ne ${get('many')} ${get('pass')}) (then
    (call $histogramsOfList ${load('from')} ${load('to')} ${get('pass')} ${get('many')}
      ${get('pairs')} ${get('countBits')})))
  (if (i32.ne ${get('few')} ${get('list')}) (then
    (call $searchFew ${load('from')} ${load('to')} ${get('list')} ${get('few')} ${get('pairs')} ${leaf})))`;

/** Searches the columns that are not searched yet, and keeps the best split: of equal ones the first drawn. */
const weighColumns = `
  (loop $weigh
    ${set('column', `(i32.load ${at('order', get('place'), 2)})`)}
    (block $weighed
      (br_if $weighed ${isClosed})
      ${setEntry}
      ${set('found', plus(entry('cells'), `(i32.const ${foundOffset})`))}
      (if ${entry('isCategory')}
        (then (call $searchCategories ${get('column')} ${get('gradient')} ${get('hessian')} ${get('count')}))
        (else (if (i32.gt_s ${get('count')} (i32.const ${fewRows})) (then
          (call $searchNumbers ${entry('cells')} ${entry('missing')} ${get('found')} ${leaf}
            (f64.const 0) (f64.const 0) (f64.const 0))))))
      ${set('gain', `(f64.load offset=16 ${get('found')})`)}
      (if (f64.lt ${get('gain')} (f64.const 0)) (then ${close}))
      (br_if $weighed (i32.eqz (f64.gt ${get('gain')} ${get('most')})))
      ${set('most', get('gain'))}
      ${store('column', get('column'))}
      ${store('place', `(i32.load offset=28 ${get('found')})`)}
      (v128.store offset=${nodeFields.leftGradient} ${get('node')} (v128.load ${get('found')}))
      (if ${entry('isCategory')} (then
        ${set('there', plus(get('node'), get('sets')))}
        (v128.store ${get('there')} (v128.load offset=32 ${get('found')}))
        (v128.store offset=16 ${get('there')} (v128.load offset=48 ${get('found')})))))
    ${advance('place', 1)}
    (br_if $weigh (i32.lt_s ${get('place')} ${get('until')})))`;

/** Where none of the columns drawn can be split on, more are drawn, one after another, as scikit-learn does it. */
const searchNode = `
  ${set('score', `(f64.mul ${get('gradient')} ${get('gradientUnit')})`)}
  ${set('own', `(f64.div (f64.mul ${get('score')} ${get('score')}) (f64.mul ${get('hessian')} ${get('hessianUnit')}))`)}
  ${set('least', `(f64.add (f64.mul ${get('own')} (f64.const ${forestCategories.noise})) ${get('own')})`)}
  ${set('most', '(f64.const 0)')}
  ${set('tried', '(i32.const 0)')}
  ${set('until', get('perSplit'))}
  (loop $tries
    ${drawColumns}
    ${fillHistograms}
    ${weighColumns}
    ${set('until', plus(get('tried'), '(i32.const 1)'))}
    (br_if $tries (i32.and
      (i32.lt_s ${load('column')} (i32.const 0))
      (i32.lt_s ${get('tried')} ${get('columnCount')}))))`;

/** Writes for each bin of a category whether it goes left. */
const setSides = `
  ${set('here', '(i32.const 0)')}
  ${set('there', plus(get('node'), get('sets')))}
  (loop $bins
    (i32.store8 ${plus(get('sides'), get('here'))} (i32.and (i32.const 1) (i32.shr_u
      (i32.load ${plus(get('there'), `(i32.shl (i32.shr_u ${get('here')} (i32.const 5)) (i32.const 2))`)})
      ${get('here')})))
    ${advance('here', 1)}
    (br_if $bins (i32.lt_u ${get('here')} (i32.const 256))))`;

/** The bin for missing values where they go left, else one that there is not. */
const missingBin = `
  ${set('here', `(i32.shr_u ${minus(entry('missing'), entry('cells'))} (i32.const ${Math.log2(cellBytes)}))`)}
  (if (i32.eqz (i32.and ${load('place')} (i32.const 1))) (then ${set('here', '(i32.const 256)')}))`;

/** Writes a child of the node. */
const addChild = (gradient: string, hessian: string, from: string, to: string): string => `
  ${storeSum('gradient', gradient, 'end')}
  ${storeSum('hessian', hessian, 'end')}
  ${store('from', from, 'end')}
  ${store('to', to, 'end')}
  ${store('depth', plus(load('depth'), '(i32.const 1)'), 'end')}
  ${store('column', '(i32.const -1)', 'end')}
  ${store('left', '(i32.const 0)', 'end')}
  ${set('here', get('node'))}
  ${set('there', get('end'))}
  (loop $closed
    (i64.store offset=${nodeFields.closed} ${get('there')} (i64.load offset=${nodeFields.closed} ${get('here')}))
    ${advance('here', 8)}
    ${advance('there', 8)}
    (br_if $closed (i32.lt_u ${get('here')} ${plus(get('node'), get('closedBytes'))})))
  ${set('end', plus(get('end'), get('nodeBytes')))}`;

/** Parts the rows of the node and adds its children. */
const partNode = `
  ${set('column', load('column'))}
  ${setEntry}
  (if (i32.lt_s ${load('place')} (i32.const 0))
    (then
      ${setSides}
      ${set('middle', `(call $partition ${get('first')} ${load('to')} ${entry('bins')} ${get('sides')} ${get('scratch')})`)})
    (else
      ${missingBin}
      ${set('middle', `(call $partitionNumbers ${get('first')} ${load('to')} ${entry('bins')} (i32.shr_u ${load('place')} (i32.const 1)) ${get('here')} ${get('scratch')})`)}))
  ${set('middle', at('first', get('middle'), 2))}
  (memory.copy ${get('middle')} ${get('scratch')} ${minus(load('to'), get('middle'))})
  ${store('left', get('end'))}
  ${addChild(loadSum('leftGradient'), loadSum('leftHessian'), get('first'), get('middle'))}
  ${addChild(
    `(f64.sub ${loadSum('gradient')} ${loadSum('leftGradient')})`,
    `(f64.sub ${loadSum('hessian')} ${loadSum('leftHessian')})`,
    get('middle'),
    load('to'),
  )}`;

/** Adds $pair to the histogram of a column of the list. */
const addToColumn = (offset: number): string => `
  ${set('cells', `(i32.load offset=${offset + 4} ${get('column')})`)}
  ${addPair(`(i32.load8_u ${plus(`(i32.load offset=${offset} ${get('column')})`, get('row'))})`, 0)}`;

/** A row's weight, times how often it was drawn. */
const weight = `(f64.mul (f64.convert_i32_s (i32.load16_u ${get('counts')})) (f64.load ${get('weights')}))`;

export const forestText: string = `
(module
  (import "shared" "memory" (memory 1 65536 shared))
  (import "shared" "searchCategories" (func $searchCategories
    (param $column i32) (param $gradient f64) (param $hessian f64) (param $count i32)))

  ;; Adds pairs (found by row) to the histograms of a list of columns: for each the address of its bins, whose bytes stand 4
  ;; apart, and of its histogram. Sums of one column wait for each other, those of four do not.
  (func $histogramsOfList (param $rows i32) (param $end i32)
    (param $list i32) (param $listEnd i32) (param $pairs i32) (param $countBits i32)
    ${locals('i32', 'row', 'column', 'foursEnd', 'cells', 'cell')} ${locals('v128', 'pair', 'scale', 'one')}
    ${cellUnits}
    ${set('foursEnd', plus(get('list'), `(i32.and ${minus(get('listEnd'), get('list'))} (i32.const -32))`))}
    ${forEach(
      'rows',
      4,
      `${set('row', `(i32.load ${get('rows')})`)}
      ${loadPair(at('pairs', get('row'), 3))}
      ${set('row', `(i32.shl ${get('row')} (i32.const 2))`)}
      ${set('column', get('list'))}
      (block $noFours
        (br_if $noFours (i32.eq ${get('column')} ${get('foursEnd')}))
        (loop $fours
          ${[0, 8, 16, 24].map(addToColumn).join('')}
          ${advance('column', 32)}
          (br_if $fours (i32.lt_u ${get('column')} ${get('foursEnd')}))))
      (block $noRest
        (br_if $noRest (i32.eq ${get('column')} ${get('listEnd')}))
        (loop $rest
          ${addToColumn(0)}
          ${advance('column', 8)}
          (br_if $rest (i32.lt_u ${get('column')} ${get('listEnd')}))))`,
    )})

  ${searchNumbers}
  ${searchFew}
  ${partition}
  ${partitionNumbers}

  ;; Draws as many rows as there are, with putting back, and counts how often it drew each, in 16 bits.
  (func $drawRows (export "drawRows") (param $random i32) (param $rowCount i32) (param $counts i32)
    ${locals('i32', 'left', 'count')} ${randomLocals}
    ${loadState}
    ${set('left', get('rowCount'))}
    ${set('below', get('rowCount'))}
    (loop $draw
      ${drawInteger}
      ${set('count', at('counts', get('drawn'), 1))}
      (i32.store16 ${get('count')} ${plus(`(i32.load16_u ${get('count')})`, '(i32.const 1)')})
      ${advance('left', -1)}
      (br_if $draw ${get('left')})))

  ;; The most that any row weighs, drawn as often as it was.
  (func $mostWeight (export "mostWeight") (param $counts i32) (param $weights i32) (param $end i32) (result f64)
    (local $most f64)
    ${forEach(
      'weights',
      8,
      `${set('most', `(f64.max ${get('most')} ${weight})`)}
      ${advance('counts', 2)}`,
    )}
    ${get('most')})

  ;; Writes the pairs of all rows in whole units, lists those that weigh something, and leaves the sums in the root.
  (func $fillPairs (export "fillPairs") (param $counts i32) (param $weights i32) (param $end i32) (param $labels i32)
    (param $perUnit f64) (param $pairs i32) (param $rows i32) (param $root i32) (result i32)
    ${locals('i32', 'first', 'row')} ${locals('f64', 'weight', 'part', 'gradient', 'hessian')}
    ${set('first', get('rows'))}
    ${forEach(
      'weights',
      8,
      `${set('weight', weight)}
      (i32.store ${get('rows')} ${get('row')})
      ;; Every row is written, and kept or not: a branch would be guessed wrong for every third.
      ${set('rows', at('rows', `(f64.gt ${get('weight')} (f64.const 0))`, 2))}
      ${set('weight', `(f64.nearest (f64.mul ${get('weight')} ${get('perUnit')}))`)}
      ${set('part', `(f64.neg (f64.mul ${get('weight')} (f64.load ${get('labels')})))`)}
      (i32.store ${get('pairs')} (i32.trunc_f64_s ${get('part')}))
      (i32.store offset=4 ${get('pairs')} (i32.trunc_f64_s ${get('weight')}))
      ${set('gradient', `(f64.add ${get('gradient')} ${get('part')})`)}
      ${set('hessian', `(f64.add ${get('hessian')} ${get('weight')})`)}
      ${['counts', 'labels', 'pairs'].map((name, i) => advance(name, [2, 8, 8][i]!)).join(' ')}
      ${advance('row', 1)}`,
    )}
    (f64.store offset=${nodeFields.gradient} ${get('root')} ${get('gradient')})
    (f64.store offset=${nodeFields.hessian} ${get('root')} ${get('hessian')})
    (i32.shr_u ${minus(get('rows'), get('first'))} (i32.const 2)))

  (func $grow (export "grow") (param $nodes i32) (param $nodeBytes i32) (param $closedBytes i32) (param $sets i32)
    (param $columns i32) (param $order i32) (param $columnCount i32) (param $perSplit i32) (param $random i32)
    (param $list i32) (param $pass i32) (param $pairs i32) (param $sides i32) (param $scratch i32)
    (param $gradientUnit f64) (param $hessianUnit f64) (param $countBits i32) (param $minLeaf i32) (param $maxDepth i32)
    ${locals('i32', 'node', 'fresh', 'end', 'open', 'count', 'first', 'middle', 'tried', 'until', 'place')}
    ${locals('i32', 'column', 'entry', 'few', 'many', 'found', 'here', 'there')}
    ${randomLocals}
    ${locals('f64', 'gradient', 'hessian', 'score', 'own', 'least', 'gain', 'most')}
    ${loadState}
    ${set('fresh', get('nodes'))}
    ${set('end', plus(get('nodes'), get('nodeBytes')))}
    (loop $grow
      ;; The nodes from $fresh on are new.
      (loop $search
        ${set('node', get('fresh'))}
        ${set('count', `(i32.shr_u ${minus(load('to'), load('from'))} (i32.const 2))`)}
        ${set('gradient', loadSum('gradient'))}
        ${set('hessian', loadSum('hessian'))}
        (block $isLeaf
          (br_if $isLeaf (i32.lt_s ${get('count')} (i32.shl ${get('minLeaf')} (i32.const 1))))
          (br_if $isLeaf (i32.ge_s ${load('depth')} ${get('maxDepth')}))
          ;; All labels are 0, or all are 1.
          (br_if $isLeaf (f64.eq ${get('gradient')} (f64.const 0)))
          (br_if $isLeaf (f64.eq ${get('gradient')} (f64.neg ${get('hessian')})))
          ${searchNode}
          (br_if $isLeaf (i32.lt_s ${load('column')} (i32.const 0)))
          ${store('next', get('open'))}
          ${set('open', get('node'))})
        ${set('fresh', plus(get('fresh'), get('nodeBytes')))}
        (br_if $search (i32.lt_u ${get('fresh')} ${get('end')})))
      ;; Without a limit to leaves the order of splits does not matter, and the last node is as good as any.
      (if ${get('open')} (then
        ${set('node', get('open'))}
        ${set('open', load('next'))}
        ${set('first', load('from'))}
        ${set('fresh', get('end'))}
        ${partNode}
        (br $grow))))))`;
