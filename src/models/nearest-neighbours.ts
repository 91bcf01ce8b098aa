/** Exact nearest neighbours within one matrix, by Euclidean distance and a fixed distance between categories. */
import { Problem } from '../problem.js';
import type { Matrix } from '../table/matrix.js';
import { type Embedding, embed } from './embedding.js';
import { type FindNear, nearKernel } from './near-kernel.js';

/** What `nearestNeighbours` takes. */
export interface NeighbourOptions {
  /** How many for each row. */
  count: number;
  /** The distance that two different categories (or a missing one and another) add, its square to the square. By default 1. */
  mismatch?: number;
}

/**
 * The `count` nearest other rows of each row, nearest first, equal distances by row index: a row-major
 * rowCount × count array. Exact: a projection that never lengthens a distance leaves out most pairs, and the true
 * distance decides among the rest. No number may be missing. Throws `models-too-few-neighbours`.
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
  const points = pack(matrix);
  const embedding = embed(matrix, mismatch);
  const out = new Uint32Array(rowCount * count);
  const search = new Search(points, { embedding, count, squaredMismatch: mismatch * mismatch });
  for (let place = 0; place < rowCount; place++) search.run(place, out);
  return out;
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

/** So many places at a time, the nearest stretches first: what is found there leaves less to find further away. */
const stretch = 512;
/** Places on either side that are looked at before anything is left out. */
const closest = 8;

/** Finds the neighbours of one row after the other, reusing its memory. */
class Search {
  readonly #points: Points;
  readonly #embedding: Embedding;
  readonly #count: number;
  readonly #squaredMismatch: number;
  readonly #distances: Float64Array;
  readonly #rows: Uint32Array;
  readonly #findNear: FindNear;
  /** Bytes from one coordinate of all places to the next, and where the kernel writes what may be near. */
  readonly #stride: number;
  readonly #candidates: number;
  readonly #ints: Int32Array;
  /** How much longer a length may be than in 32-bit numbers. */
  readonly #rounding: number;
  /** What may be left out: a lower bound of a squared distance, less its rounding, above the worst found so far. */
  #limit = Infinity;

  constructor(points: Points, options: { embedding: Embedding; count: number; squaredMismatch: number }) {
    const { order, coordinates, width } = options.embedding;
    this.#points = points;
    this.#embedding = options.embedding;
    this.#count = options.count;
    this.#squaredMismatch = options.squaredMismatch;
    this.#distances = new Float64Array(options.count);
    this.#rows = new Uint32Array(options.count);
    const places = 4 * Math.ceil(order.length / 4);
    this.#stride = places * 4;
    this.#candidates = this.#stride * width;
    const { findNear, buffer } = nearKernel(this.#candidates + stretch * 8);
    this.#findNear = findNear;
    this.#ints = new Int32Array(buffer);
    // Coordinate after coordinate; the places that fill up the last four are nowhere near.
    const floats = new Float32Array(buffer, 0, places * width).fill(Infinity);
    let largest = 0;
    for (let place = 0; place < order.length; place++) {
      for (let k = 0; k < width; k++) {
        const value = coordinates[place * width + k]!;
        floats[k * places + place] = value;
        largest = Math.max(largest, Math.abs(value));
      }
    }
    // Each coordinate is off by 2^-24 of its size, a difference of two by twice that: four times as much is allowed for.
    this.#rounding = 8 * 2 ** -24 * largest * Math.sqrt(width);
  }

  /** Writes the neighbours of the row at this place of the embedding's order. */
  run(place: number, out: Uint32Array): void {
    const { order, coordinates, width } = this.#embedding;
    const places = order.length;
    this.#distances.fill(Infinity);
    this.#rows.fill(0xffffffff);
    this.#limit = Infinity;
    const from = Math.max(0, Math.min(place - closest, places - 2 * closest - 1)) & ~3;
    const to = Math.min(places, from + Math.max(this.#count + 4, 2 * closest + 4));
    for (let other = from; other < to; other++) if (other !== place) this.#consider(place, other);
    // Stretches below and above, as long as their first coordinates leave room.
    const first = coordinates[place * width]!;
    let below = from;
    let above = to & ~3;
    for (;;) {
      const gapBelow = below > 0 ? first - coordinates[(below - 1) * width]! : Infinity;
      const gapAbove = above < places ? coordinates[above * width]! - first : Infinity;
      const gap = Math.max(0, Math.min(gapBelow, gapAbove));
      if (gap === Infinity || gap * gap > this.#limit) break;
      if (gapBelow < gapAbove) {
        const next = Math.max(0, below - stretch);
        this.#scan(place, next, below);
        below = next;
      } else {
        const next = Math.min(places, above + stretch);
        this.#scan(place, Math.max(above, to), next, above);
        above = next;
      }
    }
    out.set(this.#rows, order[place]! * this.#count);
  }

  /** Considers the places of a stretch that may be near; it begins at a multiple of four, and counts from `from`. */
  #scan(place: number, from: number, to: number, start = from): void {
    // Infinity is an honest limit in 32 bits too.
    const limit = (Math.sqrt(this.#limit) + this.#rounding) ** 2 * (1 + 1e-5);
    const end = this.#findNear(
      start * 4,
      to * 4,
      place * 4,
      this.#stride,
      this.#embedding.width,
      limit,
      this.#candidates,
    );
    for (let at = this.#candidates / 4; at < end / 4; at += 2) {
      const four = this.#ints[at]! / 4;
      const mask = this.#ints[at + 1]!;
      for (let lane = 0; lane < 4; lane++) {
        const other = four + lane;
        if ((mask >> lane) & 1 && other >= from && other < to && other !== place)
          this.#consider(place, other);
      }
    }
  }

  /** Puts a row in its place among the nearest so far, where it belongs to them. */
  #consider(place: number, other: number): void {
    const { order, slack } = this.#embedding;
    const distances = this.#distances;
    const rows = this.#rows;
    const index = order[other]!;
    let at = this.#count - 1;
    const distance = this.#distance(order[place]!, index, distances[at]!);
    if (distance > distances[at]! || (distance === distances[at]! && index > rows[at]!)) return;
    while (
      at > 0 &&
      (distance < distances[at - 1]! || (distance === distances[at - 1]! && index < rows[at - 1]!))
    ) {
      distances[at] = distances[at - 1]!;
      rows[at] = rows[at - 1]!;
      at--;
    }
    distances[at] = distance;
    rows[at] = index;
    this.#limit = distances[this.#count - 1]! * (1 + 1e-5) + slack;
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
    return sum;
  }
}
