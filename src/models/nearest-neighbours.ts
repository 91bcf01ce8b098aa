/** Exact nearest neighbours within one matrix, by Euclidean distance and a fixed distance between categories. */
import { Problem } from '../problem.js';
import type { Matrix } from '../table/matrix.js';
import { type NearKernel, nearKernel } from './near-kernel.js';
import { type NeighbourSpace, neighbourSpace } from './neighbour-space.js';

/** What `nearestNeighbours` takes. */
export interface NeighbourOptions {
  /** How many for each row. */
  count: number;
  /** The distance that two different categories (or a missing one and another) add, its square to the square. By default 1. */
  mismatch?: number;
}

/**
 * The `count` nearest other rows of each row, nearest first, equal distances by row index: a row-major
 * rowCount × count array. Exact: distances in 32-bit numbers, allowing for their rounding, leave out most pairs, and
 * the true distance decides among the rest, summed over the numbers first, then over categories or columns of two
 * values. No number may be missing. Throws `models-too-few-neighbours`.
 */
export function nearestNeighbours(matrix: Matrix, { count, mismatch = 1 }: NeighbourOptions): Uint32Array {
  const { rowCount } = matrix;
  if (count < 1 || rowCount <= count) {
    throw new Problem({
      code: 'models-too-few-neighbours',
      what: `${rowCount} rows do not have ${count} neighbours each`,
      expected: `at least ${count + 1} rows`,
      remedy: 'ask for fewer neighbours',
    });
  }
  const space = neighbourSpace(matrix, mismatch);
  const rest = { rowCount, columns: matrix.columns.filter((_, j) => !space.twoValued[j]) };
  return new Search(pack(rest), { space, count, squaredMismatch: mismatch * mismatch }).run();
}

/** Rows one after the other, since a distance needs all of one row. */
interface Points {
  numbers: Float64Array;
  numberCount: number;
  codes: Int32Array;
  codeCount: number;
}

function pack({ rowCount, columns }: Matrix): Points {
  const numberColumns = columns.flatMap((column) => (column.kind === 'number' ? [column.values] : []));
  const codeColumns = columns.flatMap((column) => (column.kind === 'category' ? [column.codes] : []));
  const numbers = new Float64Array(rowCount * numberColumns.length);
  const codes = new Int32Array(rowCount * codeColumns.length);
  numberColumns.forEach((values, j) => {
    for (let i = 0; i < rowCount; i++) numbers[i * numberColumns.length + j] = values[i]!;
  });
  codeColumns.forEach((values, j) => {
    for (let i = 0; i < rowCount; i++) codes[i * codeColumns.length + j] = values[i]!;
  });
  return { numbers, numberCount: numberColumns.length, codes, codeCount: codeColumns.length };
}

/** So many places at a time: what is found there leaves less to find further away. */
const stretch = 1024;
/** Rows on either side, of those that are like it, that each row is compared with before anything is left out. */
const closest = 8;

/** Finds the neighbours of all rows: every pair is looked at once, for both of its rows. */
class Search {
  readonly #points: Points;
  readonly #space: NeighbourSpace;
  readonly #count: number;
  readonly #squaredMismatch: number;
  /** By row, `count` each, nearest first: how far, and which rows. */
  readonly #distances: Float64Array;
  readonly #rows: Uint32Array;
  /** By row: the worst of its distances so far, as 32-bit numbers see it. */
  readonly #limits: Float64Array;
  /** How much longer a length may be in 32-bit numbers, and how many times its square. */
  readonly #rounding: number;
  readonly #factor: number;

  constructor(points: Points, options: { space: NeighbourSpace; count: number; squaredMismatch: number }) {
    const { order, numbers } = options.space;
    this.#points = points;
    this.#space = options.space;
    this.#count = options.count;
    this.#squaredMismatch = options.squaredMismatch;
    this.#distances = new Float64Array(order.length * options.count).fill(Infinity);
    this.#rows = new Uint32Array(order.length * options.count).fill(0xffffffff);
    this.#limits = new Float64Array(order.length).fill(Infinity);
    // A number is off by 2^-24 at the most, a difference of two by twice that: four times as much is allowed for.
    this.#rounding = 8 * 2 ** -24 * Math.sqrt(numbers.length);
    this.#factor = 1 + 1e-5 + numbers.length * 2 ** -23;
  }

  /** The neighbours of all rows, row-major. */
  run(): Uint32Array {
    const { order } = this.#space;
    for (let place = 0; place < order.length; place++) {
      const end = Math.min(order.length, place + closest + 1);
      for (let other = place + 1; other < end; other++) this.#consider(order[place]!, order[other]!);
    }
    this.#compareRest();
    return this.#rows;
  }

