/** A fitted naive Bayes: a prior, and for each column how much a value speaks for 1. */
import type { Json, JsonReader } from '../json.js';
import type { Matrix, Shape } from '../table/matrix.js';
import { print } from '../table/print.js';
import { checkPredict } from './check-fit.js';
import { probabilityOf } from './log-odds.js';
import type { Contributions, Model } from './models.js';
import type { ModelReader } from './reader.js';
import { shapeFromJson, shapeToJson } from './shape-json.js';

const bears = { missing: true };

/** What one column says; pairs are for class 0 and class 1. */
export type ColumnEvidence =
  | { readonly kind: 'number'; readonly means: [number, number]; readonly variances: [number, number] }
  | { readonly kind: 'category'; readonly logRatios: Float64Array }
  | { readonly kind: 'nothing' };

/** What a fitted naive Bayes knows. */
export interface Evidence {
  readonly shape: Shape;
  /** The log-odds of 1 before any column is looked at. */
  readonly prior: number;
  readonly evidence: readonly ColumnEvidence[];
}

/** The model; a column's contribution is its log likelihood ratio, the base is the prior log-odds. Exact. */
export function naiveBayesModel(evidence: Evidence): Model {
  return new NaiveBayesModel(evidence);
}

class NaiveBayesModel implements Model {
  readonly kind = 'naiveBayes';
  readonly shape: Shape;
  readonly #prior: number;
  readonly #evidence: readonly ColumnEvidence[];

  constructor({ shape, prior, evidence }: Evidence) {
    this.shape = shape;
    this.#prior = prior;
    this.#evidence = evidence;
  }

  predict(matrix: Matrix): Float64Array {
    checkPredict(matrix, this.shape, bears);
    const margins = new Float64Array(matrix.rowCount).fill(this.#prior);
    this.#addTo(margins, matrix, { stride: 1, step: 0 });
    for (let i = 0; i < margins.length; i++) margins[i] = probabilityOf(margins[i]!);
    return margins;
  }

  contributions(matrix: Matrix): Contributions {
    checkPredict(matrix, this.shape, bears);
    const columnCount = this.shape.length;
    const values = new Float64Array(matrix.rowCount * columnCount);
    this.#addTo(values, matrix, { stride: columnCount, step: 1 });
    return { base: this.#prior, columnCount, values };
  }

  toJSON(): Json {
    return {
      kind: this.kind,
      shape: shapeToJson(this.shape),
      prior: this.#prior,
      columns: this.#evidence.map((column): Json => {
        if (column.kind === 'nothing') return null;
        if (column.kind === 'category') return { logRatios: [...column.logRatios] };
        return { means: column.means, variances: column.variances };
      }),
    };
  }

  [print](): string {
    const numbers = this.shape.filter((column) => column.kind === 'number').length;
    return `naive Bayes, fitted: ${numbers} Gaussian and ${this.shape.length - numbers} categorical columns`;
  }

  /** Adds what column j says of row i to `out[i * stride + j * step]`. */
  #addTo(out: Float64Array, matrix: Matrix, { stride, step }: { stride: number; step: number }): void {
    matrix.columns.forEach((column, j) => {
      const said = this.#evidence[j]!;
      if (said.kind === 'number' && column.kind === 'number') {
        const [mean0, mean1] = said.means;
        const [variance0, variance1] = said.variances;
        const constant = 0.5 * (Math.log(variance0) - Math.log(variance1));
        for (let i = 0; i < matrix.rowCount; i++) {
          const value = column.values[i]!;
          if (Number.isNaN(value)) continue;
          const from0 = (value - mean0) ** 2 / variance0;
          const from1 = (value - mean1) ** 2 / variance1;
          out[i * stride + j * step]! += constant + 0.5 * (from0 - from1);
        }
      } else if (said.kind === 'category' && column.kind === 'category') {
        for (let i = 0; i < matrix.rowCount; i++) {
          const code = column.codes[i]!;
          if (code >= 0) out[i * stride + j * step]! += said.logRatios[code]!;
        }
      }
    });
  }
}

export const naiveBayesModelReader: ModelReader = {
  kind: 'naiveBayes',
  read(json) {
    const shape = shapeFromJson(json.field('shape'));
    const columns = json.field('columns').items({ length: shape.length });
    const evidence = columns.map((column, j) => readColumn(column, shape[j]!));
    return naiveBayesModel({ shape, prior: json.field('prior').number(), evidence });
  },
};

function readColumn(json: JsonReader, shape: Shape[number]): ColumnEvidence {
  if (json.value === null) return { kind: 'nothing' };
  if (shape.kind === 'category')
    return { kind: 'category', logRatios: json.field('logRatios').numbers({ length: shape.levels }) };
  const [mean0, mean1] = json.field('means').numbers({ length: 2 });
  const [variance0, variance1] = json.field('variances').numbers({ length: 2, min: Number.MIN_VALUE });
  return { kind: 'number', means: [mean0!, mean1!], variances: [variance0!, variance1!] };
}
