/** The parting of a leaf's rows in WebAssembly text: those that go left stay in front, the others go to $scratch, both in order. */
import { at, forEach, get, locals, set } from '../wasm/wasm-text.js';

/** Writes every row to both places and moves on in one of them: no branch to guess wrong. `isLeft` is 0 or 1. */
const parting = (name: string, params: string, isLeft: string): string => `
  (func $${name} (export "${name}") (param $rows i32) (param $end i32)
    (param $column i32) ${params} (param $scratch i32) (result i32)
    ${locals('i32', 'first', 'left', 'row', 'bin', 'side')}
    ${set('first', get('rows'))}
    ${set('left', get('rows'))}
    ${forEach(
      'rows',
      4,
      `${set('row', `(i32.load ${get('rows')})`)}
      ${set('bin', `(i32.load8_u ${at('column', get('row'), 2)})`)}
      ${set('side', `(i32.shl ${isLeft} (i32.const 2))`)}
      (i32.store ${get('left')} ${get('row')})
      (i32.store ${get('scratch')} ${get('row')})
      ${set('left', `(i32.add ${get('left')} ${get('side')})`)}
      ${set('scratch', `(i32.add ${get('scratch')} (i32.sub (i32.const 4) ${get('side')}))`)}`,
    )}
    (i32.shr_u (i32.sub ${get('left')} ${get('first')}) (i32.const 2)))`;

/** By a table of 256 bytes, 1 where a bin goes left. */
export const partition: string = parting(
  'partition',
  '(param $sides i32)',
  `(i32.load8_u ${at('sides', get('bin'), 0)})`,
);

/** Bins up to $last go left, and bin $missing. */
export const partitionNumbers: string = parting(
  'partitionNumbers',
  '(param $last i32) (param $missing i32)',
  `(i32.or (i32.le_u ${get('bin')} ${get('last')}) (i32.eq ${get('bin')} ${get('missing')}))`,
);
