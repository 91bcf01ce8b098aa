/** Losses on numbers as parameters: checked at the door, written as JSON and read back. */

import { type NumberRule, optionIssue } from '../check-numbers.js';
import type { Json, JsonReader } from '../json.js';
import { listNames, Problem } from '../problem.js';
import type { NumberLoss } from './loss.js';

const names = ['squared', 'absolute', 'poisson'] as const;

/** The number in a loss, where it has one, and what it must be. */
export function numberIn(loss: NumberLoss | undefined): {
  values: Record<string, unknown>;
  rules: Record<string, NumberRule>;
} {
  if (typeof loss !== 'object') return { values: {}, rules: {} };
  return 'quantile' in loss
    ? { values: { quantile: loss.quantile }, rules: { quantile: { above: 0, below: 1 } } }
    : { values: { tweedie: loss.tweedie }, rules: { tweedie: { above: 1, below: 2 } } };
}

/** Throws `models-parameter` for a loss of another name. */
export function checkLossName(loss: NumberLoss | undefined): void {
  const isKnown =
    loss === undefined ||
    (typeof loss === 'object' ? 'quantile' in loss || 'tweedie' in loss : names.includes(loss));
  if (isKnown) return;
  const expected = `one of ${listNames([...names])}, { quantile } or { tweedie }`;
  throw new Problem([
    optionIssue({ code: 'models-parameter', of: 'boosting', name: 'loss', got: loss, expected }),
  ]);
}

/** The loss as JSON; null where the target decides. */
export function lossToJson(loss: NumberLoss | undefined): Json {
  if (loss === undefined) return null;
  return typeof loss === 'object' ? { ...loss } : loss;
}

/** What `lossToJson` wrote. Throws `artefact-structure`. */
export function lossFromJson(json: JsonReader): NumberLoss | undefined {
  if (json.value === null) return undefined;
  if (typeof json.value === 'string') return json.oneOf(names);
  const quantile = json.optional('quantile');
  return quantile ? { quantile: quantile.number() } : { tweedie: json.field('tweedie').number() };
}
