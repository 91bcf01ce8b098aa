/** Draws one number over another, row by row. */

import { seededRandom } from '../random.js';
import type { Figure } from '../report/figure.js';
import { formatCount, formatScore } from '../report/format-number.js';
import { axis, COLOUR, plotText, SERIES, seriesKey } from '../report/theme.js';
import { wrongKind } from './column-kind.js';
import { correlation } from './correlation.js';
import { columnOf, type FigureData } from './figure-data.js';
import { groupsOf } from './groups.js';
import { type FigureOptions, shown } from './shown.js';

/** The options of `scatter`. */
export interface ScatterOptions extends FigureOptions {
  /** The columns of numbers or dates. */
  x: string;
  y: string;
  /** A column whose levels have colours: five at most, the rest as one. */
  by?: string;
  /** At most so many points; by default 2,000. Of more rows these are drawn at random, and the axis says so. */
  most?: number;
  /** Draws the rows that are shown; by default 1. */
  seed?: number;
}

/**
 * Points of two numbers. A browser draws a few thousand points at once and freezes over fifty thousand, so that of many rows
 * a sample is shown; the correlation in the title is that of all rows. Rows without one of the two values are left out.
 * Throws `figure-wrong-kind` for a column of text.
 *
 * @example
 * scatter(calls, { x: 'age', y: 'balance', by: 'y' });
 */
export function scatter(data: FigureData, options: ScatterOptions): Figure {
  const [x, y] = [options.x, options.y].map((name) => {
    const column = columnOf(data, name);
    if (column.kind === 'category')
      throw wrongKind(column, 'numbers or dates', 'compare its levels with rateBy');
    return column;
  }) as [NumberOrDate, NumberOrDate];
  const groups =
    options.by === undefined ? undefined : groupsOf(columnOf(data, options.by), { bins: 5, most: 5 });
  const whole = Array.from(x.values.keys()).filter((row) => !Number.isNaN(x.values[row]! + y.values[row]!));
  const most = options.most ?? 2000;
  const rows = whole.length > most ? sample(whole, most, options.seed ?? 1) : whole;
  const names = groups?.names ?? ['rows'];
  const key = seriesKey(names.map((name, s) => ({ name, colour: SERIES[s % SERIES.length]! })));
  const at = ({ kind, values }: NumberOrDate, row: number): number | string =>
    kind === 'date' ? new Date(values[row]!).toISOString() : values[row]!;
  const together = correlation(x.values, y.values);
  const shownOf =
    rows.length < whole.length
      ? `; ${formatCount(rows.length)} of ${formatCount(whole.length)} rows, drawn at random`
      : '';
  const axisOf = ({ name, kind }: NumberOrDate, remark = ''): ReturnType<typeof axis> =>
    axis({ title: name + remark, ...(kind === 'date' && { type: 'date' }) });
  const said = Number.isNaN(together)
    ? 'there is no correlation'
    : `the correlation is ${formatScore(together, 2)}`;
  const title = `${y.name} over ${x.name}: ${said}`;
  return shown({
    title: options.title ?? title,
    alt: `${title}, of ${formatCount(whole.length)} rows${shownOf}.`,
    data: names.map((name, s) => {
      const own = groups ? rows.filter((row) => groups.codes[row] === s) : rows;
      return {
        type: 'scatter' as const,
        mode: 'markers',
        x: own.map((row) => at(x, row)),
        y: own.map((row) => at(y, row)),
        marker: { color: SERIES[s % SERIES.length]!, size: 5, opacity: 0.5 },
        hovertemplate: `${groups ? `<b>${plotText(name)}</b><br>` : ''}${plotText(x.name)} %{x}<br>${plotText(y.name)} %{y}<extra></extra>`,
      };
    }),
    layout: {
      height: 400 + key.height,
      margin: { l: 8, r: 12, t: 12 + key.height, b: 8 },
      xaxis: axisOf(x, shownOf),
      yaxis: axisOf(y),
      annotations: key.notes,
      plot_bgcolor: COLOUR.paper,
    },
  });
}

type NumberOrDate = Exclude<ReturnType<typeof columnOf>, { kind: 'category' }>;

/** So many of the rows, in their order. */
function sample(rows: readonly number[], count: number, seed: number): number[] {
  const chosen = seededRandom(seed)
    .fork('scatter')
    .shuffle(Uint32Array.from(rows.keys()))
    .slice(0, count)
    .sort();
  return Array.from(chosen, (place) => rows[place]!);
}
