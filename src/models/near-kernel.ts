/** The inner loop of the search for neighbours in WebAssembly text: which points of a stretch may be near enough. */
import { instanceOf } from '../wasm/instance.js';
import { sharedMemory } from '../wasm/shared-memory.js';
import { advance, get, locals, set } from '../wasm/wasm-text.js';

/** Points as the kernel sees them. */
export interface NearPoints {
  readonly points: number;
  /** Times 64 bits of a point, at least one. */
  readonly words: number;
  /** Numbers of 32 bits of a point, a multiple of four, at least four. */
  readonly width: number;
  /** What a bit that differs adds to a squared distance. */
  readonly perBit: number;
}

/** The memory of a search, to be filled by the caller, and its loop. */
export interface NearKernel {
  /** Halves of words: half h of word w of a point stands at 2 * (w * stride + point) + h. */
  readonly bits: Uint32Array;
  /** Number k of a point stands at k * stride + point. */
  readonly numbers: Float32Array;
  readonly stride: number;
  /** Of each point: the squared distance up to which another one is of interest to it. */
  readonly limits: Float32Array;
  /** What the loop finds: for every four points with one among them, the first of the four × 4, and a mask. */
  readonly found: Int32Array;
  /**
   * Looks at the points `from` to `to`, four at a time, the last four maybe beyond `to`, and finds those near enough to
   * `own` for the one or the other. Returns how many entries of `found` it wrote.
   */
  findNear(own: number, from: number, to: number): number;
}

/** Points are given as byte addresses of their first numbers, which stand at 0; returns the end of what was found. */
type FindNear = (
  own: number,
  at: number,
  end: number,
  stride: number,
  width: number,
  bits: number,
  words: number,
  perBit: number,
  limits: number,
  out: number,
) => number;

const lanes = [0, 1, 2, 3];
const tooFar = `(br_if $far (i32.eqz (v128.any_true (f32x4.le ${get('sum')} ${get('near')}))))`;
const plus = (a: string, b: string): string => `(i32.add ${a} ${b})`;
const twice = (name: string): string => `(i32.shl ${get(name)} (i32.const 1))`;

/** How many bits of a lane's word differ from the own one. */
const differing = (lane: number, own: string, address: string): string =>
  `(i32.wrap_i64 (i64.popcnt (i64.xor ${own} (i64.load offset=${8 * lane} ${get(address)}))))`;

const counts = lanes
  .slice(1)
  .reduce(
    (vector, lane) => `(i32x4.replace_lane ${lane} ${vector} ${get(`count${lane}`)})`,
    `(i32x4.splat ${get('count0')})`,
  );

const coordinate = `
  ${set('gap', `(f32x4.sub (v128.load ${get('theirs')}) (v128.load32_splat ${get('mine')}))`)}
  ${set('sum', `(f32x4.add ${get('sum')} (f32x4.mul ${get('gap')} ${get('gap')}))`)}
  ${['theirs', 'mine'].map((name) => set(name, plus(get(name), get('stride')))).join(' ')}`;

const text = `
(module
  (import "shared" "memory" (memory 1 65536 shared))
  (func $findNear (export "findNear") (param $own i32) (param $at i32) (param $end i32) (param $stride i32)
    (param $width i32) (param $bits i32) (param $words i32) (param $perBit f64) (param $limits i32) (param $out i32)
    (result i32)
    ${locals('i32', 'left', 'mine', 'theirs', 'word', ...lanes.map((lane) => `count${lane}`))} (local $first i64)
    ${locals('v128', 'sum', 'gap', 'near', 'ownLimit', 'weights')}
    ${set('ownLimit', `(v128.load32_splat ${plus(get('limits'), get('own'))})`)}
    ${set('weights', `(f32x4.splat (f32.demote_f64 ${get('perBit')}))`)}
    ${set('first', `(i64.load ${plus(get('bits'), twice('own'))})`)}
    ${set('word', plus(get('bits'), twice('at')))}
    (block $done
      (br_if $done (i32.ge_u ${get('at')} ${get('end')}))
      (loop $next
        (block $far
          ;; The bits rule out most points, and nearly always they are one word.
          ${lanes.map((lane) => set(`count${lane}`, differing(lane, get('first'), 'word'))).join('\n')}
          (if (i32.ne ${get('words')} (i32.const 1))
            (then
              ${set('theirs', get('word'))}
              ${set('mine', plus(get('bits'), twice('own')))}
              ${set('left', `(i32.sub ${get('words')} (i32.const 1))`)}
              (loop $more
                ${['theirs', 'mine'].map((name) => set(name, plus(get(name), twice('stride')))).join(' ')}
                ${lanes.map((lane) => set(`count${lane}`, plus(get(`count${lane}`), differing(lane, `(i64.load ${get('mine')})`, 'theirs')))).join('\n')}
                ${advance('left', -1)}
                (br_if $more ${get('left')}))))
          ${set('near', `(f32x4.pmax ${get('ownLimit')} (v128.load ${plus(get('limits'), get('at'))}))`)}
          ${set('sum', `(f32x4.mul ${get('weights')} (f32x4.convert_i32x4_s ${counts}))`)}
          ${tooFar}
          ${set('theirs', get('at'))}
          ${set('mine', get('own'))}
          ${set('left', get('width'))}
          ;; Four coordinates at a time: a test after each costs more than it saves.
          (loop $more
            ${coordinate.repeat(4)}
            ${tooFar}
            ${advance('left', -4)}
            (br_if $more ${get('left')}))
          (i32.store ${get('out')} ${get('at')})
          (i32.store offset=4 ${get('out')} (i32x4.bitmask (f32x4.le ${get('sum')} ${get('near')})))
          ${advance('out', 8)})
        ${advance('word', 32)}
        ${advance('at', 16)}
        (br_if $next (i32.lt_u ${get('at')} ${get('end')}))))
    ${get('out')}))`;

/** A memory for these points, with room for what is found among `most` at once, and the loop on it. */
export function nearKernel({ points, words, width, perBit }: NearPoints, most: number): NearKernel {
  // Four more, for the last four that are looked at may go beyond the points.
  const stride = 4 * Math.ceil(points / 4) + 4;
  const bits = 4 * stride * width;
  const limits = bits + 8 * stride * words;
  const out = limits + 4 * stride;
  const foundCount = 2 * Math.ceil(most / 4);
  const memory = sharedMemory(out + 4 * foundCount);
  const { findNear } = instanceOf<{ findNear: FindNear }>(text, memory);
  return {
    bits: new Uint32Array(memory.buffer, bits, 2 * stride * words),
    numbers: new Float32Array(memory.buffer, 0, stride * width),
    stride,
    limits: new Float32Array(memory.buffer, limits, points),
    found: new Int32Array(memory.buffer, out, foundCount),
    findNear: (own, from, to) =>
      (findNear(4 * own, 4 * from, 4 * to, 4 * stride, width, bits, words, perBit, limits, out) - out) / 4,
  };
}
