/** Draws how often each level of a column comes. */
import type { Figure } from '../report/figure.js';
import { formatCount, formatPercent } from '../report/format-number.js';
import { axis, COLOUR, plotText } from '../report/theme.js';
import { columnOf, type FigureData, rowsOf } from './figure-data.js';
import { groupsOf } from './groups.js';
import { type FigureOptions, shown } from './shown.js';

/** The options of `bars`. */
export interface BarsOptions extends FigureOptions {
  /** The column; may be left out where there is only one. Numbers and dates are counted in ranges of equally many rows. */
  x?: string;
  /** At most so many bars, the last for all other levels; by default 20. */
  most?: number;
}

/**
 * Rows by level, the most frequent first; those without a value have a bar of their own.
 *
 * @example
 * bars(calls, { x: 'job' });
 */
export function bars(data: FigureData, options: BarsOptions = {}): Figure {
  const column = columnOf(data, options.x);
  const { names, codes } = groupsOf(column, { most: options.most });
  const counts = names.map(() => 0);
  for (const code of codes) counts[code]!++;
  const rows = rowsOf(column);
  const share = (count: number): string => formatPercent(count / Math.max(1, rows));
  const first = counts.indexOf(Math.max(...counts));
  const title =
    names.length === 0
      ? `${column.name} has no values`
      : `${column.name}: ${names[first]} is the most frequent, ${share(counts[first]!)} of ${formatCount(rows)} rows`;
  return shown({
    title: options.title ?? title,
    alt: `Rows by ${column.name}. ${names.map((name, k) => `${name}: ${formatCount(counts[k]!)}`).join('; ')}.`,
    data: [
      {
        type: 'bar',
        orientation: 'h',
        y: names.map(plotText),
        x: counts,
        marker: { color: COLOUR.blue },
        customdata: counts.map(share),
        hovertemplate: '%{y}: %{x:,} rows, %{customdata}<extra></extra>',
      },
    ],
    layout: {
      height: 90 + 24 * Math.max(1, names.length),
      hovermode: 'y',
      bargap: 0.2,
      xaxis: axis({ title: 'Rows', tickformat: ',' }),
      yaxis: axis({ autorange: 'reversed', type: 'category', showgrid: false }),
    },
  });
}
