/** Exact nearest neighbours within one matrix, by Euclidean distance and a fixed distance between categories. */
import { Problem } from '../problem.js';
import type { Matrix } from '../table/matrix.js';
import { type Embedding, embed } from './embedding.js';

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

/** Finds the neighbours of one row after the other, reusing its memory. */
class Search {
  readonly #points: Points;
  readonly #embedding: Embedding;
  readonly #count: number;
  readonly #squaredMismatch: number;
  readonly #distances: Float64Array;
  readonly #rows: Uint32Array;

  constructor(points: Points, options: { embedding: Embedding; count: number; squaredMismatch: number }) {
    this.#points = points;
    this.#embedding = options.embedding;
    this.#count = options.count;
    this.#squaredMismatch = options.squaredMismatch;
    this.#distances = new Float64Array(options.count);
    this.#rows = new Uint32Array(options.count);
  }

  /** Writes the neighbours of the row at this place of the embedding's order. */
  run(place: number, out: Uint32Array): void {
    const { order, coordinates, width, slack } = this.#embedding;
    const count = this.#count;
    const distances = this.#distances.fill(Infinity);
    const rows = this.#rows.fill(0xffffffff);
    const row = order[place]!;
    const own = place * width;
    const first = coordinates[own]!;
    let below = place - 1;
    let above = place + 1;
    // What may be left out: a lower bound, less its rounding, above the worst distance found so far.
    let limit = Infinity;
    for (;;) {
      const gapBelow = below >= 0 ? first - coordinates[below * width]! : Infinity;
      const gapAbove = above < order.length ? coordinates[above * width]! - first : Infinity;
      const gap = gapBelow < gapAbove ? gapBelow : gapAbove;
      if (gap === Infinity || gap * gap > limit) break;
      const candidate = gapBelow < gapAbove ? below-- : above++;
      const other = candidate * width;
      let bound = 0;
      // Four at a time: a test after each costs more than it saves.
      for (let k = 0; k < width && bound <= limit; k += 4) {
        const d0 = coordinates[own + k]! - coordinates[other + k]!;
        const d1 = coordinates[own + k + 1]! - coordinates[other + k + 1]!;
        const d2 = coordinates[own + k + 2]! - coordinates[other + k + 2]!;
        const d3 = coordinates[own + k + 3]! - coordinates[other + k + 3]!;
        bound += d0 * d0 + d1 * d1 + (d2 * d2 + d3 * d3);
      }
      if (bound > limit) continue;
      const index = order[candidate]!;
      const distance = this.#distance(row, index, distances[count - 1]!);
      let at = count - 1;
      if (distance > distances[at]! || (distance === distances[at]! && index > rows[at]!)) continue;
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
      limit = distances[count - 1]! * (1 + 1e-5) + slack;
    }
    out.set(rows, row * count);
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
