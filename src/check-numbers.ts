/** Checks the numbers that something is told when it is made: the parameters of a learner, the folds of a protocol. */
import { type Issue, Problem, show } from './problem.js';

/** What a number must be, beside finite; `min` and `max` may be reached, `above` and `below` may not. */
export interface NumberRule {
  min?: number;
  max?: number;
  above?: number;
  below?: number;
  integer?: boolean;
}

/** Throws one `Problem` of this code, naming every number of `values` that breaks its rule; `of` says whose they are. */
export function checkNumbers<Name extends string>(
  { code, of }: { code: string; of?: string },
  values: Readonly<Record<Name, unknown>>,
  rules: Readonly<Record<Name, NumberRule>>,
): void {
  const issues = (Object.keys(rules) as Name[])
    .filter((name) => !holds(values[name], rules[name]))
    .map((name) => optionIssue({ code, of, name, got: values[name], expected: describe(rules[name]) }));
  if (issues.length > 0) throw new Problem(issues);
}

/** An option that cannot be used, and what was expected of it, in words. */
export function optionIssue(option: {
  code: string;
  of?: string;
  name: string;
  got: unknown;
  expected: string;
}): Issue {
  const { code, of, name, got, expected } = option;
  const whose = of === undefined ? '' : ` of ${of}`;
  return { code, what: `"${name}"${whose} cannot be used`, got: show(got), expected };
}

function holds(value: unknown, rule: NumberRule): boolean {
  return (
    typeof value === 'number' &&
    Number.isFinite(value) &&
    (!rule.integer || Number.isInteger(value)) &&
    value >= (rule.min ?? -Infinity) &&
    value <= (rule.max ?? Infinity) &&
    value > (rule.above ?? -Infinity) &&
    value < (rule.below ?? Infinity)
  );
}

function describe(rule: NumberRule): string {
  const bounds = [
    rule.above !== undefined ? `above ${rule.above}` : undefined,
    rule.min !== undefined ? `of at least ${rule.min}` : undefined,
    rule.max !== undefined ? `of at most ${rule.max}` : undefined,
    rule.below !== undefined ? `below ${rule.below}` : undefined,
  ].filter((bound) => bound !== undefined);
  return [rule.integer ? 'an integer' : 'a finite number', bounds.join(' and ')].filter(Boolean).join(' ');
}
