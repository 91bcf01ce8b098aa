/** Why a row got its probability: the columns that moved it most, in words and numbers. */
import { type ColumnContributions, requestRow, type Schema, type Table } from '../src/serving.js';

/** One column's part in a row's score. */
export interface Reason {
  readonly column: string;
  /** What the row says there; null where it is missing. */
  readonly value: number | string | null;
  /** What it adds to the score, in the explanation's unit. */
  readonly contribution: number;
  /** The same in a sentence. */
  readonly words: string;
}

/** `base` + all reasons + `rest` = the row's score: its log-odds, or its probability. */
export interface Explanation {
  readonly unit: ColumnContributions['unit'];
  /** The score before anything is known of the row. */
  readonly base: number;
  /** The strongest first. */
  readonly reasons: readonly Reason[];
  /** What the columns that are not listed add together. */
  readonly rest: number;
}

/** The explanations of all rows of a table, each with its `most` strongest reasons. */
export function explanations(
  schema: Schema,
  { table, parts, most }: { table: Table; parts: ColumnContributions; most: number },
): Explanation[] {
  const { unit, base, columns, values } = parts;
  return Array.from({ length: table.rowCount }, (_, i) => {
    const row = requestRow(schema, table, i);
    const found = columns.map((column, j) => ({ column, contribution: values[i * columns.length + j]! }));
    found.sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
    const shown = found.filter(({ contribution }) => contribution !== 0).slice(0, most);
    const rest = found
      .filter((part) => !shown.includes(part))
      .reduce((sum, { contribution }) => sum + contribution, 0);
    const reasons = shown.map(({ column, contribution }): Reason => {
      const value = row[column] ?? null;
      const words = `${describeValue(schema, column, value)} ${effect(contribution, unit)}.`;
      return { column, value, contribution, words };
    });
    return { unit, base, reasons, rest };
  });
}

function describeValue(schema: Schema, name: string, value: number | string | null): string {
  const type = schema.columns.find((column) => column.name === name)?.type;
  const label = type?.label ?? name;
  if (value === null) return `${label} is missing, which`;
  const unit = type?.kind === 'number' && type.unit ? ` ${type.unit}` : '';
  const shown = typeof value === 'number' ? value.toLocaleString('en-US') : value;
  return `${label} = ${shown}${unit}`;
}

function effect(contribution: number, unit: Explanation['unit']): string {
  const upwards = contribution > 0;
  if (unit === 'probability') {
    return `${upwards ? 'raises' : 'lowers'} the probability by ${Math.abs(100 * contribution).toFixed(1)} points`;
  }
  if (unit === 'target')
    return `${upwards ? 'adds' : 'takes away'} ${Number(Math.abs(contribution).toPrecision(3))}`;
  const times = Math.exp(Math.abs(contribution));
  const factor = times >= 100 ? times.toFixed(0) : times.toPrecision(3);
  const what = unit === 'log' ? 'prediction' : 'odds';
  return `${upwards ? 'multiplies' : 'divides'} the ${what} by ${factor}`;
}
