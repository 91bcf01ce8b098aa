/** Rows as a few coordinates whose distances are never longer than the true ones: to rule out pairs cheaply. */
import { seededRandom } from '../random.js';
import type { Matrix } from '../table/matrix.js';
import { type Design, designOf, times, transposedTimes } from './design.js';

/** Rows sorted along their first coordinate. */
export interface Embedding {
  /** The row that stands at each place. */
  readonly order: Uint32Array;
  /** Place by place, `width` coordinates each, a multiple of four. */
  readonly coordinates: Float64Array;
  readonly width: number;
  /** No squared distance here exceeds the true one × (1 + 1e-6) by more than this. */
  readonly slack: number;
}

const mostAxes = 15;
const rounds = 6;

/**
 * The first principal axes (found by orthogonal iteration; any orthonormal axes would be right, these rule out
 * most), and the length of what they leave over. Categories stand as indicators of length mismatch/√2, so that two
 * different ones are `mismatch` apart.
 */
export function embed(matrix: Matrix, mismatch: number): Embedding {
  const { rowCount } = matrix;
  const design = designOf(matrix);
  const scale = Float64Array.from([
    ...matrix.columns.flatMap((column) =>
      column.kind === 'number' ? [1] : Array(column.levels).fill(mismatch * Math.SQRT1_2),
    ),
    0,
  ]);
  const axes = principalAxes(design, scale);
  const means = transposedTimes(design, new Float64Array(rowCount).fill(1 / rowCount)).map(
    (mean, j) => mean * scale[j]!,
  );
  const meanSquare = dot(means, means);

  const projections = axes.map((axis) => times(design, product(axis, scale)));
  const meanProjections = axes.map((axis) => dot(axis, means));
  const towardsMean = times(design, product(means, scale));
  const lengths = squaredLengths(design, scale);
  let largest = meanSquare;
  const left = lengths.map((length, i) => {
    largest = Math.max(largest, length);
    let square = length - 2 * towardsMean[i]! + meanSquare;
    axes.forEach((_, k) => {
      square -= (projections[k]![i]! - meanProjections[k]!) ** 2;
    });
    return Math.sqrt(Math.max(0, square));
  });

  const parts = [...projections, left];
  const width = 4 * Math.ceil(parts.length / 4);
  const first = parts[0]!;
  const order = Uint32Array.from(first.keys()).sort((a, b) => first[a]! - first[b]! || a - b);
  const coordinates = new Float64Array(rowCount * width);
  parts.forEach((part, k) => {
    for (let place = 0; place < rowCount; place++) coordinates[place * width + k] = part[order[place]!]!;
  });
  // The length left over is a root of a difference: its error is about 1e-8 of the largest length.
  return { order, coordinates, width, slack: 1e-8 * largest };
}

function principalAxes(design: Design, scale: Float64Array): Float64Array[] {
  const random = seededRandom(1).fork('axes');
  let axes: Float64Array[] = Array.from({ length: Math.min(mostAxes, design.width - 1) }, () =>
    scale.map((s) => s * random.normal()),
  );
  for (let round = 0; round <= rounds; round++) {
    axes = orthonormal(axes);
    if (round === rounds) break;
    axes = axes.map((axis) => {
      const scores = times(design, product(axis, scale));
      const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
      return product(
        transposedTimes(
          design,
          scores.map((score) => score - mean),
        ),
        scale,
      );
    });
  }
  return axes;
}

/** By Gram and Schmidt, each step done twice against rounding; what depends on the ones before is dropped. */
function orthonormal(vectors: readonly Float64Array[]): Float64Array[] {
  const out: Float64Array[] = [];
  for (const vector of vectors) {
    const rest = vector.slice();
    const before = Math.sqrt(dot(rest, rest));
    for (let pass = 0; pass < 2; pass++) {
      for (const axis of out) {
        const share = dot(axis, rest);
        for (let j = 0; j < rest.length; j++) rest[j]! -= share * axis[j]!;
      }
    }
    const after = Math.sqrt(dot(rest, rest));
    if (after > 1e-8 * before) out.push(rest.map((value) => value / after));
  }
  return out;
}

function squaredLengths({ rowCount, starts, indices, values }: Design, scale: Float64Array): Float64Array {
  const out = new Float64Array(rowCount);
  for (let i = 0; i < rowCount; i++) {
    for (let at = starts[i]!; at < starts[i + 1]!; at++) out[i]! += (values[at]! * scale[indices[at]!]!) ** 2;
  }
  return out;
}

function product(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, j) => value * b[j]!);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!;
  return sum;
}
