/** The two loops that walk down trees without a branch to guess wrong, and the ranking of values, in WebAssembly text. */

import { advance, forEach, get, locals, set } from '../wasm/wasm-text.js';
import { countBelow, countBelowLocals } from './rank-text.js';

/** Trees of one row, or rows of one tree, that step down together: as many as hide the time of one load from memory. */
export const lanes = 4;
/** Rows that pass one tree after another: their slots, and the tree, stay in the nearest cache. */
export const blockRows = 64;
/** Slot × 4 and rank, both of 16 bits; how far the right child stands from the left one; the mask, or a leaf's value. */
export const nodeBytes = 16;

const all = Array.from({ length: lanes }, (_, lane) => lane);
const node = (lane: number): string => `node${lane}`;

/** One step of every lane, until all are at leaves. A leaf goes to itself, and only a leaf jumps backwards. */
const down = (slotOf: (lane: number) => string): string => `
  (loop $down
    ${set('jumps', '(i32.const -1)')}
    ${all.map((lane) => step(node(lane), slotOf(lane))).join('')}
    (br_if $down (i32.lt_s (i32.const -1) ${get('jumps')})))`;

/** An arithmetic shift makes -1 of a number below 0, or else 0: all of the jump, or nothing of it. */
const step = (name: string, slot: string): string => `
  ${set('jump', `(i32.load offset=4 ${get(name)})`)}
  ${set('jumps', `(i32.and ${get('jumps')} ${get('jump')})`)}
  ${set(
    name,
    `(i32.add (i32.add ${get(name)} (i32.const ${nodeBytes})) (i32.and ${get('jump')}
      (i32.shr_s (i32.sub (i32.load16_s offset=2 ${get(name)}) (i32.and ${slot} (i32.load offset=8 ${get(name)})))
        (i32.const 31))))`,
  )}`;

const leafValue = (lane: number): string => `(f64.load offset=8 ${get(node(lane))})`;

const laneLocals = locals('i32', ...all.map(node), 'jump', 'jumps');

/** Pointers are byte addresses. */
export const walkText: string = `
(module
  (import "shared" "memory" (memory 1 65536 shared))

  ;; The row's slots stand at address 0.
  (func $walkRow (export "walkRow") (param $roots i32) (param $end i32) (param $sum f64) (result f64)
    ${laneLocals}
    ${forEach(
      'roots',
      4 * lanes,
      `${all.map((lane) => set(node(lane), `(i32.load offset=${4 * lane} ${get('roots')})`)).join('\n')}
      ${down((lane) => `(i32.load (i32.load16_u ${get(node(lane))}))`)}
      ${all.map((lane) => set('sum', `(f64.add ${get('sum')} ${leafValue(lane)})`)).join('\n')}`,
    )}
    ${get('sum')})

  ;; Slot after slot, each of all rows of the block.
  (func $walkRows (export "walkRows") (param $rows i32) (param $end i32) (param $root i32) (param $sums i32)
    ${laneLocals}
    ${forEach(
      'rows',
      4 * lanes,
      `${all.map((lane) => set(node(lane), get('root'))).join('\n')}
      ${down((lane) => `(i32.load offset=${4 * lane} (i32.add ${get('rows')} (i32.shl (i32.load16_u ${get(node(lane))}) (i32.const ${Math.log2(blockRows)}))))`)}
      ${all
        .map(
          (lane) =>
            `(f64.store offset=${8 * lane} ${get('sums')} (f64.add (f64.load offset=${8 * lane} ${get('sums')}) ${leafValue(lane)}))`,
        )
        .join('\n')}
      ${advance('sums', 8 * lanes)}`,
    )})

  ;; How many of the rising thresholds (at least one) are below each value; the second time a missing one is above all.
  (func $rank (export "rank") (param $numbers i32) (param $end i32) (param $thresholds i32) (param $count i32)
    (param $slots i32)
    ${countBelowLocals}
    ${forEach(
      'numbers',
      8,
      `${set('number', `(f64.load ${get('numbers')})`)}
      ${countBelow}
      (i32.store ${get('slots')} ${get('low')})
      (i32.store offset=${4 * blockRows} ${get('slots')}
        (i32.or ${get('low')} (i32.shl (f64.ne ${get('number')} ${get('number')}) (i32.const 15))))
      ${advance('slots', 4)}`,
    )}))`;
