/** Draws a grid of colours: how two columns go together, or which numbers rise together. */
import type { Figure } from '../report/figure.js';
import { formatCount, formatPercent, formatScore } from '../report/format-number.js';
import { axis, COLOUR, plotText } from '../report/theme.js';
import { formatNumber } from '../table/print.js';
import { correlation } from './correlation.js';
import { columnNames, columnOf, type FigureData } from './figure-data.js';
import { groupsOf } from './groups.js';
import { outcomeOf } from './outcome.js';
import { type FigureOptions, shown } from './shown.js';

/** The options of `heatmap`. */
export interface HeatmapOptions extends FigureOptions {
  /** Both, for how two columns go together; neither, for the correlations of all columns of numbers. */
  x?: string;
  y?: string;
  /** The rate (or mean) of this column in each field; without it, the number of rows. */
  z?: string;
  /** The level of `z` that counts, as in `rateBy`. */
  yes?: string;
  /** About how many ranges of a number; by default 8. */
  bins?: number;
  /** At most so many levels of a text; by default 15. */
  most?: number;
}

/** The title speaks of no field of fewer rows. */
const fewRows = 30;

/** Fields are written in where there are not too many. */
const mostWritten = 15;

/**
 * With `x` and `y`: the number of rows, or the rate of `z`, for each pair of levels or ranges. Without them: Pearson's
 * correlation of every two columns of numbers, over the rows that have both.
 *
 * @example
 * heatmap(calls, { x: 'month', y: 'housing', z: 'y' });
 */
export function heatmap(data: FigureData, options: HeatmapOptions = {}): Figure {
  const { x, y } = options;
  return x === undefined && y === undefined ? correlations(data, options) : pairs(data, options);
}

function correlations(data: FigureData, options: HeatmapOptions): Figure {
  const columns = columnNames(data)
    .map((name) => columnOf(data, name))
    .filter((column) => column.kind === 'number');
  const names = columns.map(({ name }) => name);
  const values = columns.map((a, i) =>
    columns.map((b, j) => (i === j ? 1 : correlation(a.values, b.values))),
  );
  const strongest = values
    .flatMap((row, i) => row.slice(0, i).map((value, j) => ({ value, pair: `${names[j]} and ${names[i]}` })))
    .filter(({ value }) => !Number.isNaN(value))
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  const [first] = strongest;
  const title = first
    ? `Correlations: the strongest is ${formatScore(first.value, 2)}, of ${first.pair}`
    : 'There are no two columns of numbers that vary';
  const said = strongest.slice(0, 5).map(({ value, pair }) => `${pair} ${formatScore(value, 2)}`);
  return grid({
    title: options.title ?? title,
    alt: `${title}. ${said.join('; ')}.`,
    across: names,
    down: names,
    values,
    text: (value) => formatScore(value, 2),
    scale: {
      zmin: -1,
      zmax: 1,
      colorscale: [
        [0, COLOUR.orange],
        [0.5, COLOUR.paper],
        [1, COLOUR.blue],
      ],
    },
  });
}

function pairs(data: FigureData, options: HeatmapOptions): Figure {
  const { bins = 8, most = 15 } = options;
  const [x, y] = [columnOf(data, options.x), columnOf(data, options.y)];
  const [across, down] = [groupsOf(x, { bins, most }), groupsOf(y, { bins, most })];
  const outcome = options.z === undefined ? undefined : outcomeOf(columnOf(data, options.z), options.yes);
  const rows = down.names.map(() => across.names.map(() => 0));
  const sums = down.names.map(() => across.names.map(() => 0));
  across.codes.forEach((code, row) => {
    const value = outcome ? outcome.values[row]! : 1;
    if (Number.isNaN(value)) return;
    const below = down.codes[row]!;
    rows[below]![code]!++;
    sums[below]![code]! += value;
  });
  const values = outcome
    ? sums.map((line, i) => line.map((sum, j) => (rows[i]![j] === 0 ? Number.NaN : sum / rows[i]![j]!)))
    : rows;
  const text = (value: number): string =>
    !outcome || Number.isNaN(value)
      ? Number.isNaN(value)
        ? '–'
        : formatCount(value)
      : outcome.isShare
        ? formatPercent(value)
        : formatNumber(value, 3);
  const what = outcome?.label ?? 'Rows';
  const title = `${what} by ${x.name} and ${y.name}`;
  const fields = values.flatMap((line, i) =>
    line.map((value, j) => ({ value, rows: rows[i]![j]!, name: `${across.names[j]}, ${down.names[i]}` })),
  );
  // A rate of a few rows is no headline.
  const [best] = fields.filter((field) => field.rows >= fewRows).sort((a, b) => b.value - a.value);
  return grid({
    title: options.title ?? (best ? `${title}: ${text(best.value)} for ${best.name}` : title),
    alt: `${title}. ${down.names.map((name, i) => `${name}: ${values[i]!.map((value, j) => `${across.names[j]} ${text(value)}`).join(', ')}`).join('; ')}.`,
    across: across.names,
    down: down.names,
    values,
    rows,
    text,
    axes: [x.name, y.name],
    scale: {
      colorscale: [
        [0, COLOUR.paper],
        [1, COLOUR.blue],
      ],
      zmin: 0,
    },
  });
}

interface Grid {
  readonly title: string;
  readonly alt: string;
  readonly across: readonly string[];
  readonly down: readonly string[];
  readonly values: readonly (readonly number[])[];
  readonly rows?: readonly (readonly number[])[];
  text(value: number): string;
  readonly axes?: readonly [string, string];
  readonly scale: { zmin: number; zmax?: number; colorscale: [number, string][] };
}

function grid({ title, alt, across, down, values, rows, text, axes, scale }: Grid): Figure {
  const written = across.length <= mostWritten && down.length <= 30;
  const texts = values.map((line) => line.map((value) => (Number.isNaN(value) ? '' : text(value))));
  return shown({
    title,
    alt,
    data: [
      {
        type: 'heatmap',
        x: across.map(plotText),
        y: down.map(plotText),
        z: values.map((line) => line.map((value) => (Number.isNaN(value) ? null : value))),
        xgap: 1,
        ygap: 1,
        text: texts,
        ...(written && { texttemplate: '%{text}' }),
        ...(rows && { customdata: rows.map((line) => line.map(formatCount)) }),
        showscale: false,
        hoverongaps: false,
        hovertemplate: `%{y}, %{x}: %{text}${rows ? '<br>%{customdata} rows' : ''}<extra></extra>`,
        ...scale,
      },
    ],
    layout: {
      height: 110 + 28 * Math.max(2, down.length),
      xaxis: axis({ type: 'category', showgrid: false, ...(axes && { title: axes[0] }) }),
      yaxis: axis({
        type: 'category',
        showgrid: false,
        autorange: 'reversed',
        ...(axes && { title: axes[1] }),
      }),
    },
  });
}
