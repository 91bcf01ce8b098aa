/** The inner loops of tree growing, in WebAssembly text: histograms, their difference, partition, gradients. */
import { assemble } from './assemble.js';

/** Bytes from one column's histogram to the next: 256 cells of 16 bytes, and a cache line against aliasing. */
export const histogramBytes = 4160;

/** A memory that threads can share; Node's types have no WebAssembly, hence these few lines. */
export interface SharedMemory {
  readonly buffer: SharedArrayBuffer;
}

/** All pointers are byte addresses; `end` is the address after the last element. */
export interface Kernel {
  /** Adds pairs (in the order of `rows`) to the histograms of the four columns of a group. */
  histogramOfFour(rows: number, end: number, group: number, pairs: number, cells: number): void;
  /** Adds pairs (found by row) to the histogram of one column, whose bytes stand 4 apart. */
  histogramOfOne(rows: number, end: number, column: number, pairs: number, cells: number): void;
  /** Copies the pairs of these rows next to each other. */
  gather(rows: number, end: number, pairs: number, ordered: number): void;
  /** Takes one histogram from another, cell by cell, in place. */
  subtract(from: number, end: number, what: number): void;
  /** Moves the rows whose bin has a 1 in `sides` to the front, keeping both orders. Returns how many there are. */
  partition(rows: number, end: number, column: number, sides: number, scratch: number): number;
  /** Gradient and hessian of log loss at these scores, times the weights. */
  logLoss(
    scores: number,
    end: number,
    targets: number,
    weights: number,
    gradients: number,
    hessians: number,
  ): void;
  /** Rounds gradients and hessians to the integers that histograms add. */
  pack(
    gradients: number,
    end: number,
    hessians: number,
    pairs: number,
    gradientScale: number,
    hessianScale: number,
    countBits: number,
  ): void;
  /** Sets bytes to 0. */
  clear(from: number, bytes: number): void;
}

interface WebAssemblyHere {
  Memory: new (limits: { initial: number; maximum: number; shared: true }) => SharedMemory;
  Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  Instance: new (module: object, imports: { trees: { memory: SharedMemory } }) => { exports: unknown };
}

const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyHere };
const pageBytes = 65536;

/** A memory of at least so many bytes, all 0. */
export function sharedMemory(bytes: number): SharedMemory {
  const pages = Math.max(1, Math.ceil(bytes / pageBytes));
  return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
}

let module: object | undefined;

/** The kernel working on this memory. It is compiled once a thread. */
export function kernelOn(memory: SharedMemory): Kernel {
  module ??= new WebAssembly.Module(assemble(kernelText));
  return new WebAssembly.Instance(module, { trees: { memory } }).exports as Kernel;
}

const get = (name: string): string => `(local.get $${name})`;
const advance = (name: string, bytes: number): string =>
  `(local.set $${name} (i32.add ${get(name)} (i32.const ${bytes})))`;

/** Repeats while $pointer is below $end; does nothing at all where it never is. */
const forEach = (pointer: string, bytes: number, body: string): string => `
  (block $done
    (br_if $done (i32.ge_u ${get(pointer)} ${get('end')}))
    (loop $next
      ${body}
      ${advance(pointer, bytes)}
      (br_if $next (i32.lt_u ${get(pointer)} ${get('end')}))))`;

/** Adds $pair to the cell of bin `bin` in the histogram that starts `offset` bytes after $cells. */
const addPair = (bin: string, offset: number): string => `
  (local.set $cell (i32.add ${get('cells')} (i32.shl ${bin} (i32.const 4))))
  (v128.store offset=${offset} ${get('cell')} (i64x2.add (v128.load offset=${offset} ${get('cell')}) ${get('pair')}))`;

const byteOfWord = (lane: number): string =>
  `(i32.and (i32.shr_u ${get('word')} (i32.const ${8 * lane})) (i32.const 255))`;

// Numbers that the loop below needs in both halves of a 128-bit value, by the names of their locals.
const doubles: Readonly<Record<string, number>> = {
  most: 700,
  least: -700,
  log2e: Math.LOG2E,
  // Adding it rounds to a whole number, which then stands in the low bits.
  magic: 6755399441055744,
  // ln 2 in two parts, the first of few enough bits that its product with a whole number is exact.
  ln2High: 0.6931471803691238,
  ln2Low: 1.9082149292705877e-10,
  c1: 1,
  ...Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`c${i + 2}`, 1 / factorial(i + 2)])),
};

function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1);
}

// e^r for |r| ≤ ln(2)/2 by its series to r^13 (error below one unit in the last place).
const series = (r: string): string => {
  let text = get('c13');
  for (let n = 12; n >= 0; n--) text = `(f64x2.add (f64x2.mul ${text} ${r}) ${get(`c${Math.max(n, 1)}`)})`;
  return text;
};

