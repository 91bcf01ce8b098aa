/** The rank of a number among rising thresholds in WebAssembly text, by halving without a branch to guess wrong. */
import { get, locals, set } from '../wasm/wasm-text.js';

export const countBelowLocals: string = `${locals('i32', 'low', 'left', 'half')} (local $number f64)`;

/** Leaves in $low how many of $count thresholds (at least one) are below $number; 0 where that is missing. */
export const countBelow: string = `
      ${set('low', get('thresholds'))}
      ${set('left', get('count'))}
      (block $found
        (loop $halve
          (br_if $found (i32.lt_u ${get('left')} (i32.const 2)))
          ${set('half', `(i32.shr_u ${get('left')} (i32.const 1))`)}
          ${set('left', `(i32.sub ${get('left')} ${get('half')})`)}
          ${set('half', `(i32.shl ${get('half')} (i32.const 3))`)}
          ${set(
            'low',
            `(i32.add ${get('low')} (i32.and ${get('half')} (i32.sub (i32.const 0)
            (f64.lt (f64.load (i32.sub (i32.add ${get('low')} ${get('half')}) (i32.const 8))) ${get('number')}))))`,
          )}
          (br $halve)))
      ${set('low', `(i32.add (i32.shr_u (i32.sub ${get('low')} ${get('thresholds')}) (i32.const 3)) (f64.lt (f64.load ${get('low')}) ${get('number')}))`)}`;
