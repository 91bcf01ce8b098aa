/** The inner loops on rows and histograms in WebAssembly text; those on losses and splits stand beside. */

import { advance, at, forEach, get, locals, set } from '../wasm/wasm-text.js';
import { addPair, cellUnits, histogramBytes, loadPair } from './cell-text.js';
import { logLossText } from './log-loss-text.js';
import { partition } from './partition-text.js';
import { searchBounded, searchNumbers } from './search-text.js';

const byteOfWord = (lane: number): string =>
  `(i32.and (i32.shr_u ${get('word')} (i32.const ${8 * lane})) (i32.const 255))`;

const wordOfFour = (lane: number): string =>
  `(i32.and (i32.wrap_i64 (i64.shr_u ${get('four')} (i64.const ${16 * lane}))) (i32.const 65535))`;

const row = `(i32.load ${get('rows')})`;

export const kernelText: string = `
(module
  (import "shared" "memory" (memory 1 65536 shared))

  (func $histogramOfFour (export "histogramOfFour") (param $rows i32) (param $end i32)
    (param $group i32) (param $pairs i32) (param $cells i32) (param $countBits i32)
    ${locals('i32', 'word', 'cell')} ${locals('v128', 'pair', 'scale', 'one')}
    ${cellUnits}
    ${forEach(
      'rows',
      4,
      `${set('word', `(i32.load ${at('group', row, 2)})`)}
      ${loadPair(get('pairs'))}
      ${[0, 1, 2, 3].map((lane) => addPair(byteOfWord(lane), lane * histogramBytes)).join('')}
      ${advance('pairs', 8)}`,
    )})

  (func $histogramOfOne (export "histogramOfOne") (param $rows i32) (param $end i32)
    (param $column i32) (param $pairs i32) (param $cells i32) (param $countBits i32)
    ${locals('i32', 'row', 'cell')} ${locals('v128', 'pair', 'scale', 'one')}
    ${cellUnits}
    ${forEach(
      'rows',
      4,
      `${set('row', row)}
      ${loadPair(at('pairs', get('row'), 3))}
      ${addPair(`(i32.load8_u ${at('column', get('row'), 2)})`, 0)}`,
    )})

  ;; For each row its list of cells that are not of the commonest bin; and the sum over all rows.
  (func $histogramOfRun (export "histogramOfRun") (param $rows i32) (param $end i32)
    (param $starts i32) (param $pairs i32) (param $cells i32) (param $total i32) (param $countBits i32)
    ${locals('i32', 'start', 'entry', 'stop', 'cell')} (local $four i64) ${locals('v128', 'pair', 'scale', 'one', 'sum')}
    ${cellUnits}
    ${forEach(
      'rows',
      4,
      `${loadPair(get('pairs'))}
      ${set('sum', `(i64x2.add ${get('sum')} ${get('pair')})`)}
      ${set('start', at('starts', row, 2))}
      ${set('entry', `(i32.load ${get('start')})`)}
      ${set('stop', `(i32.load offset=4 ${get('start')})`)}
      (block $none
        (br_if $none (i32.ge_u ${get('entry')} ${get('stop')}))
        (loop $more
          ${set('four', `(i64.load ${get('entry')})`)}
          ${[0, 1, 2, 3].map((lane) => addPair(wordOfFour(lane), 0)).join('')}
          ${advance('entry', 8)}
          (br_if $more (i32.lt_u ${get('entry')} ${get('stop')}))))
      ${advance('pairs', 8)}`,
    )}
    (v128.store ${get('total')} ${get('sum')}))

  (func $complete (export "complete") (param $cells i32) (param $end i32) (param $lacking i32) (param $total i32)
    (local $sum v128)
    ${set('sum', `(v128.load ${get('total')})`)}
    ${forEach('cells', 16, set('sum', `(i64x2.sub ${get('sum')} (v128.load ${get('cells')}))`))}
    (v128.store ${get('lacking')} ${get('sum')}))

  (func $gather (export "gather") (param $rows i32) (param $end i32) (param $pairs i32) (param $ordered i32)
    ${forEach(
      'rows',
      4,
      `(i64.store ${get('ordered')} (i64.load ${at('pairs', row, 3)}))
      ${advance('ordered', 8)}`,
    )})

  (func $subtract (export "subtract") (param $from i32) (param $end i32) (param $what i32)
    ${forEach(
      'from',
      16,
      `(v128.store ${get('from')} (i64x2.sub (v128.load ${get('from')}) (v128.load ${get('what')})))
      ${advance('what', 16)}`,
    )})

  ${partition}

  (func $move (export "move") (param $to i32) (param $from i32) (param $bytes i32)
    (memory.copy ${get('to')} ${get('from')} ${get('bytes')}))

  (func $clear (export "clear") (param $from i32) (param $bytes i32)
    (memory.fill ${get('from')} (i32.const 0) ${get('bytes')}))

  (func $addStep (export "addStep") (param $rows i32) (param $end i32) (param $scores i32) (param $step f64)
    (local $score i32)
    ${forEach(
      'rows',
      4,
      `${set('score', at('scores', row, 3))}
      (f64.store ${get('score')} (f64.add (f64.load ${get('score')}) ${get('step')}))`,
    )})

  ${logLossText}
  ${searchNumbers}
  ${searchBounded})`;
