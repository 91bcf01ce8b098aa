/** A fitted linear model: log-odds as an intercept plus a coefficient for each number and each category level. */
import type { Json } from '../json.js';
import type { Matrix, Shape } from '../table/matrix.js';
import { print } from '../table/print.js';
import { checkPredict } from './check-fit.js';
import { designOffsets } from './design.js';
import { probabilityOf } from './log-odds.js';
import type { Contributions, Model } from './models.js';
import type { ModelReader } from './reader.js';
import { shapeFromJson, shapeToJson } from './shape-json.js';

const bears = { missing: false };

/** What a linear model knows. */
export interface Linear {
  readonly shape: Shape;
  /** The log-odds of a row of zeros and missing categories. */
  readonly intercept: number;
  /** One for each number column, `levels` for each category column, in the order of the matrix. */
  readonly coefficients: Float64Array;
  /** For each matrix column, the mean of coefficient × value over the training rows: where its contribution is 0. */
  readonly centres: Float64Array;
}

/**
 * The model of a linear margin, under the kind "logistic". A column's contribution is what it adds beyond its mean over the training rows, so
 * that the base is the mean margin of the training rows; exact.
 */
export function linearModel(linear: Linear): Model {
  return new LinearModel(linear);
}

class LinearModel implements Model {
  readonly kind = 'logistic';
  readonly shape: Shape;
  readonly intercept: number;
  readonly coefficients: Float64Array;
  readonly #centres: Float64Array;
  readonly #offsets: Int32Array;

  constructor({ shape, intercept, coefficients, centres }: Linear) {
    this.shape = shape;
    this.intercept = intercept;
    this.coefficients = coefficients;
    this.#centres = centres;
    this.#offsets = designOffsets(shape);
  }

  predict(matrix: Matrix): Float64Array {
    checkPredict(matrix, this.shape, bears);
    const margins = new Float64Array(matrix.rowCount).fill(this.intercept);
    this.#addTo(margins, matrix, { stride: 1, step: 0 });
    for (let i = 0; i < margins.length; i++) margins[i] = probabilityOf(margins[i]!);
    return margins;
  }

  contributions(matrix: Matrix): Contributions {
    checkPredict(matrix, this.shape, bears);
    const columnCount = this.shape.length;
    const values = new Float64Array(matrix.rowCount * columnCount);
    for (let at = 0; at < values.length; at++) values[at] = -this.#centres[at % columnCount]!;
    this.#addTo(values, matrix, { stride: columnCount, step: 1 });
    const base = this.#centres.reduce((sum, centre) => sum + centre, this.intercept);
    return { base, columnCount, values };
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
      `logistic, fitted: ${length} ${length === 1 ? 'coefficient' : 'coefficients'} ` +
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

export const linearModelReader: ModelReader = {
  kind: 'logistic',
  read(json) {
    const shape = shapeFromJson(json.field('shape'));
    return linearModel({
      shape,
      intercept: json.field('intercept').number(),
      coefficients: json.field('coefficients').numbers({ length: designOffsets(shape)[shape.length]! }),
      centres: json.field('centres').numbers({ length: shape.length }),
    });
  },
};
