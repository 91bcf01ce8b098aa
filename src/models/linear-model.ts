/** A fitted linear model: log-odds or a number, as an intercept plus a coefficient for each number and each category level. */
import type { Json } from '../json.js';
import { type Matrix, type Shape, shapeOf } from '../table/matrix.js';
import { print } from '../table/print.js';
import { checkPredict } from './check-fit.js';
import { designOffsets } from './design.js';
import { probabilityOf } from './log-odds.js';
import type { Contributions, Model } from './models.js';
import type { ModelReader } from './reader.js';
import { shapeFromJson, shapeToJson } from './shape-json.js';

const bears = { missing: false };

/** What the sum is: the log-odds of yes, or the number itself. */
export type LinearKind = 'logistic' | 'ridge';

/** What a linear model knows. */
interface Linear {
  readonly kind: LinearKind;
  readonly shape: Shape;
  /** The answer to a row of zeros and missing categories; for 'logistic' its log-odds. */
  readonly intercept: number;
  /** One for each number column, `levels` for each category column, in the order of the matrix. */
  readonly coefficients: Float64Array;
  /** For each matrix column, the mean of coefficient × value over the training rows: where its contribution is 0. */
  readonly centres: Float64Array;
}

/**
 * The model of a linear sum. A column's contribution is what it adds beyond its mean over the training rows, so that the
 * base is the mean sum of the training rows; exact.
 */
class LinearModel implements Model {
  readonly kind: LinearKind;
  readonly shape: Shape;
  readonly intercept: number;
  readonly coefficients: Float64Array;
  readonly #centres: Float64Array;
  readonly #offsets: Int32Array;

  constructor({ kind, shape, intercept, coefficients, centres }: Linear) {
    this.kind = kind;
    this.shape = shape;
    this.intercept = intercept;
    this.coefficients = coefficients;
    this.#centres = centres;
    this.#offsets = designOffsets(shape);
  }

  predict(matrix: Matrix): Float64Array {
    checkPredict(matrix, this.shape, bears);
    const sums = new Float64Array(matrix.rowCount).fill(this.intercept);
    this.#addTo(sums, matrix, { stride: 1, step: 0 });
    if (this.kind === 'ridge') return sums;
    for (let i = 0; i < sums.length; i++) sums[i] = probabilityOf(sums[i]!);
    return sums;
  }

  contributions(matrix: Matrix): Contributions {
    checkPredict(matrix, this.shape, bears);
    const columnCount = this.shape.length;
    const values = new Float64Array(matrix.rowCount * columnCount);
    for (let at = 0; at < values.length; at++) values[at] = -this.#centres[at % columnCount]!;
    this.#addTo(values, matrix, { stride: columnCount, step: 1 });
    const base = this.#centres.reduce((sum, centre) => sum + centre, this.intercept);
    return { ...(this.kind === 'ridge' && { unit: 'target' as const }), base, columnCount, values };
  }

  toJSON(): Json {
    return {
      kind: this.kind,
      shape: shapeToJson(this.shape),
      intercept: this.intercept,
      coefficients: [...this.coefficients],
      centres: [...this.#centres],
    };
  }

  [print](): string {
    const largest = this.coefficients.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const { length } = this.coefficients;
    return (
      `${this.kind}, fitted: ${length} ${length === 1 ? 'coefficient' : 'coefficients'} ` +
      `(largest ${largest.toPrecision(4)}), intercept ${this.intercept.toPrecision(4)}`
    );
  }

  /** Adds coefficient × value of column j and row i to `out[i * stride + j * step]`. */
  #addTo(out: Float64Array, matrix: Matrix, { stride, step }: { stride: number; step: number }): void {
    matrix.columns.forEach((column, j) => {
      const offset = this.#offsets[j]!;
      if (column.kind === 'number') {
        const coefficient = this.coefficients[offset]!;
        for (let i = 0; i < matrix.rowCount; i++) {
          out[i * stride + j * step]! += coefficient * column.values[i]!;
        }
      } else {
        for (let i = 0; i < matrix.rowCount; i++) {
          const code = column.codes[i]!;
          if (code >= 0) out[i * stride + j * step]! += this.coefficients[offset + code]!;
        }
      }
    });
  }
}

/** Coefficients and an intercept as a model, with the centres of its contributions over these training rows. */
export function linearModelOf(
  matrix: Matrix,
  solution: Float64Array,
  { kind, weights }: { kind: LinearKind; weights: Float64Array },
): Model {
  const shape = shapeOf(matrix);
  const offsets = designOffsets(shape);
  const coefficients = solution.slice(0, -1);
  const totalWeight = weights.reduce((sum, weight) => sum + weight, 0);
  const centres = Float64Array.from(matrix.columns, (column, j) => {
    let sum = 0;
    for (let i = 0; i < matrix.rowCount; i++) {
      if (column.kind === 'number') sum += weights[i]! * column.values[i]! * coefficients[offsets[j]!]!;
      else if (column.codes[i]! >= 0) sum += weights[i]! * coefficients[offsets[j]! + column.codes[i]!]!;
    }
    return sum / totalWeight;
  });
  return new LinearModel({
    kind,
    shape,
    intercept: solution[solution.length - 1]!,
    coefficients,
    centres,
  });
}

/** Reads the fitted models of `logistic`. */
export const logisticModelReader: ModelReader = readerOf('logistic');

/** Reads the fitted models of `ridge`. */
export const ridgeModelReader: ModelReader = readerOf('ridge');

function readerOf(kind: LinearKind): ModelReader {
  return {
    kind,
    read(json) {
      const shape = shapeFromJson(json.field('shape'));
      return new LinearModel({
        kind,
        shape,
        intercept: json.field('intercept').number(),
        coefficients: json.field('coefficients').numbers({ length: designOffsets(shape)[shape.length]! }),
        centres: json.field('centres').numbers({ length: shape.length }),
      });
    },
  };
}
