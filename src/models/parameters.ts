/** Checks a learner's parameters at the door, all of them at once. */
import { type Issue, Problem, show } from '../problem.js';

/** What a number parameter must be; bounds are inclusive unless said otherwise. */
export interface NumberRule {
  min?: number;
  max?: number;
  /** The value must be greater than this. */
  above?: number;
  integer?: boolean;
}

/**
 * Throws `models-parameter` naming every number of `params` that breaks its rule.
 */
export function checkParameters<Name extends string>(
  learner: string,
  params: Readonly<Record<Name, unknown>>,
  rules: Readonly<Record<Name, NumberRule>>,
): void {
  const issues: Issue[] = [];
  for (const name of Object.keys(rules) as Name[]) {
    const rule = rules[name];
    const value = params[name];
    const bears =
      typeof value === 'number' &&
      Number.isFinite(value) &&
      (!rule.integer || Number.isInteger(value)) &&
      value >= (rule.min ?? -Infinity) &&
      value <= (rule.max ?? Infinity) &&
      value > (rule.above ?? -Infinity);
    if (bears) continue;
    issues.push({
      code: 'models-parameter',
      what: `${learner}: "${name}" cannot be used`,
      got: show(typeof value === 'number' ? String(value) : value),
      expected: describe(rule),
    });
  }
  if (issues.length > 0) throw new Problem(issues);
}

function describe(rule: NumberRule): string {
  const bounds = [
    rule.above !== undefined ? `above ${rule.above}` : undefined,
    rule.min !== undefined ? `of at least ${rule.min}` : undefined,
    rule.max !== undefined ? `of at most ${rule.max}` : undefined,
  ].filter((bound) => bound !== undefined);
  return [rule.integer ? 'an integer' : 'a finite number', bounds.join(' and ')].filter(Boolean).join(' ');
}