  /** Rows that are far from all others come first: then few pairs are held against their wide limits. */
  #compareRest(): void {
    const order = this.#space.order.slice().sort((a, b) => this.#limits[b]! - this.#limits[a]!);
    const { findNear, limits, found } = this.#load(order);
    for (let place = 0; place < order.length; place++) {
      const row = order[place]!;
      // What was found meanwhile lowers the limits of those to come.
      if (place % 256 === 0)
        for (let later = place; later < order.length; later++) limits[later] = this.#limits[order[later]!]!;
      for (let from = place + 1; from < order.length; from += stretch) {
        limits[place] = this.#limits[row]!;
        const to = Math.min(order.length, from + stretch);
        const end = findNear(place, from, to);
        for (let k = 0; k < end; k += 2) {
          const four = found[k]! / 4;
          const mask = found[k + 1]!;
          for (let lane = 0; lane < 4; lane++) {
            if ((mask >> lane) & 1 && four + lane < to) this.#consider(row, order[four + lane]!);
          }
        }
      }
    }
  }

  /** The kernel on the rows in this order. */
  #load(order: Uint32Array): NearKernel {
    const { bits, halves, numbers, perBit } = this.#space;
    const width = 4 * Math.max(1, Math.ceil(numbers.length / 4));
    const words = Math.max(1, halves / 2);
    const kernel = nearKernel({ points: order.length, words, width, perBit }, stretch);
    order.forEach((row, place) => {
      for (let k = 0; k < numbers.length; k++) kernel.numbers[k * kernel.stride + place] = numbers[k]![row]!;
      for (let h = 0; h < halves; h++)
        kernel.bits[2 * ((h >> 1) * kernel.stride + place) + (h & 1)] = bits[row * halves + h]!;
    });
    return kernel;
  }

  /** Puts each row of a pair in its place among the other's nearest so far, where it belongs to them. */
  #consider(a: number, b: number): void {
    const last = this.#count - 1;
    const worstOfA = this.#distances[a * this.#count + last]!;
    const worstOfB = this.#distances[b * this.#count + last]!;
    const distance = this.#distance(a, b, Math.max(worstOfA, worstOfB));
    if (distance <= worstOfA) this.#insert(a, b, distance);
    if (distance <= worstOfB) this.#insert(b, a, distance);
  }

  #insert(row: number, near: number, distance: number): void {
    const distances = this.#distances;
    const rows = this.#rows;
    const first = row * this.#count;
    const last = first + this.#count - 1;
    if (distance === distances[last]! && near > rows[last]!) return;
    for (let k = first; k <= last; k++) if (rows[k] === near) return;
    let at = last;
    while (
      at > first &&
      (distance < distances[at - 1]! || (distance === distances[at - 1]! && near < rows[at - 1]!))
    ) {
      distances[at] = distances[at - 1]!;
      rows[at] = rows[at - 1]!;
      at--;
    }
    distances[at] = distance;
    rows[at] = near;
    // Squares too small for a number are lost from true distances, never from those of the kernel.
    const length = this.#space.scale * Math.sqrt(distances[last]! + 2 ** -1060);
    this.#limits[row] = (length + this.#rounding) ** 2 * this.#factor;
  }

  /** The squared distance, or something above `enough` where it is above. */
  #distance(a: number, b: number, enough: number): number {
    const { numbers, numberCount, codes, codeCount } = this.#points;
    let sum = 0;
    let i = a * numberCount;
    let j = b * numberCount;
    for (const end = i + numberCount; i < end && sum <= enough; i++, j++) {
      const difference = numbers[i]! - numbers[j]!;
      sum += difference * difference;
    }
    i = a * codeCount;
    j = b * codeCount;
    for (const end = i + codeCount; i < end && sum <= enough; i++, j++) {
      if (codes[i] !== codes[j]) sum += this.#squaredMismatch;
    }
    const { gap, bits, halves } = this.#space;
    if (gap === 0) return sum;
    let differing = 0;
    for (let h = 0; h < halves; h++) differing += bitCount(bits[a * halves + h]! ^ bits[b * halves + h]!);
    // A gap too large to square must not make a number of no difference at all.
    return differing === 0 ? sum : sum + differing * (gap * gap);
  }
}

/** How many of 32 bits are set: first of each two, then of each four, then all. */
function bitCount(bits: number): number {
  const twos = bits - ((bits >>> 1) & 0x55555555);
  const fours = (twos & 0x33333333) + ((twos >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
