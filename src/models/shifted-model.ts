/** A model whose odds are multiplied by one factor: how probabilities return to the true base rate. */
import type { Json } from '../json.js';
import type { Matrix, Shape } from '../table/matrix.js';
import { print } from '../table/print.js';
import { describe } from './describe.js';
import { logOddsOf } from './log-odds.js';
import { logOddsContributions } from './log-odds-contributions.js';
import type { Contributions, Model } from './models.js';
import type { ModelReader } from './reader.js';

/** `inner` with `shift` added to every log-odds. Ranks rows as `inner` does; 0 and 1 stay what they are. */
export function shiftedModel(inner: Model, shift: number): Model {
  return new ShiftedModel(inner, shift);
}

/** The probability whose odds are e^shift times those of `probability`. */
export function shifted(probability: number, shift: number): number {
  return shiftedBy(probability, { shift, factor: Math.exp(-Math.abs(shift)) });
}

/** The same for many probabilities: `factor` is e^-|shift|, which is what takes the time. */
function shiftedBy(probability: number, { shift, factor }: { shift: number; factor: number }): number {
  if (probability === 0 || probability === 1) return probability;
  // Two forms, so that a large factor cannot overflow.
  if (shift <= 0) {
    const part = probability * factor;
    return part / (part + (1 - probability));
  }
  return probability / (probability + (1 - probability) * factor);
}

/**
 * What must be added to log-odds learned at a base rate of `sampled` so that they hold at `rate`:
 * logit(rate) - logit(sampled). Source: Elkan, "The foundations of cost-sensitive learning", 2001, theorem 2;
 * Saerens, Latinne and Decaestecker, 2002.
 */
export function priorShift(rate: number, sampled: number): number {
  return logOddsOf(rate) - logOddsOf(sampled);
}

/**
 * The shift at which the weighted mean of the shifted probabilities is `rate`; undefined where there is none
 * (probabilities of 0 and 1 do not move). The mean rises with the shift, so halving finds it to the last bits.
 */
export function shiftToMean(
  probabilities: Float64Array,
  rate: number,
  weights?: Float64Array,
): number | undefined {
  const excess = (shift: number): number => {
    const by = { shift, factor: Math.exp(-Math.abs(shift)) };
    let sum = 0;
    let total = 0;
    for (let i = 0; i < probabilities.length; i++) {
      const weight = weights ? weights[i]! : 1;
      sum += weight * shiftedBy(probabilities[i]!, by);
      total += weight;
    }
    return sum / total - rate;
  };
  let low = -40;
  let high = 40;
  if (!(excess(low) < 0 && excess(high) > 0)) return undefined;
  for (let k = 0; k < 50; k++) {
    const middle = 0.5 * (low + high);
    if (excess(middle) < 0) low = middle;
    else high = middle;
  }
  return 0.5 * (low + high);
}

class ShiftedModel implements Model {
  readonly kind = 'shifted';
  readonly shape: Shape;
  readonly contributions?: (matrix: Matrix) => Contributions;
  readonly #inner: Model;
  readonly #shift: number;

  constructor(inner: Model, shift: number) {
    this.shape = inner.shape;
    this.#inner = inner;
    this.#shift = shift;
    const contributions = logOddsContributions(inner);
    if (contributions) {
      this.contributions = (matrix) => {
        const parts = contributions(matrix);
        return { ...parts, base: parts.base + shift };
      };
    }
  }

  predict(matrix: Matrix): Float64Array {
    const by = { shift: this.#shift, factor: Math.exp(-Math.abs(this.#shift)) };
    return this.#inner.predict(matrix).map((probability) => shiftedBy(probability, by));
  }

  toJSON(): Json {
    return { kind: this.kind, shift: this.#shift, inner: this.#inner.toJSON() };
  }

  [print](): string {
    const inner = describe(this.#inner);
    return `${inner}; log-odds shifted by ${this.#shift.toPrecision(4)} to the true base rate`;
  }
}

export const shiftedModelReader: ModelReader = {
  kind: 'shifted',
  read: (json, readModel) => shiftedModel(readModel(json.field('inner')), json.field('shift').number()),
};
