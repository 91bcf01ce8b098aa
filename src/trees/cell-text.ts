/** What the cells of histograms hold, and how a row's pair is made into what a cell adds, in WebAssembly text. */
import { at, get, set } from '../wasm/wasm-text.js';

/** A histogram has 256 cells of 16 bytes, and 64 bytes where the search leaves what it found. */
export const cellBytes = 16;
export const foundOffset = 4096;
export const histogramBytes = 4160;

/**
 * A pair in memory is two 32-bit integers: gradient and hessian. A cell is two 64-bit integers: the sum of gradients;
 * the sum of hessians above the count of rows. So a pair becomes what a cell adds by one product and one sum.
 */
export const cellUnits: string = `
  ${set('scale', `(i64x2.splat (i64.or (i64.const 1) (i64.shl (i64.const 1) (i64.extend_i32_u (i32.add ${get('countBits')} (i32.const 32))))))`)}
  ${set('one', '(i64x2.replace_lane 1 (i64x2.splat (i64.const 0)) (i64.const 1))')}`;
export const loadPair = (address: string): string =>
  set(
    'pair',
    `(i64x2.add (i64x2.extmul_low_i32x4_s (v128.load64_zero ${address}) ${get('scale')}) ${get('one')})`,
  );

/** Adds $pair to cell `index` of those that start `offset` bytes after $cells. */
export const addPair = (index: string, offset: number): string => `
  ${set('cell', at('cells', index, 4))}
  (v128.store offset=${offset} ${get('cell')} (i64x2.add (v128.load offset=${offset} ${get('cell')}) ${get('pair')}))`;
