/** The sentences about single values, the same for files, bodies and tables. */
import { type Issue, listNames, show, type Where } from '../problem.js';
import { dateWords } from '../table/date-text.js';
import { didYouMean } from '../table/nearest-name.js';
import { type ColumnPlan, largestNumber } from './column-plan.js';
import { declarationCode } from './declaration-code.js';
import { outcomesOf } from './outcomes.js';
import type { Schema } from './schema.js';

/** A value is missing and may not be. */
export function missingValue(plan: ColumnPlan, where: Where): Issue {
  return {
    code: 'schema-missing-value',
    what: 'the value is missing',
    where,
    expected: expectedOf(plan),
    remedy: plan.isTarget
      ? 'leave rows without an outcome out: they can neither teach nor judge'
      : 'if it can be missing, declare the column with optional: true or with its missing codes',
  };
}

/** The same to a caller, who declares no column. */
export function missingInRequest(plan: ColumnPlan, where: Where): Issue {
  return { ...missingValue(plan, where), remedy: 'give a value: the model needs it' };
}

/** A value of another type; texts that look like numbers are not turned into numbers. */
export function wrongType(plan: ColumnPlan, value: unknown, where: Where): Issue {
  const quoted =
    plan.kind === 'number' &&
    typeof value === 'string' &&
    value.trim() !== '' &&
    !Number.isNaN(Number(value));
  const unquoted = plan.kind === 'category' && ['number', 'boolean'].includes(typeof value);
  return {
    code: 'schema-wrong-type',
    what: plan.kind === 'number' ? 'this is not a number' : 'this is not a text',
    where,
    got: show(value),
    expected: expectedOf(plan),
    remedy: quoted ? 'send it without quotes' : unquoted ? 'send it in quotes' : undefined,
  };
}

export function notFinite(plan: ColumnPlan, value: number, where: Where): Issue {
  return {
    code: 'schema-not-finite',
    what: 'the number is not finite',
    where,
    got: show(value),
    expected: expectedOf(plan),
  };
}

export function notAnInteger(plan: ColumnPlan, value: number, where: Where): Issue {
  return {
    code: 'schema-not-an-integer',
    what: 'the number is not whole',
    where,
    got: show(value),
    expected: expectedOf(plan),
  };
}

export function unsafeInteger(plan: ColumnPlan, value: number, where: Where): Issue {
  return {
    code: 'schema-unsafe-integer',
    what: 'the whole number is too large to be kept exactly',
    where,
    got: show(value),
    expected: `${expectedOf(plan)}, of at most 15 digits`,
    remedy: 'if it names something, it is an id() and a text',
  };
}

export function outOfRange(plan: ColumnPlan, value: number, where: Where): Issue {
  const isTooLarge = Math.abs(value) > largestNumber;
  return {
    code: 'schema-out-of-range',
    what: isTooLarge ? 'the number is too large to compute with' : 'the number is not possible',
    where,
    got: show(value),
    expected: expectedOf(plan),
  };
}

export function unknownLevel(plan: ColumnPlan, value: string, where: Where): Issue {
  return {
    code: 'schema-unknown-level',
    what: 'the level is not on the list',
    where,
    got: show(value),
    expected: expectedOf(plan),
    remedy: didYouMean(value, plan.levels ?? []),
  };
}

/** The declaration that would take the levels that the column has, as a remedy; nothing where none is better. */
export function remedyForLevels(
  { name, type, levels = [], isTarget }: ColumnPlan,
  seen: readonly string[],
): { remedy?: string } {
  const own = isTarget ? { name } : {};
  if (type.kind === 'category') {
    const others = seen.filter((level) => !levels.includes(level));
    return {
      remedy: `add ${listNames(others, { most: 5 })} to the levels, or leave levels out to have them learned`,
    };
  }
  if (type.kind !== 'yesNo') return {};
  if (seen.length === 2) {
    const { yes, no } = outcomesOf(seen.map((level) => ({ level, rows: 0 })));
    return { remedy: `declare it as ${declarationCode({ kind: 'yesNo', ...own, yes, no })}` };
  }
  if (seen.length < 3) return {};
  const more = declarationCode({ kind: 'category', ...own });
  return {
    remedy: `it has ${seen.length} levels (${listNames(seen, { most: 5 })}): declare it as ${more}, or leave the rows of the others out`,
  };
}

export function notADate(plan: ColumnPlan, value: string, where: Where): Issue {
  return {
    code: 'schema-not-a-date',
    what: 'this is no date',
    where,
    got: show(value),
    expected: expectedOf(plan),
  };
}

/** A column that is given before anyone can know it. */
export function lateColumn(schema: Schema, name: string, where: Where): Issue {
  const column = schema.columns.find((candidate) => candidate.name === name);
  const why = column?.type.because ? ` (${column.type.because})` : '';
  return {
    code: 'schema-late-column',
    what: column
      ? `column "${name}" cannot be given: it is only known after ${schema.moment}${why}`
      : `column "${name}" cannot be given: it is what is predicted`,
    where,
    remedy: 'leave it out',
  };
}

export function unknownColumn(schema: Schema, name: string, where: Where): Issue {
  return {
    code: 'schema-unknown-column',
    what: 'the schema has no such column',
    where,
    expected: `only ${listNames(schema.before)}`,
    remedy: didYouMean(name, schema.before) ?? 'leave it out',
  };
}

export function missingColumn(plan: ColumnPlan, where: Where): Issue {
  return {
    code: 'schema-missing-column',
    what: 'the column is missing',
    where,
    expected: expectedOf(plan),
  };
}

/** What the column takes, as a clause: "a whole number from 0 to 120 (years)". */
export function expectedOf(plan: ColumnPlan): string {
  const { type, low, high } = plan;
  if (plan.levels) return `one of ${listNames(plan.levels, { last: 'or' })}`;
  if (plan.kind === 'date') return dateWords[plan.format];
  if (plan.kind === 'category') return 'a text';
  const unit = type.kind === 'number' && type.unit ? ` (${type.unit})` : '';
  const what = plan.integer ? 'a whole number' : 'a number';
  if (low > -largestNumber && high < largestNumber) return `${what} from ${low} to ${high}${unit}`;
  if (low > -largestNumber) return `${what} of at least ${low}${unit}`;
  return high < largestNumber ? `${what} of at most ${high}${unit}` : `${what}${unit}`;
}
