/** A model of numbers with an interval around each. */
import type { Json } from '../json.js';
import type { Matrix, Shape } from '../table/matrix.js';
import { print } from '../table/print.js';
import { describe } from './describe.js';
import type { Contributions, Model } from './models.js';
import type { ModelReader } from './reader.js';

/** How far an interval reaches to either side. */
export interface Interval {
  /** In the unit of the target; with `spread` in multiples of what that expects. */
  readonly half: number;
  /** Gives the logarithm of how far off a row tends to be, kept within what training rows had. */
  readonly spread?: { readonly model: Model; readonly least: number; readonly most: number };
}

/** `inner` with its numbers in the middle of intervals; it explains itself as `inner` does. */
export function intervalModel(inner: Model, interval: Interval): Model {
  return new IntervalModel(inner, interval);
}

export const intervalModelReader: ModelReader = {
  kind: 'intervals',
  read(json, readModel) {
    const inner = readModel(json.field('inner'));
    const half = json.field('half').number({ min: 0 });
    const spread = json.field('spread');
    if (spread.value === null) return intervalModel(inner, { half });
    const least = spread.field('least').number();
    const most = spread.field('most').number({ min: least });
    return intervalModel(inner, { half, spread: { model: readModel(spread.field('model')), least, most } });
  },
};

class IntervalModel implements Model {
  readonly kind = 'intervals';
  readonly shape: Shape;
  readonly width = 3;
  readonly contributions?: (matrix: Matrix) => Contributions;
  readonly #inner: Model;
  readonly #interval: Interval;

  constructor(inner: Model, interval: Interval) {
    this.shape = inner.shape;
    this.#inner = inner;
    this.#interval = interval;
    if (inner.contributions) this.contributions = (matrix) => inner.contributions!(matrix);
  }

  predict(matrix: Matrix): Float64Array {
    const { half, spread } = this.#interval;
    const { width = 1 } = this.#inner;
    const numbers = this.#inner.predict(matrix);
    const logs = spread?.model.predict(matrix);
    const answers = new Float64Array(3 * matrix.rowCount);
    for (let i = 0; i < matrix.rowCount; i++) {
      const number = numbers[i * width]!;
      const log = spread && logs ? Math.min(Math.max(logs[i]!, spread.least), spread.most) : 0;
      const reach = half * Math.exp(log);
      answers.set([number, number - reach, number + reach], 3 * i);
    }
    return answers;
  }

  toJSON(): Json {
    const { half, spread } = this.#interval;
    return {
      kind: this.kind,
      inner: this.#inner.toJSON(),
      half,
      spread: spread ? { ...spread, model: spread.model.toJSON() } : null,
    };
  }

  [print](): string {
    const { half, spread } = this.#interval;
    const text = spread ? `${half.toPrecision(4)} times what is usual for the row` : half.toPrecision(4);
    return `${describe(this.#inner)}, within ± ${text}`;
  }
}
