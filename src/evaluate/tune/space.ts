/** What a search may try: for each parameter of a learner, some values or a stretch of numbers; all of it data. */
import type { Json, JsonObject, JsonReader } from '../../json.js';
import { type Issue, Problem, show } from '../../problem.js';
import type { Random } from '../../random.js';

/** Any of these values, each as likely. */
export interface ChoiceDimension {
  readonly kind: 'choice';
  readonly values: readonly Json[];
}

/** Any number from `low` to `high`, both included. */
export interface RangeDimension {
  readonly kind: 'range';
  readonly low: number;
  readonly high: number;
  /** Drawn evenly on the scale of the logarithm: as often from 1 to 10 as from 10 to 100. */
  readonly log: boolean;
  /** Whole numbers only. */
  readonly whole: boolean;
}

export type Dimension = ChoiceDimension | RangeDimension;

/** By the name of the learner's parameter. */
export type Space = { readonly [parameter: string]: Dimension };

/** What `between` takes beside its ends. */
export interface BetweenOptions {
  log?: boolean;
  whole?: boolean;
}

/**
 * One of these values, each as likely: `oneOf(15, 31, 63)`.
 *
 * @example
 * tune(recipe, boosting(), { space: { leaves: oneOf(7, 15, 31) } });
 */
export function oneOf(...values: readonly Json[]): Dimension {
  return { kind: 'choice', values };
}

/**
 * A number from `low` to `high`: `between(0.02, 0.2, { log: true })`.
 *
 * @example
 * tune(recipe, logistic(), { space: { l2: between(0.01, 100, { log: true }) } });
 */
export function between(low: number, high: number, options: BetweenOptions = {}): Dimension {
  return { kind: 'range', low, high, log: options.log ?? false, whole: options.whole ?? false };
}

/** Throws `evaluate-tune-space` for a space that is empty or has a dimension nothing can be drawn from. */
export function checkSpace(space: Space): void {
  const issues = Object.entries(space).flatMap(([name, dimension]): Issue[] => {
    const expected = expectationOf(dimension);
    if (expected === undefined) return [];
    const what = `nothing can be drawn for the parameter "${name}"`;
    return [{ code: 'evaluate-tune-space', what, got: show(dimension), expected }];
  });
  if (Object.keys(space).length === 0) {
    const remedy = 'name a parameter of the learner: { l2: between(0.1, 100, { log: true }) }';
    issues.push({ code: 'evaluate-tune-space', what: 'there is no parameter to tune', remedy });
  }
  if (issues.length > 0) throw new Problem(issues);
}

/** A value for every parameter. Numbers that need not be whole are rounded to four digits, so that people can read them. */
export function drawFrom(space: Space, random: Random): JsonObject {
  return Object.fromEntries(
    Object.entries(space).map(([name, dimension]) => [name, draw(dimension, random)]),
  );
}

/** The values at the edges: what a learner must be able to bear. */
export function edgesOf(dimension: Dimension): readonly Json[] {
  return dimension.kind === 'choice' ? dimension.values : [dimension.low, dimension.high];
}

/** Reads a space back; `checkSpace` then judges it. */
export function spaceFromJson(reader: JsonReader): Space {
  return Object.fromEntries(
    reader.keys().map((name): [string, Dimension] => {
      const json = reader.field(name);
      if (json.field('kind').oneOf(['choice', 'range']) === 'choice') {
        const values = json.field('values').items();
        return [name, { kind: 'choice', values: values.map((item) => item.value as Json) }];
      }
      const [low, high] = [json.field('low').number(), json.field('high').number()];
      const [log, whole] = [json.field('log').boolean(), json.field('whole').boolean()];
      return [name, { kind: 'range', low, high, log, whole }];
    }),
  );
}

function draw(dimension: Dimension, random: Random): Json {
  if (dimension.kind === 'choice') return dimension.values[random.integer(dimension.values.length)]!;
  const { low, high, log, whole } = dimension;
  // A whole number stands for the stretch up to the next one, so that the last is as likely as the others.
  const [from, to] = [low, whole ? high + 1 : high].map((end) => (log ? Math.log(end) : end)) as [
    number,
    number,
  ];
  const even = from + random.uniform() * (to - from);
  const value = log ? Math.exp(even) : even;
  const rounded = whole ? Math.floor(value) : Number(value.toPrecision(4));
  return Math.min(Math.max(rounded, low), high);
}

function expectationOf(dimension: Dimension): string | undefined {
  if (dimension.kind === 'choice') return dimension.values.length === 0 ? 'at least one value' : undefined;
  const { low, high, log, whole } = dimension;
  if (!(Number.isFinite(low) && Number.isFinite(high) && low < high)) return 'a low end below the high end';
  if (log && low <= 0) return 'a low end above 0, for its logarithm is taken';
  if (whole && !(Number.isInteger(low) && Number.isInteger(high))) return 'whole numbers at both ends';
  return undefined;
}
