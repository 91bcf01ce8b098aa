/** Finds which columns of a long file name the series, the period and the value. */
import { listNames, Problem } from '../../problem.js';

/** The columns of a long file by what they are. */
export interface LongColumns {
  /** None where the file holds one series. */
  readonly series: readonly string[];
  readonly time: string;
  readonly target: string;
}

/** What the user said of them. */
export interface StatedColumns {
  readonly series?: readonly string[] | undefined;
  readonly time?: string | undefined;
  readonly target?: string | undefined;
}

const usual = {
  series: ['unique_id', 'series_id', 'series', 'item_id', 'item', 'product', 'article', 'sku', 'id'],
  time: ['ds', 'date', 'datetime', 'timestamp', 'time', 'day', 'week', 'month', 'period', 'hour'],
  target: ['y', 'target', 'value', 'sales', 'sold', 'quantity', 'demand', 'units'],
} as const;

/**
 * Stated names, else the first that is usual for each; with two columns or three, what is left is what is missing.
 * Throws `forecast-columns` where a name is not in the file, or where one of them cannot be told.
 */
export function findColumns(names: readonly string[], stated: StatedColumns): LongColumns {
  const unknown = [...(stated.series ?? []), stated.time, stated.target].filter(
    (name) => name !== undefined && !names.includes(name),
  );
  if (unknown.length > 0)
    throw new Problem({
      code: 'forecast-columns',
      what: `the file has no column ${listNames(unknown as string[])}`,
      expected: listNames(names, { last: 'or' }),
    });
  const taken = new Set([...(stated.series ?? []), stated.time, stated.target]);
  const find = (of: readonly string[]): string | undefined => {
    const name = of
      .map((one) => names.find((other) => other.toLowerCase() === one))
      .find((one) => one && !taken.has(one));
    if (name !== undefined) taken.add(name);
    return name;
  };
  const series = stated.series ?? [find(usual.series)].filter((name) => name !== undefined);
  const time = stated.time ?? find(usual.time);
  const target = stated.target ?? find(usual.target);
  const missing = [
    time === undefined && 'the periods (--time)',
    target === undefined && 'the values (--target)',
  ];
  if (time !== undefined && target !== undefined) return { series, time, target };
  throw new Problem({
    code: 'forecast-columns',
    what: `no name of a column tells which holds ${missing.filter(Boolean).join(' and which ')}; the file has ${listNames(names)}`,
    expected: 'unique_id, ds and y, or the names of the columns: --series product --time week --target sold',
  });
}
