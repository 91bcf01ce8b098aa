/** A panel of values as they are, for tests. */
import type { Panel } from '../forecast/panel/panel.js';
import { Table } from '../table/table.js';

/** Series called "0", "1", …, which all end at the panel's end; on a calendar of weeks, without a season. */
export function madePanel(values: readonly (readonly number[])[]): Panel {
  const count = Math.max(...values.map(({ length }) => length));
  return {
    periods: { every: 'week', first: '2024-01-01', count },
    names: ['series'],
    series: values.map((of, i) => ({
      key: [String(i)],
      start: count - of.length,
      values: Float64Array.from(of),
    })),
    seasons: [],
    counts: false,
    attributes: new Table([], values.length),
    ahead: [],
  };
}
