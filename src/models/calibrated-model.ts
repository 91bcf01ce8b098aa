/** A model whose probabilities go through a calibration curve. */
import type { Json } from '../json.js';
import type { Matrix, Shape } from '../table/matrix.js';
import { print } from '../table/print.js';
import { describe } from './describe.js';
import { type Isotonic, isotonicAt } from './isotonic.js';
import { finiteLogOddsOf, probabilityOf } from './log-odds.js';
import { logOddsContributions } from './log-odds-contributions.js';
import type { Contributions, Model } from './models.js';
import type { Platt } from './platt.js';
import type { ModelReader } from './reader.js';

/** A rising function from probabilities, or for Platt's method from their log-odds, to probabilities. */
export type Calibration =
  | ({ readonly method: 'isotonic' } & Isotonic)
  | ({ readonly method: 'platt' } & Platt);

/**
 * `inner` with its probabilities put through `calibration`. Explains itself where Platt's curve leaves the margin
 * linear and `inner` explains itself.
 */
export function calibratedModel(inner: Model, calibration: Calibration): Model {
  return new CalibratedModel(inner, calibration);
}

class CalibratedModel implements Model {
  readonly kind = 'calibrated';
  readonly shape: Shape;
  readonly contributions?: (matrix: Matrix) => Contributions;
  readonly #inner: Model;
  readonly #calibration: Calibration;

  constructor(inner: Model, calibration: Calibration) {
    this.shape = inner.shape;
    this.#inner = inner;
    this.#calibration = calibration;
    const contributions = logOddsContributions(inner);
    if (calibration.method === 'platt' && contributions) {
      const { slope, intercept } = calibration;
      this.contributions = (matrix) => {
        const { base, columnCount, values } = contributions(matrix);
        return { base: slope * base + intercept, columnCount, values: values.map((value) => slope * value) };
      };
    }
  }

  predict(matrix: Matrix): Float64Array {
    const out = this.#inner.predict(matrix);
    const calibration = this.#calibration;
    for (let i = 0; i < out.length; i++) {
      out[i] =
        calibration.method === 'isotonic'
          ? isotonicAt(calibration, out[i]!)
          : probabilityOf(calibration.slope * finiteLogOddsOf(out[i]!) + calibration.intercept);
    }
    return out;
  }

  toJSON(): Json {
    const inner = this.#inner.toJSON();
    const { kind } = this;
    const calibration = this.#calibration;
    if (calibration.method === 'platt') return { kind, ...calibration, inner };
    return { kind, method: 'isotonic', x: [...calibration.x], y: [...calibration.y], inner };
  }

  [print](): string {
    const calibration = this.#calibration;
    const curve =
      calibration.method === 'isotonic'
        ? `an isotonic curve of ${calibration.x.length} points`
        : `Platt's curve (slope ${calibration.slope.toPrecision(4)}, intercept ${calibration.intercept.toPrecision(4)})`;
    return `${describe(this.#inner)}; calibrated by ${curve}`;
  }
}

export const calibratedModelReader: ModelReader = {
  kind: 'calibrated',
  read(json, readModel) {
    const inner = readModel(json.field('inner'));
    if (json.field('method').oneOf(['isotonic', 'platt']) === 'platt') {
      const slope = json.field('slope').number();
      return calibratedModel(inner, {
        method: 'platt',
        slope,
        intercept: json.field('intercept').number(),
      });
    }
    const x = json.field('x').numbers({ min: 0, max: 1 });
    const y = json.field('y').numbers({ length: x.length, min: 0, max: 1 });
    const rises = x.every((value, i) => i === 0 || (value > x[i - 1]! && y[i]! >= y[i - 1]!));
    if (x.length === 0 || !rises) json.field('x').fail('at least one point, both coordinates rising');
    return calibratedModel(inner, { method: 'isotonic', x, y });
  },
};
