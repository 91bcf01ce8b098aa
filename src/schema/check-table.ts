/** Checks a Table against a schema, whoever made it, and brings it into the schema's form. */
import type { Issue, Where } from '../problem.js';
import { IssueList } from '../table/issue-list.js';
import { didYouMean } from '../table/nearest-name.js';
import {
  type CategoryColumn,
  type Column,
  type DateColumn,
  type NumberColumn,
  Table,
} from '../table/table.js';
import { type ColumnPlan, planOf } from './column-plan.js';
import type { Schema } from './schema.js';
import * as issue from './value-issues.js';

export interface CheckTableOptions {
  /** Which columns must be there: all and the target (the default), or only those known before the moment. */
  want?: 'all' | 'before';
  /** Only these, of the wanted ones. */
  columns?: readonly string[];
  /** Where a row stands, for issues; by default its number. */
  where?: (row: number) => Where;
  /** True where a fault is told once a column, with how many more rows have it, instead of once a row. */
  oncePerColumn?: boolean;
}

/**
 * The table in the schema's form: its columns in the schema's order (the target last), missing codes made missing,
 * closed levels in the order of their list. Throws a `Problem` with all issues: a missing or unknown column, a wrong
 * type, a value out of range or off the list, a missing value that may not be.
 *
 * @example
 * const rows = checkTable(bank, calls.table); // or a Problem with everything that is wrong
 * makeDataset(bank, rows, calls.source);
 */
export function checkTable(schema: Schema, table: Table, options: CheckTableOptions = {}): Table {
  const { where = (row): Where => ({ row }), oncePerColumn } = options;
  const plans = wantedPlans(schema, options);
  const issues = new IssueList(undefined, { once: oncePerColumn });
  const names = new Set(plans.map(({ name }) => name));
  for (const name of table.names) {
    if (names.has(name)) continue;
    issues.add(() => ({
      ...issue.unknownColumn(schema, name, { column: name }),
      expected: undefined,
      remedy: didYouMean(name, [...names]) ?? 'pick the columns of the schema',
    }));
  }
  const columns = plans.flatMap((plan): Column[] => {
    if (table.has(plan.name)) return [checkColumn(plan, table.column(plan.name), issues, where)];
    if (!plan.optional) issues.add(() => issue.missingColumn(plan, { column: plan.name }));
    else return [absentColumn(plan, table.rowCount)];
    return [];
  });
  issues.throwIfAny();
  return new Table(columns, table.rowCount);
}

/** The plans of the columns that a table or file is asked for. */
export function wantedPlans(
  schema: Schema,
  options: Pick<CheckTableOptions, 'want' | 'columns'>,
): ColumnPlan[] {
  const plan = planOf(schema);
  const { want = 'all', columns } = options;
  const keep = columns && new Set(columns);
  // The target, the order and the group are what makes a dataset; they are kept whatever was asked for.
  const always = want === 'all' ? [schema.order, schema.group] : [];
  const wanted = (want === 'all' ? plan.columns : plan.before).filter(
    ({ name }) => !keep || keep.has(name) || always.includes(name),
  );
  return want === 'all' ? [...wanted, plan.target] : wanted;
}

type At = (row: number) => Where;

function checkColumn(plan: ColumnPlan, column: Column, issues: IssueList, where: At): Column {
  if (column.kind !== plan.kind) {
    issues.add(() => ({
      code: 'schema-wrong-type',
      what: `the column holds ${column.kind === 'category' ? 'text' : `${column.kind}s`}`,
      where: { column: plan.name },
      expected: issue.expectedOf(plan),
    }));
    return column;
  }
  const at: At = (row) => ({ ...where(row), column: plan.name });
  return column.kind === 'category'
    ? checkTexts(plan, column, issues, at)
    : checkNumbers(plan, column, issues, at);
}

function checkNumbers(
  plan: ColumnPlan,
  column: NumberColumn | DateColumn,
  issues: IssueList,
  at: At,
): Column {
  const { low, high, integer, nullable, missingNumbers } = plan;
  let values = column.values;
  const add = (
    make: (plan: ColumnPlan, value: number, where: Where) => Issue,
    value: number,
    row: number,
  ): void => issues.add(() => make(plan, value, at(row)), `${make.name} ${plan.name}`);
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (Number.isNaN(value)) {
      if (!nullable) issues.add(() => issue.missingValue(plan, at(row)), `missing ${plan.name}`);
    } else if (missingNumbers.length > 0 && missingNumbers.includes(value)) {
      if (values === column.values) values = values.slice();
      values[row] = Number.NaN;
    } else if (value === Infinity || value === -Infinity) {
      add(issue.notFinite, value, row);
    } else if (integer && !Number.isInteger(value)) {
      add(issue.notAnInteger, value, row);
    } else if (integer && !Number.isSafeInteger(value)) {
      add(issue.unsafeInteger, value, row);
    } else if (value < low || value > high) {
      add(issue.outOfRange, value, row);
    }
  }
  return values === column.values ? column : { ...column, values };
}

function checkTexts(plan: ColumnPlan, column: CategoryColumn, issues: IssueList, at: At): Column {
  const { nullable, missingTexts } = plan;
  // The new code of each old one: -1 where it is missing, -2 where it is off the list.
  const levels = plan.levels ?? column.levels.filter((level) => level !== '' && !missingTexts.has(level));
  const codeOf = plan.codeOf ?? new Map(levels.map((level, code) => [level, code]));
  const newCodes = Int32Array.from(column.levels, (level) =>
    level === '' || missingTexts.has(level) ? -1 : (codeOf.get(level) ?? -2),
  );
  const same = levels.length === column.levels.length && newCodes.every((code, old) => code === old);
  const codes = same ? column.codes : new Int32Array(column.codes.length);
  const unknownLevel = (row: number, old: number) => (): Issue => {
    const seen = column.levels.filter((level) => level !== '' && !missingTexts.has(level));
    return {
      ...issue.unknownLevel(plan, column.levels[old]!, at(row)),
      ...issue.remedyForLevels(plan, seen),
    };
  };
  for (let row = 0; row < codes.length; row++) {
    const old = column.codes[row]!;
    const code = old < 0 ? -1 : newCodes[old]!;
    if (code === -2) issues.add(unknownLevel(row, old), `level ${plan.name}`);
    else if (code === -1 && !nullable && (old < 0 || column.levels[old] === '')) {
      issues.add(() => issue.missingValue(plan, at(row)), `missing ${plan.name}`);
    }
    if (!same) codes[row] = code;
  }
  return same ? column : { ...column, codes, levels };
}

function absentColumn({ name, kind, levels = [] }: ColumnPlan, rows: number): Column {
  return kind === 'category'
    ? { kind, name, codes: new Int32Array(rows).fill(-1), levels }
    : { kind, name, values: new Float64Array(rows).fill(Number.NaN) };
}
