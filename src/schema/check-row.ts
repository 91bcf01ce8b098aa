/** Checks one row that came as JSON; compiled once for a schema, then asked for every request. */
import { pointerToken } from '../json.js';
import { type Issue, show, type Where } from '../problem.js';
import { parseDate } from '../table/date-text.js';
import type { Cell } from '../table/table.js';
import { type ColumnPlan, planOf } from './column-plan.js';
import type { Schema } from './schema.js';
import * as issue from './value-issues.js';

/** The cells of a row that passed, in the order of `schema.before`: numbers, instants, texts; null where missing. */
export type CheckedRow = readonly Cell[];

/** What came of a row: its cells, or the issues that refuse it. */
export type RowVerdict =
  | { readonly row: CheckedRow; readonly issues: readonly []; readonly warnings: readonly Issue[] }
  | { readonly row: undefined; readonly issues: readonly Issue[]; readonly warnings: readonly Issue[] };

/** Checks a parsed JSON value as a row. `pointer` is where it stands in the body: "/3" in an array. */
export type RowCheck = (body: unknown, pointer?: string) => RowVerdict;

export interface RowCheckOptions {
  /** By default true: an unknown column is refused. With false it is passed over with a warning. */
  strict?: boolean;
}

const none: readonly [] = [];

/** A body of thousands of unknown fields gets no answer of megabytes. */
const mostIssues = 50;

/**
 * The checker of request rows: an object with the columns known before the moment and nothing else. No value is
 * coerced. All issues of a row come at once (the first 50), each with its JSON Pointer. A missing value (null, an empty text,
 * a missing code) becomes null where the column is `optional` or has `missing` codes, and is refused elsewhere.
 */
export function compileRowCheck(schema: Schema, options: RowCheckOptions = {}): RowCheck {
  const plans = planOf(schema).before;
  const known = new Set<string>(schema.before);
  const late = new Set<string>([...schema.late, schema.target.name]);
  const strict = options.strict ?? true;

  return (body, pointer = '') => {
    if (body === null || typeof body !== 'object' || Array.isArray(body)) {
      return { row: undefined, issues: [notAnObject(body, pointer)], warnings: none };
    }
    const given = body as Record<string, unknown>;
    const row: Cell[] = new Array(plans.length).fill(null);
    let issues: Issue[] | undefined;
    let warnings: Issue[] | undefined;
    let found = 0;
    for (let j = 0; j < plans.length; j++) {
      const plan = plans[j]!;
      let wrong: Issue | undefined;
      if (Object.hasOwn(given, plan.name)) {
        found++;
        const cell = readCell(plan, given[plan.name]);
        if (cell === refused) wrong = explain(plan, given[plan.name], at(pointer, plan.name));
        else row[j] = cell;
      } else if (!plan.optional) wrong = issue.missingColumn(plan, at(pointer, plan.name));
      if (wrong) issues = append(issues, wrong);
    }
    const names = Object.keys(given);
    if (names.length !== found) {
      for (const name of names) {
        if (known.has(name)) continue;
        // Each would be compared with all columns, to find what was meant.
        if ((issues?.length ?? 0) + (warnings?.length ?? 0) >= mostIssues) break;
        const where = at(pointer, name);
        if (late.has(name)) {
          issues = append(issues, issue.lateColumn(schema, name, { pointer: where.pointer }));
        } else if (strict) issues = append(issues, issue.unknownColumn(schema, name, where));
        else warnings = append(warnings, issue.unknownColumn(schema, name, where));
      }
    }
    if (issues) return { row: undefined, issues, warnings: warnings ?? none };
    return { row, issues: none, warnings: warnings ?? none };
  };
}

const refused: unique symbol = Symbol('refused');

/** The cell for a value, or `refused`; `explain` then says why. */
function readCell(plan: ColumnPlan, value: unknown): Cell | typeof refused {
  if (value === null || value === '') {
    return plan.nullable && (value === null || plan.kind !== 'number') ? null : refused;
  }
  if (plan.kind === 'number') {
    if (typeof value !== 'number') return refused;
    if (plan.missingNumbers.includes(value)) return null;
    const possible = Number.isFinite(value) && value >= plan.low && value <= plan.high;
    return possible && (!plan.integer || Number.isSafeInteger(value)) ? value : refused;
  }
  if (typeof value !== 'string') return refused;
  if (plan.kind === 'date') {
    const instant = parseDate(value, plan.format);
    if (!Number.isNaN(instant)) return instant;
    // ISO 8601 is never mistaken for another format, and answers of ours write it.
    const iso = plan.format === 'iso' ? instant : parseDate(value);
    return Number.isNaN(iso) ? refused : iso;
  }
  if (plan.missingTexts.has(value)) return null;
  return plan.codeOf === undefined || plan.codeOf.has(value) ? value : refused;
}

function explain(plan: ColumnPlan, value: unknown, where: Where): Issue {
  if (value === null || (value === '' && plan.kind !== 'number')) return issue.missingInRequest(plan, where);
  if (plan.kind === 'number') {
    if (typeof value !== 'number') return issue.wrongType(plan, value, where);
    if (!Number.isFinite(value)) return issue.notFinite(plan, value, where);
    if (!plan.integer || Number.isSafeInteger(value)) return issue.outOfRange(plan, value, where);
    return (Number.isInteger(value) ? issue.unsafeInteger : issue.notAnInteger)(plan, value, where);
  }
  if (typeof value !== 'string') return issue.wrongType(plan, value, where);
  return (plan.kind === 'date' ? issue.notADate : issue.unknownLevel)(plan, value, where);
}

function notAnObject(body: unknown, pointer: string): Issue {
  return {
    code: 'schema-not-an-object',
    what: 'a row is a JSON object with one field a column',
    where: { pointer },
    got: Array.isArray(body) ? 'an array' : show(body),
  };
}

function at(pointer: string, name: string): Where {
  return { column: name, pointer: `${pointer}/${pointerToken(name)}` };
}

function append(list: Issue[] | undefined, item: Issue): Issue[] {
  if (list === undefined) return [item];
  if (list.length < mostIssues) list.push(item);
  return list;
}
