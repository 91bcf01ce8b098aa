/** How a client's earlier rows came out, as far as that was known. */
import { number } from '../schema/column-types.js';
import { type CategoryColumn, numberColumn } from '../table/table.js';
import type { ClientFeature, FeatureWalk } from './client-feature.js';

const day = 86_400_000;

/** What `shareBefore` takes. */
export interface ShareBeforeOptions {
  /** The outcome that is counted: "late". */
  readonly is: string;
  /** After how many days a row's outcome is known, at least 0. Rows younger than that say nothing yet. */
  readonly knownAfterDays: number;
}

/**
 * The share of the client's rows before the one at hand that came out as `is`, among those whose outcome was known by then;
 * missing where none was. `column` is what is predicted, or another column that is known only after the moment: the one way
 * for a feature to read it, since each of its values is read so many days late.
 *
 * @example
 * shareBefore('status', { is: 'late', knownAfterDays: 60 }).readsOutcomes?.column // → 'status'
 */
export function shareBefore(
  column: string,
  { is, knownAfterDays }: ShareBeforeOptions,
): ClientFeature<never> {
  const meaning = `share of "${is}" in ${column} over the rows before, known after ${knownAfterDays} days`;
  return {
    meaning,
    reads: [],
    readsOutcomes: { column, knownAfterDays },
    of: 'moment',
    type: () => number({ range: [0, 1], optional: true, because: meaning }),
    over: (rows, moments) => walk(rows.categories(column), { is, moments, delay: knownAfterDays * day }),
  };
}

function walk(
  { codes, levels }: CategoryColumn,
  { is, moments, delay }: { is: string; moments: Float64Array; delay: number },
): FeatureWalk {
  const code = levels.indexOf(is);
  let before: number[] = [];
  let [next, known, counted] = [0, 0, 0];
  return {
    begin: () => {
      before = [];
      [next, known, counted] = [0, 0, 0];
    },
    value: (_, moment) => {
      for (; next < before.length && moments[before[next]!]! + delay <= moment; next++) {
        const told = codes[before[next]!]!;
        if (told >= 0) known++;
        if (told === code && code >= 0) counted++;
      }
      return known === 0 ? Number.NaN : counted / known;
    },
    add: (row) => {
      before.push(row);
    },
    column: numberColumn,
  };
}
