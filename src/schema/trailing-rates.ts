/** Columns that say how often it was yes lately: the share among the latest rows whose outcome is known. */
import { Problem, show } from '../problem.js';
import type { Labels } from '../table/matrix.js';
import { numberColumn } from '../table/table.js';
import { number } from './column-types.js';
import { isOrdered, labelsOf, makeDataset } from './dataset.js';
import { makeSchema } from './define-schema.js';
import type { Dataset, SchemaColumn } from './schema.js';

/** What `withTrailingRates` takes. */
export interface TrailingRatesOptions<Rows extends readonly number[] = readonly number[]> {
  /** How many rows to look back on; a column each, named `rateOfLast200` for 200. */
  rows: Rows;
  /** How many rows pass until an outcome is known: a row knows those before it, less so many. 0 takes them as known at once. */
  labelDelay: number;
}

/** The names of the columns that `withTrailingRates` adds. */
export type TrailingRateName<Rows extends readonly number[]> = `rateOfLast${Rows[number]}`;

/**
 * The dataset with a column for each of `rows`: `rateOfLast` of the rows before, as far as their outcome was known then.
 * No row's own outcome or a later one enters. The columns stand in the schema as known before the moment, for whoever
 * asks for a prediction must supply them: `rateOfLast(outcomes, 200)` of the latest known outcomes.
 *
 * They belong to protocols that keep the order of time, with a label delay that is no longer than the one here. Shuffled
 * folds tell through them what came of neighbours that are to be judged.
 *
 * Throws `schema-no-order` where rows stand in no order, `schema-trailing-rates` for settings that cannot be used.
 *
 * @example
 * withTrailingRates(calls, { rows: [50, 200], labelDelay: 20 }).schema.before.slice(-2);
 */
export function withTrailingRates<
  Before extends string,
  Late extends string,
  const Rows extends readonly number[],
>(
  dataset: Dataset<Before, Late>,
  { rows, labelDelay }: TrailingRatesOptions<Rows>,
): Dataset<Before | TrailingRateName<Rows>, Late> {
  const { schema, source } = dataset;
  checkOptions(dataset, { rows, labelDelay });
  const labels = labelsOf(dataset);
  const added = rows.map((count): SchemaColumn => {
    const delay = labelDelay === 0 ? '' : ` (known ${labelDelay} rows later)`;
    const because = `share of yes among the last ${count} rows whose outcome is known${delay}`;
    return { name: `rateOfLast${count}`, known: 'before', type: number({ range: [0, 1], because }) };
  });
  const extended = makeSchema<Before | TrailingRateName<Rows>, Late>({
    ...schema,
    columns: [...schema.columns, ...added],
  });
  const table = rows.reduce(
    (wider, count, j) => wider.with(numberColumn(added[j]!.name, trailingRates(labels, count, labelDelay))),
    dataset.table,
  );
  return makeDataset(extended, table, source);
}

/**
 * The share of yes among the last `rows` of these outcomes (1 yes, 0 no, in time order), or of all where they are fewer:
 * (yes + ½) / (n + 1), which is never 0 or 1 (Krichevsky and Trofimov 1981), and ½ where nothing is known.
 */
export function rateOfLast(outcomes: Labels | readonly number[], rows: number): number {
  const first = Math.max(0, outcomes.length - rows);
  let yes = 0;
  for (let i = first; i < outcomes.length; i++) yes += outcomes[i]!;
  return smoothed(yes, outcomes.length - first);
}

/** For each row: `rateOfLast` of the rows up to `delay` before it. */
function trailingRates(labels: Labels, rows: number, delay: number): Float64Array {
  const rates = new Float64Array(labels.length);
  let yes = 0;
  for (let row = 0; row < labels.length; row++) {
    const known = Math.max(0, row - delay);
    rates[row] = smoothed(yes, Math.min(known, rows));
    // The window moves on by one: row - delay has become known, row - delay - rows has left.
    if (row >= delay) yes += labels[row - delay]!;
    if (row >= delay + rows) yes -= labels[row - delay - rows]!;
  }
  return rates;
}

function smoothed(yes: number, count: number): number {
  return (yes + 0.5) / (count + 1);
}

function checkOptions(dataset: Dataset, { rows, labelDelay }: TrailingRatesOptions): void {
  if (!isOrdered(dataset)) {
    throw new Problem({
      code: 'schema-no-order',
      what: 'rows that stand in no order of time have none before them',
      remedy: "state the order in the schema, order: 'rows' or the column of the date",
    });
  }
  const whole = rows.every((count) => Number.isInteger(count) && count >= 1);
  if (rows.length > 0 && whole && Number.isInteger(labelDelay) && labelDelay >= 0) return;
  throw new Problem({
    code: 'schema-trailing-rates',
    what: 'trailing rates cannot be made like that',
    got: show({ rows, labelDelay }),
    expected: 'one number of rows or more, each whole and at least 1, and a whole label delay of at least 0',
  });
}
