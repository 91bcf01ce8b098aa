/** The loops of `leaf-masks.ts` in WebAssembly text: vectors of masks laid over one another, and the leaves they leave. */

import { advance, at, forEach, get, locals, set } from '../wasm/wasm-text.js';
import { countBelow, countBelowLocals } from './rank-text.js';

/** Trees that are looked at together, 32 bits of each. */
export const treesAtOnce = 16;
/** A tree's leaves have room for so many values. */
export const mostLeaves = 32;

const quarters = [0, 1, 2, 3];
const mask = (quarter: number): string => `mask${quarter}`;

/** Adds the value of the first leaf that is left to a tree. */
const addLeaf = (tree: number): string => {
  const bits = `(i32x4.extract_lane ${tree % 4} ${get(mask(tree >> 2))})`;
  return set(
    'sum',
    `(f64.add ${get('sum')} (f64.load offset=${tree * mostLeaves * 8} ${at('values', `(i32.ctz ${bits})`, 3)}))`,
  );
};

/** Pointers are byte addresses. */
export const leafMasksText: string = `
(module
  (import "shared" "memory" (memory 1 65536 shared))

  ;; The list has the address of a vector for each column.
  (func $sumRow (export "sumRow") (param $list i32) (param $listEnd i32) (param $bytes i32) (param $values i32)
    (param $sum f64) (result f64)
    ${locals('i32', 'offset', 'column', 'vector')} ${locals('v128', ...quarters.map(mask))}
    (loop $trees
      ${quarters.map((quarter) => set(mask(quarter), '(i64x2.splat (i64.const -1))')).join('\n')}
      ${set('column', get('list'))}
      (block $laid
        (br_if $laid (i32.ge_u ${get('column')} ${get('listEnd')}))
        (loop $columns
          ${set('vector', `(i32.add (i32.load ${get('column')}) ${get('offset')})`)}
          ${quarters.map((quarter) => set(mask(quarter), `(v128.and ${get(mask(quarter))} (v128.load offset=${16 * quarter} ${get('vector')}))`)).join('\n')}
          ${advance('column', 4)}
          (br_if $columns (i32.lt_u ${get('column')} ${get('listEnd')}))))
      ${Array.from({ length: treesAtOnce }, (_, tree) => addLeaf(tree)).join('\n')}
      ${advance('values', treesAtOnce * mostLeaves * 8)}
      ${advance('offset', treesAtOnce * 4)}
      (br_if $trees (i32.lt_u ${get('offset')} ${get('bytes')})))
    ${get('sum')})

  ;; The same for rows whose lists of so many bytes follow each other.
  (func $sumRows (export "sumRows") (param $lists i32) (param $end i32) (param $listBytes i32) (param $bytes i32)
    (param $values i32) (param $base f64) (param $sums i32)
    (local $next i32)
    (loop $rows
      ${set('next', `(i32.add ${get('lists')} ${get('listBytes')})`)}
      (f64.store ${get('sums')}
        (call $sumRow ${get('lists')} ${get('next')} ${get('bytes')} ${get('values')} ${get('base')}))
      ${set('lists', get('next'))}
      ${advance('sums', 8)}
      (br_if $rows (i32.lt_u ${get('lists')} ${get('end')}))))

  ;; Lays each vector, from the second of a column on, over the one before it.
  (func $layOver (export "layOver") (param $second i32) (param $end i32) (param $bytes i32)
    ${forEach(
      'second',
      16,
      `(v128.store ${get('second')} (v128.and (v128.load ${get('second')})
        (v128.load (i32.sub ${get('second')} ${get('bytes')}))))`,
    )})

  ;; Writes for each number the address of its vector: by its rank; behind all ranks for a missing one.
  (func $place (export "place") (param $numbers i32) (param $end i32) (param $thresholds i32) (param $count i32)
    (param $first i32) (param $bytes i32) (param $entries i32) (param $listBytes i32)
    ${countBelowLocals}
    ${forEach(
      'numbers',
      8,
      `${set('number', `(f64.load ${get('numbers')})`)}
      ${countBelow}
      ${set('low', `(i32.add ${get('low')} (i32.mul (f64.ne ${get('number')} ${get('number')}) (i32.add ${get('count')} (i32.const 1))))`)}
      (i32.store ${get('entries')} (i32.add ${get('first')} (i32.mul ${get('low')} ${get('bytes')})))
      ${set('entries', `(i32.add ${get('entries')} ${get('listBytes')})`)}`,
    )}))`;
