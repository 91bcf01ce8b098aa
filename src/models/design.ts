/** A Matrix as linear learners need it: rows of what is not zero, categories expanded to indicator columns. */
import { type Matrix, type Shape, shapeOf } from '../table/matrix.js';

/**
 * Compressed sparse rows. Row i holds the entries `starts[i]` to `starts[i + 1]` of `indices` (ascending within a
 * row) and `values`. The last column, `width - 1`, is the intercept: 1 in every row.
 */
export interface Design {
  readonly rowCount: number;
  readonly width: number;
  readonly starts: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float64Array;
}

/** The design column at which each matrix column begins, and at the end the number of all without the intercept. */
export function designOffsets(shape: Shape): Int32Array {
  const offsets = new Int32Array(shape.length + 1);
  shape.forEach((column, j) => {
    offsets[j + 1] = offsets[j]! + (column.kind === 'number' ? 1 : column.levels);
  });
  return offsets;
}

/** Numbers as they are; category code c as a 1 in its c-th column, -1 as nothing; then the intercept. */
export function designOf(matrix: Matrix): Design {
  const { rowCount, columns } = matrix;
  const offsets = designOffsets(shapeOf(matrix));
  const width = offsets[columns.length]! + 1;
  const starts = new Int32Array(rowCount + 1);
  for (const column of columns) {
    if (column.kind === 'number') {
      for (let i = 0; i < rowCount; i++) if (column.values[i] !== 0) starts[i + 1]!++;
    } else {
      for (let i = 0; i < rowCount; i++) if (column.codes[i]! >= 0) starts[i + 1]!++;
    }
  }
  for (let i = 0; i < rowCount; i++) starts[i + 1]! += starts[i]! + 1;

  const indices = new Int32Array(starts[rowCount]!);
  const values = new Float64Array(starts[rowCount]!);
  const next = starts.slice(0, rowCount);
  columns.forEach((column, j) => {
    const offset = offsets[j]!;
    if (column.kind === 'number') {
      for (let i = 0; i < rowCount; i++) {
        const value = column.values[i]!;
        if (value === 0) continue;
        const at = next[i]!++;
        indices[at] = offset;
        values[at] = value;
      }
    } else {
      for (let i = 0; i < rowCount; i++) {
        const code = column.codes[i]!;
        if (code < 0) continue;
        const at = next[i]!++;
        indices[at] = offset + code;
        values[at] = 1;
      }
    }
  });
  for (let i = 0; i < rowCount; i++) {
    indices[next[i]!] = width - 1;
    values[next[i]!] = 1;
  }
  return { rowCount, width, starts, indices, values };
}

/** Design × vector: one value a row. */
export function times(design: Design, vector: Float64Array): Float64Array {
  const { rowCount, starts, indices, values } = design;
  const out = new Float64Array(rowCount);
  for (let i = 0; i < rowCount; i++) {
    let sum = 0;
    const end = starts[i + 1]!;
    for (let at = starts[i]!; at < end; at++) sum += values[at]! * vector[indices[at]!]!;
    out[i] = sum;
  }
  return out;
}

/** Designᵀ × one value a row: one value a column. */
export function transposedTimes(design: Design, rows: Float64Array): Float64Array {
  const { rowCount, width, starts, indices, values } = design;
  const out = new Float64Array(width);
  for (let i = 0; i < rowCount; i++) {
    const row = rows[i]!;
    const end = starts[i + 1]!;
    for (let at = starts[i]!; at < end; at++) out[indices[at]!]! += values[at]! * row;
  }
  return out;
}

/** Designᵀ × diagonal × design, the lower triangle of a row-major width × width array. */
export function weightedGram(design: Design, diagonal: Float64Array): Float64Array {
  const { rowCount, width, starts, indices, values } = design;
  const out = new Float64Array(width * width);
  for (let i = 0; i < rowCount; i++) {
    const weight = diagonal[i]!;
    if (weight === 0) continue;
    const start = starts[i]!;
    const end = starts[i + 1]!;
    for (let a = start; a < end; a++) {
      const row = indices[a]! * width;
      const factor = weight * values[a]!;
      for (let b = start; b <= a; b++) out[row + indices[b]!]! += factor * values[b]!;
    }
  }
  return out;
}
