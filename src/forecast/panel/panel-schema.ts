/** What a panel's columns mean and when they are known: the contract, and the columns as they stand in rows. */
import {
  type CategoryType,
  type ColumnType,
  category,
  type NumberType,
  number,
  type YesNoType,
} from '../../schema/column-types.js';
import { makeSchema } from '../../schema/define-schema.js';
import type { ColumnTypes, Schema, Source } from '../../schema/schema.js';
import type { AheadColumn, Panel } from './panel.js';
import type { TimeType } from './time-types.js';

/** What `definePanel` takes. */
export interface PanelSpec<Before extends string, Ahead extends string, Late extends string> {
  /** The moment at which the next periods are forecast, in words: "the order is placed on Monday morning". */
  moment: string;
  /** The columns that name a series: ['store', 'product']. Empty where the file holds one series only. */
  series: readonly string[];
  /** The column of periods: week('week'), month('ds') … */
  time: TimeType;
  /** What is forecast; `integer: true` where only whole numbers are possible. */
  target: NumberType;
  /** Whether the article was in stock; where it was out, what was sold is a lower bound of demand. */
  available?: YesNoType;
  /** Known of a series at any time, the same in all its periods: its department, its colour. */
  before?: ColumnTypes<Before>;
  /** Known of a period long before it begins: holidays, promotions that are planned. */
  ahead?: { readonly [K in Ahead]: NumberType | CategoryType | YesNoType };
  /** Becomes known with the period: visitors, returns. No feature can name it. */
  after?: { readonly [K in Late]: NumberType | CategoryType | YesNoType };
  /** Lengths of the seasons in periods, the shortest first; by default those of the calendar: [52] for weeks. */
  seasons?: readonly number[];
}

/** One column of a panel. */
export interface PanelColumn<Type extends ColumnType = ColumnType> {
  readonly name: string;
  readonly type: Type;
}

/** A checked statement of a panel. The types carry the names of what is known before, ahead, and too late for a feature. */
export interface PanelSchema<
  Before extends string = string,
  Ahead extends string = string,
  Late extends string = string,
> {
  readonly moment: string;
  readonly series: readonly string[];
  readonly time: TimeType;
  readonly target: PanelColumn<NumberType>;
  readonly available: PanelColumn<YesNoType> | undefined;
  readonly before: readonly (PanelColumn & { readonly name: Before })[];
  readonly ahead: readonly (PanelColumn<NumberType | CategoryType | YesNoType> & { readonly name: Ahead })[];
  readonly after: readonly (PanelColumn<NumberType | CategoryType | YesNoType> & { readonly name: Late })[];
  /** Undefined for those of the calendar. */
  readonly seasons: readonly number[] | undefined;
}

/** A panel with the statement that it was read by. */
export interface DeclaredPanel<
  Before extends string = string,
  Ahead extends string = string,
  Late extends string = string,
> extends Panel {
  readonly schema: PanelSchema<Before, Ahead, Late>;
  readonly source: Source;
  /** The columns that become known with the period. They serve the audit, and no feature. */
  readonly late: readonly AheadColumn[];
}

/**
 * The columns of a panel as a schema of rows, for the one checker of tables: all stand in `before`, and the target, which a
 * future row lacks, may be missing. Periods and keys are read as texts.
 */
export function rowSchemaOf(schema: PanelSchema): Schema {
  const { series, time, target, available, before, ahead, after } = schema;
  const columns: PanelColumn[] = [
    ...[...series, time.name].map((name) => ({ name, type: category() })),
    ...[target, ...(available ? [available] : []), ...ahead, ...after].map(({ name, type }) => ({
      name,
      type: { ...type, name: undefined, optional: true },
    })),
    ...before,
  ];
  return makeSchema({
    moment: schema.moment,
    target: { name: '(the next periods)', type: number('(the next periods)') },
    order: undefined,
    group: undefined,
    columns: columns.map(({ name, type }) => ({ name, known: 'before', type })),
  });
}