const kernelText = `
(module
  (import "trees" "memory" (memory 1 65536 shared))

  ;; A cell is two 64-bit integers: the sum of gradients; the sum of hessians above the count of rows.
  (func $histogramOfFour (export "histogramOfFour")
    (param $rows i32) (param $end i32) (param $group i32) (param $pairs i32) (param $cells i32)
    (local $word i32) (local $cell i32) (local $pair v128)
    ${forEach(
      'rows',
      4,
      `(local.set $word (i32.load (i32.add ${get('group')} (i32.shl (i32.load ${get('rows')}) (i32.const 2)))))
      (local.set $pair (v128.load ${get('pairs')}))
      ${[0, 1, 2, 3].map((lane) => addPair(byteOfWord(lane), lane * histogramBytes)).join('')}
      ${advance('pairs', 16)}`,
    )})

  (func $histogramOfOne (export "histogramOfOne")
    (param $rows i32) (param $end i32) (param $column i32) (param $pairs i32) (param $cells i32)
    (local $row i32) (local $cell i32) (local $pair v128)
    ${forEach(
      'rows',
      4,
      `(local.set $row (i32.load ${get('rows')}))
      (local.set $pair (v128.load (i32.add ${get('pairs')} (i32.shl ${get('row')} (i32.const 4)))))
      ${addPair(`(i32.load8_u (i32.add ${get('column')} (i32.shl ${get('row')} (i32.const 2))))`, 0)}`,
    )})

  (func $gather (export "gather")
    (param $rows i32) (param $end i32) (param $pairs i32) (param $ordered i32)
    ${forEach(
      'rows',
      4,
      `(v128.store ${get('ordered')}
        (v128.load (i32.add ${get('pairs')} (i32.shl (i32.load ${get('rows')}) (i32.const 4)))))
      ${advance('ordered', 16)}`,
    )})

  (func $subtract (export "subtract") (param $from i32) (param $end i32) (param $what i32)
    ${forEach(
      'from',
      16,
      `(v128.store ${get('from')} (i64x2.sub (v128.load ${get('from')}) (v128.load ${get('what')})))
      ${advance('what', 16)}`,
    )})

  ;; Writes every row to both places and moves on in one of them: no branch to guess wrong.
  (func $partition (export "partition")
    (param $rows i32) (param $end i32) (param $column i32) (param $sides i32) (param $scratch i32) (result i32)
    (local $first i32) (local $left i32) (local $right i32) (local $row i32) (local $side i32)
    (local.set $first ${get('rows')})
    (local.set $left ${get('rows')})
    (local.set $right ${get('scratch')})
    ${forEach(
      'rows',
      4,
      `(local.set $row (i32.load ${get('rows')}))
      (local.set $side (i32.shl (i32.load8_u (i32.add ${get('sides')}
        (i32.load8_u (i32.add ${get('column')} (i32.shl ${get('row')} (i32.const 2)))))) (i32.const 2)))
      (i32.store ${get('left')} ${get('row')})
      (i32.store ${get('right')} ${get('row')})
      (local.set $left (i32.add ${get('left')} ${get('side')}))
      (local.set $right (i32.add ${get('right')} (i32.sub (i32.const 4) ${get('side')})))`,
    )}
    (memory.copy ${get('left')} ${get('scratch')} (i32.sub ${get('right')} ${get('scratch')}))
    (i32.shr_u (i32.sub ${get('left')} ${get('first')}) (i32.const 2)))

  ;; Two rows at a time: p = 1 / (1 + e^-score). After an odd last row it works on one more, in the room between arrays.
  (func $logLoss (export "logLoss")
    (param $scores i32) (param $end i32) (param $targets i32) (param $weights i32)
    (param $gradients i32) (param $hessians i32)
    (local $x v128) (local $k v128) (local $p v128) (local $w v128) (local $bias v128)
    ${Object.keys(doubles)
      .map((name) => `(local $${name} v128)`)
      .join(' ')}
    ${Object.entries(doubles)
      .map(([name, value]) => `(local.set $${name} (f64x2.splat (f64.const ${value})))`)
      .join(' ')}
    (local.set $bias (i64x2.shl (i64x2.splat (i64.const 1023)) (i32.const 52)))
    ${forEach(
      'scores',
      16,
      `(local.set $x (f64x2.max ${get('least')} (f64x2.min ${get('most')}
        (f64x2.sub (f64x2.splat (f64.const 0)) (v128.load ${get('scores')})))))
      (local.set $k (f64x2.add (f64x2.mul ${get('x')} ${get('log2e')}) ${get('magic')}))
      (local.set $p (f64x2.sub ${get('k')} ${get('magic')}))
      (local.set $x (f64x2.sub (f64x2.sub ${get('x')} (f64x2.mul ${get('p')} ${get('ln2High')}))
        (f64x2.mul ${get('p')} ${get('ln2Low')})))
      (local.set $p (f64x2.div ${get('c1')} (f64x2.add ${get('c1')} (f64x2.mul ${series(get('x'))}
        (i64x2.add (i64x2.shl ${get('k')} (i32.const 52)) ${get('bias')})))))
      (local.set $w (v128.load ${get('weights')}))
      (v128.store ${get('gradients')}
        (f64x2.mul ${get('w')} (f64x2.sub ${get('p')} (v128.load ${get('targets')}))))
      (v128.store ${get('hessians')}
        (f64x2.mul ${get('w')} (f64x2.mul ${get('p')} (f64x2.sub ${get('c1')} ${get('p')}))))
      ${advance('targets', 16)} ${advance('weights', 16)} ${advance('gradients', 16)} ${advance('hessians', 16)}`,
    )})

  (func $pack (export "pack")
    (param $gradients i32) (param $end i32) (param $hessians i32) (param $pairs i32)
    (param $gradientScale f64) (param $hessianScale f64) (param $countBits i32)
    (local $bits i64)
    (local.set $bits (i64.extend_i32_u ${get('countBits')}))
    ${forEach(
      'gradients',
      8,
      `(i64.store ${get('pairs')}
        (i64.trunc_sat_f64_s (f64.nearest (f64.mul (f64.load ${get('gradients')}) ${get('gradientScale')}))))
      (i64.store offset=8 ${get('pairs')} (i64.or (i64.const 1) (i64.shl
        (i64.trunc_sat_f64_s (f64.nearest (f64.mul (f64.load ${get('hessians')}) ${get('hessianScale')})))
        ${get('bits')})))
      ${advance('hessians', 8)} ${advance('pairs', 16)}`,
    )})

  (func $clear (export "clear") (param $from i32) (param $bytes i32)
    (memory.fill ${get('from')} (i32.const 0) ${get('bytes')})))`;
