/** A step as it was typed: `oneHot(job, bins(age, count 10))`. */
import type { Json, JsonObject } from '../json.js';

/** What a step is called and what it works on; inner steps have the same form. */
export interface StepDescription {
  readonly kind: string;
  readonly params: JsonObject;
}

/** The step in one line: inputs first, settings after them. */
export function describeStep({ kind, params }: StepDescription): string {
  const given = (params.inputs ?? []) as readonly (string | (JsonObject & StepDescription))[];
  const inputs = given.map((input) => (typeof input === 'string' ? input : describeStep(input)));
  const settings = Object.keys(params)
    .filter((key) => key !== 'inputs' && params[key] !== undefined)
    .map((key) => `${key} ${plain(params[key]!)}`);
  return `${kind}(${[...inputs, ...settings].join(', ')})`;
}

function plain(value: Json): string {
  if (Array.isArray(value)) return value.map((item: Json) => plain(item)).join(' ');
  return String(value);
}
