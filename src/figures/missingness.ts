/** Draws how much of each column is missing. */
import type { Figure } from '../report/figure.js';
import { formatCount, formatPercent } from '../report/format-number.js';
import { axis, COLOUR, plotText, seriesKey } from '../report/theme.js';
import { columnNames, columnOf, type FigureData, rowsOf } from './figure-data.js';
import { type FigureOptions, shown } from './shown.js';

/** The options of `missingness`. */
export interface MissingnessOptions extends FigureOptions {
  /** Values that stand for none, beside the blank ones: `['unknown', -1, 999]`. */
  codes?: readonly (string | number)[];
  /** At most so many columns, the emptiest first; by default 30. */
  most?: number;
}

/**
 * The share of rows without a value, for each column that has any; columns that are whole are counted in the words beside it.
 * Danfo's own counts of what is missing pass over codes, and `isNa().sum()` counts by row unless it is told `axis: 0`.
 *
 * @example
 * missingness(calls, { codes: ['unknown'] });
 */
export function missingness(data: FigureData, options: MissingnessOptions = {}): Figure {
  const codes = new Set<string | number>(options.codes ?? []);
  const all = columnNames(data).map((name) => {
    const column = columnOf(data, name);
    const missing = { blank: 0, coded: 0 };
    if (column.kind === 'category') {
      const coded = column.levels.map((level) => codes.has(level));
      for (const code of column.codes) code < 0 ? missing.blank++ : coded[code] && missing.coded++;
    } else {
      for (const value of column.values)
        Number.isNaN(value) ? missing.blank++ : codes.has(value) && missing.coded++;
    }
    return { name, rows: rowsOf(column), ...missing };
  });
  const rows = all[0]?.rows ?? 0;
  const gaps = all
    .filter(({ blank, coded }) => blank + coded > 0)
    .sort((a, b) => b.blank + b.coded - a.blank - a.coded);
  const drawn = gaps.slice(0, options.most ?? 30);
  const share = (count: number): string => formatPercent(count / Math.max(1, rows));
  const [most] = gaps;
  const title = most
    ? `${gaps.length} of ${all.length} columns have gaps: ${most.name} lacks ${share(most.blank + most.coded)}`
    : `Nothing is missing in ${all.length} columns of ${formatCount(rows)} rows`;
  const y = drawn.map(({ name }) => plotText(name));
  const kinds = [
    { kind: 'blank', name: 'blank', colour: COLOUR.blue },
    { kind: 'coded', name: 'coded as missing', colour: COLOUR.grey },
  ] as const;
  const found = kinds.filter(({ kind }) => drawn.some((one) => one[kind] > 0));
  const key = seriesKey(found);
  return shown({
    title: options.title ?? title,
    alt: `${title}. ${gaps.map(({ name, blank, coded }) => `${name}: ${share(blank + coded)}`).join('; ')}`.trim(),
    data: found.map(({ kind, name, colour }) => ({
      type: 'bar' as const,
      orientation: 'h',
      y,
      x: drawn.map((one) => one[kind] / Math.max(1, rows)),
      marker: { color: colour },
      customdata: drawn.map((one) => [share(one[kind]), formatCount(one[kind])]),
      hovertemplate: `%{y}: %{customdata[0]} ${name}, %{customdata[1]} rows<extra></extra>`,
    })),
    layout: {
      height: 90 + key.height + 24 * Math.max(1, drawn.length),
      margin: { l: 8, r: 12, t: 12 + key.height, b: 8 },
      annotations: key.notes,
      barmode: 'stack',
      bargap: 0.2,
      xaxis: axis({ title: 'Share of rows without a value', tickformat: '.0%', range: [0, 1] }),
      yaxis: axis({ type: 'category', autorange: 'reversed', showgrid: false }),
    },
  });
}
