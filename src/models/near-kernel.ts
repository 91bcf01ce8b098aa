/** The inner loop of the search for neighbours in WebAssembly text: which points of a stretch may be near enough. */
import { assemble } from './trees/assemble.js';
import { type SharedMemory, sharedMemory } from './trees/kernel.js';
import { advance, get, locals, set } from './trees/wasm-text.js';

/**
 * Goes over the points whose first coordinates stand at `at` to `end` (byte addresses, multiples of 16), four at a time,
 * and writes to `out` (as an address and a mask of four bits) those whose squared distance from the point at `own`, over
 * `width` coordinates that stand `stride` bytes apart, is at most `limit`. Returns the address after the last.
 */
export type FindNear = (
  at: number,
  end: number,
  own: number,
  stride: number,
  width: number,
  limit: number,
  out: number,
) => number;

const coordinate = `
  ${set('gap', `(f32x4.sub (v128.load ${get('theirs')}) (v128.load32_splat ${get('mine')}))`)}
  ${set('sum', `(f32x4.add ${get('sum')} (f32x4.mul ${get('gap')} ${get('gap')}))`)}
  ${['theirs', 'mine'].map((name) => set(name, `(i32.add ${get(name)} ${get('stride')})`)).join(' ')}`;

const text = `
(module
  (import "near" "memory" (memory 1 65536 shared))
  (func $findNear (export "findNear") (param $at i32) (param $end i32) (param $own i32) (param $stride i32)
    (param $width i32) (param $limit f64) (param $out i32) (result i32)
    ${locals('i32', 'left', 'mine', 'theirs')} ${locals('v128', 'sum', 'gap', 'limits')}
    ${set('limits', `(f32x4.splat (f32.demote_f64 ${get('limit')}))`)}
    (block $done
      (br_if $done (i32.ge_u ${get('at')} ${get('end')}))
      (loop $next
        (block $far
          ${set('sum', '(f32x4.splat (f32.demote_f64 (f64.const 0)))')}
          ${set('theirs', get('at'))}
          ${set('mine', get('own'))}
          ${set('left', get('width'))}
          ;; Four coordinates at a time: a test after each costs more than it saves.
          (loop $more
            ${coordinate.repeat(4)}
            (br_if $far (i32.eqz (v128.any_true (f32x4.le ${get('sum')} ${get('limits')}))))
            ${advance('left', -4)}
            (br_if $more ${get('left')}))
          (i32.store ${get('out')} ${get('at')})
          (i32.store offset=4 ${get('out')} (i32x4.bitmask (f32x4.le ${get('sum')} ${get('limits')})))
          ${advance('out', 8)})
        ${advance('at', 16)}
        (br_if $next (i32.lt_u ${get('at')} ${get('end')}))))
    ${get('out')}))`;

interface WebAssemblyHere {
  Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  Instance: new (
    module: object,
    imports: { near: { memory: SharedMemory } },
  ) => { exports: { findNear: FindNear } };
}

let module: object | undefined;

/** The loop on a memory of so many bytes. */
export function nearKernel(bytes: number): { findNear: FindNear; buffer: SharedArrayBuffer } {
  const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyHere };
  module ??= new WebAssembly.Module(assemble(text));
  const memory = sharedMemory(bytes);
  const { findNear } = new WebAssembly.Instance(module, { near: { memory } }).exports;
  return { findNear, buffer: memory.buffer };
}
