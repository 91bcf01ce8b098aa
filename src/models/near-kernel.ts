/** The memory of a search for neighbours, and its loop: which points of a stretch may be near enough. */
import { MemoryPlan } from '../wasm/memory-plan.js';
import { sharedMemory } from '../wasm/shared-memory.js';
import { bytesOf, viewOf } from '../wasm/structure.js';
import { nearLoop } from './kernel/near.js';
import { nearSpace } from './kernel/structures.js';

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

/** A memory for these points, with room for what is found among `most` at once, and the loop on it. */
export function nearKernel({ points, words, width, perBit }: NearPoints, most: number): NearKernel {
  // Four more, for the last four that are looked at may go beyond the points.
  const stride = 4 * Math.ceil(points / 4) + 4;
  const foundCount = 2 * Math.ceil(most / 4);
  const plan = new MemoryPlan();
  const space = plan.take(bytesOf(nearSpace));
  const place = {
    numbers: plan.take(4 * stride * width),
    bits: plan.take(8 * stride * words),
    limits: plan.take(4 * stride),
    found: plan.take(4 * foundCount),
  };
  const memory = sharedMemory(plan.end);
  Object.assign(viewOf(nearSpace, memory, space), { ...place, stride: 4 * stride, width, words, perBit });
  const { findNear } = nearLoop(memory);
  return {
    bits: new Uint32Array(memory.buffer, place.bits, 2 * stride * words),
    numbers: new Float32Array(memory.buffer, place.numbers, stride * width),
    stride,
    limits: new Float32Array(memory.buffer, place.limits, points),
    found: new Int32Array(memory.buffer, place.found, foundCount),
    findNear: (own, from, to) => 2 * findNear(space, 4 * own, 4 * from, 4 * to),
  };
}
