/** What each column asks of its values, worked out once for each schema; every checker reads this and nothing else. */
import type { CsvColumn } from '../table/csv/csv.js';
import type { DateFormat } from '../table/date-text.js';
import type { ColumnType } from './column-types.js';
import type { Schema } from './schema.js';

/** The demands of one column. */
export interface ColumnPlan {
  readonly name: string;
  /** The kind of its column in a Table. */
  readonly kind: 'number' | 'category' | 'date';
  readonly type: ColumnType;
  /** Whether it is what is predicted. */
  readonly isTarget: boolean;
  /** Whether a row may say that the value is missing. */
  readonly nullable: boolean;
  /** Whether a row or a file may lack it altogether. */
  readonly optional: boolean;
  readonly missingNumbers: readonly number[];
  readonly missingTexts: ReadonlySet<string>;
  readonly low: number;
  readonly high: number;
  readonly integer: boolean;
  readonly format: DateFormat;
  /** The closed list of levels, which are then the levels of the Table's column, and the code of each. */
  readonly levels: readonly string[] | undefined;
  readonly codeOf: ReadonlyMap<string, number> | undefined;
}

/** The plans of a schema's columns and of its target. */
export interface SchemaPlan {
  /** All columns but the target, as in `schema.columns`. */
  readonly columns: readonly ColumnPlan[];
  /** The columns known before the moment, as in `schema.before`. */
  readonly before: readonly ColumnPlan[];
  readonly target: ColumnPlan;
}

/** Where a range is not stated, numbers go so far: products and sums of larger ones would leave what can be computed. */
export const largestNumber = 1e100;

const plans = new WeakMap<Schema, SchemaPlan>();

/** The plan of a schema, made at its first use. */
export function planOf(schema: Schema): SchemaPlan {
  let plan = plans.get(schema);
  if (!plan) {
    const { name, type } = schema.target;
    const columns = schema.columns.map((column) => columnPlan(column.name, column.type));
    plan = {
      columns,
      before: columns.filter((_, index) => schema.columns[index]?.known === 'before'),
      target: { ...columnPlan(name, type), isTarget: true },
    };
    plans.set(schema, plan);
  }
  return plan;
}

/** How the column is read from a CSV file. */
export function csvColumn(plan: ColumnPlan): CsvColumn {
  const { name, kind, format, optional } = plan;
  return { name, kind, format, optional, missing: [...plan.missingNumbers, ...plan.missingTexts] };
}

function columnPlan(name: string, type: ColumnType): ColumnPlan {
  const optional = type.kind === 'id' || type.optional === true;
  const missing = type.kind === 'number' || type.kind === 'category' ? (type.missing ?? []) : [];
  const levels =
    type.kind === 'yesNo' ? [type.no, type.yes] : type.kind === 'category' ? type.levels : undefined;
  return {
    name,
    kind: type.kind === 'number' || type.kind === 'date' ? type.kind : 'category',
    type,
    isTarget: false,
    nullable: optional || missing.length > 0,
    optional,
    missingNumbers: missing.filter((code) => typeof code === 'number'),
    missingTexts: new Set(missing.filter((code) => typeof code === 'string')),
    low: type.kind === 'number' ? (type.range?.[0] ?? -largestNumber) : -Infinity,
    high: type.kind === 'number' ? (type.range?.[1] ?? largestNumber) : Infinity,
    integer: type.kind === 'number' && type.integer === true,
    format: (type.kind === 'date' && type.format) || 'iso',
    levels,
    codeOf: levels && new Map(levels.map((level, code) => [level, code])),
  };
}
