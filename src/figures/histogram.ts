/** Draws how the values of a number are spread. */
import { quantile, sortedValues } from '../features/quantile.js';
import type { Figure } from '../report/figure.js';
import { formatCount, formatPercent } from '../report/format-number.js';
import { axis, COLOUR, plotText, SERIES, seriesKey } from '../report/theme.js';
import { formatDate } from '../table/date-text.js';
import { formatNumber } from '../table/print.js';
import type { DateColumn, NumberColumn } from '../table/table.js';
import { wrongKind } from './column-kind.js';
import { columnOf, type FigureData, missingOf, rowsOf } from './figure-data.js';
import { groupsOf } from './groups.js';
import { type FigureOptions, shown } from './shown.js';

/** The options of `histogram`. */
export interface HistogramOptions extends FigureOptions {
  /** The column of numbers or dates; may be left out where there is only one. */
  x?: string;
  /** A column whose levels are drawn apart, each as a share of its own rows: five at most, the rest as one. */
  by?: string;
  /** About how many bars; by default 30. Their edges are round numbers. */
  bins?: number;
}

/**
 * How often values fall where. Counts are made here, so that any number of rows draws at once. Where a few values lie far
 * out, the first or last bar holds all beyond it, and the axis says so. Missing values are counted beside it.
 * Throws `figure-wrong-kind` for a column of text.
 *
 * @example
 * histogram(calls.table, { x: 'age', by: 'y' });
 */
export function histogram(data: FigureData, options: HistogramOptions = {}): Figure {
  const column = columnOf(data, options.x);
  if (column.kind === 'category') throw wrongKind(column, 'numbers or dates', 'draw its levels with bars');
  const { name, values } = column;
  const bins = binsOf(column, options.bins ?? 30);
  const groups =
    options.by === undefined ? undefined : groupsOf(columnOf(data, options.by), { bins: 5, most: 5 });
  const text = (value: number): string =>
    column.kind === 'date' ? formatDate(Math.round(value)).slice(0, 10) : formatNumber(value, 6);
  const label = (k: number): string => {
    const [from, to] = [bins.from + k * bins.step, bins.from + (k + 1) * bins.step];
    if (k === 0 && bins.openBelow) return `below ${text(to)}`;
    if (k === bins.count - 1 && bins.openAbove) return `${text(from)} and above`;
    if (!bins.isWhole) return `${text(from)} to ${text(to)}`;
    return bins.step === 1 ? text(from) : `${text(from)} to ${text(to - 1)}`;
  };
  const missing = missingOf(column);
  const rows = rowsOf(column);
  const present = rows - missing;
  const remarks = [
    bins.openBelow && `first bar: all below ${text(bins.from + bins.step)}`,
    bins.openAbove && `last bar: all from ${text(bins.from + (bins.count - 1) * bins.step)} on`,
    missing > 0 && `${formatCount(missing)} of ${formatCount(rows)} rows have no value`,
  ].filter((remark) => remark !== false);
  const series = groups?.names ?? ['rows'];
  const counts = series.map(() => new Float64Array(bins.count));
  values.forEach((value, row) => {
    const bin = bins.of(value);
    if (bin >= 0) counts[groups ? groups.codes[row]! : 0]![bin]!++;
  });
  const totals = counts.map((own) => own.reduce((sum, count) => sum + count, 0));
  const centre = bins.step === 1 && bins.isWhole ? 0 : bins.step / 2;
  const x = Array.from({ length: bins.count }, (_, k) => at(column.kind, bins.from + k * bins.step + centre));
  const key = seriesKey(series.map((one, s) => ({ name: one, colour: SERIES[s % SERIES.length]! })));
  const middle = sortedValues(values);
  const [low, high] = [quantile(middle, 1, 4), quantile(middle, 3, 4)];
  const title =
    present === 0
      ? `${name} has no values`
      : `${name}: half of the values lie between ${text(low)} and ${text(high)}`;
  return shown({
    title: options.title ?? title,
    alt: `Histogram of ${name}, ${formatCount(present)} values in ${bins.count} bars. ${title}. ${remarks.join('; ')}`.trim(),
    data: groups
      ? counts.map((own, s) => ({
          type: 'scatter' as const,
          mode: 'lines',
          ...steps(own, totals[s]!, bins, column.kind),
          line: { color: SERIES[s % SERIES.length]!, width: 2 },
          customdata: Array.from({ length: 2 * bins.count }, (_, i) => label(i >> 1)),
          hovertemplate: `<b>${plotText(series[s]!)}</b><br>%{customdata}: %{y:.1%} of ${formatCount(totals[s]!)}<extra></extra>`,
        }))
      : [
          {
            type: 'bar' as const,
            x,
            y: [...counts[0]!],
            marker: { color: COLOUR.blue },
            customdata: x.map((_, k) => [label(k), formatPercent(counts[0]![k]! / Math.max(1, present))]),
            hovertemplate: '%{customdata[0]}: %{y:,} rows, %{customdata[1]}<extra></extra>',
          },
        ],
    layout: {
      height: 340 + key.height,
      margin: { l: 8, r: 12, t: 12 + key.height, b: 8 },
      bargap: 0.06,
      hovermode: groups ? 'closest' : 'x',
      xaxis: axis({
        title: [name, ...remarks].join('; '),
        showgrid: false,
        ...(column.kind === 'date' && { type: 'date' }),
      }),
      yaxis: axis(
        groups
          ? { title: 'Share of the group', tickformat: '.0%', rangemode: 'tozero' }
          : { title: 'Rows', tickformat: ',' },
      ),
      annotations: key.notes,
    },
  });
}

interface Bins {
  readonly from: number;
  readonly step: number;
  readonly count: number;
  readonly isWhole: boolean;
  readonly openBelow: boolean;
  readonly openAbove: boolean;
  /** The bin of a value; -1 where it is missing. */
  of(value: number): number;
}

/** Bins with round edges; a thin tail far out goes into the first or the last. */
function binsOf({ kind, values }: NumberColumn | DateColumn, wanted: number): Bins {
  const sorted = sortedValues(values).filter(Number.isFinite);
  const [least, most] = [sorted[0] ?? 0, sorted[sorted.length - 1] ?? 1];
  const [low, high] = sorted.length === 0 ? [0, 1] : [quantile(sorted, 1, 200), quantile(sorted, 199, 200)];
  const far = (high - low) / 2;
  const openBelow = far > 0 && low - least > far;
  const openAbove = far > 0 && most - high > far;
  const [start, end] = [openBelow ? low : least, openAbove ? high : most];
  const isWhole = kind === 'number' && sorted.every(Number.isInteger);
  const rough = (end - start) / wanted;
  const round = kind === 'date' ? spanStep(rough) : roundStep(rough) || 1;
  const step = isWhole ? Math.max(1, round) : round;
  const from = Math.floor(start / step) * step;
  const count = Math.max(1, Math.floor((end - from) / step) + 1);
  const of = (value: number): number =>
    Number.isNaN(value) ? -1 : Math.min(count - 1, Math.max(0, Math.floor((value - from) / step)));
  return { from, step, count, isWhole, openBelow, openAbove, of };
}

/** The least of 1, 2 and 5 times a power of ten that is not below. */
function roundStep(rough: number): number {
  if (rough <= 0) return 0;
  const power = 10 ** Math.floor(Math.log10(rough));
  return ([1, 2, 5].find((times) => times * power >= rough * (1 - 1e-9)) ?? 10) * power;
}

const hour = 3_600_000;
/** One, six and twelve hours; one, seven, fourteen, 28, 91 and 364 days. */
const spans = [1, 6, 12, 24, 7 * 24, 14 * 24, 28 * 24, 91 * 24, 364 * 24].map((hours) => hours * hour);

/** The least of them that is not below, or so many years. */
function spanStep(rough: number): number {
  const year = spans[spans.length - 1]!;
  return spans.find((span) => span >= rough) ?? Math.ceil(rough / year) * year;
}

/** The outline of bars of shares. */
function steps(
  counts: Float64Array,
  total: number,
  { from, step }: Bins,
  kind: 'number' | 'date',
): { x: (number | string)[]; y: number[] } {
  const x: (number | string)[] = [];
  const y: number[] = [];
  counts.forEach((count, k) => {
    x.push(at(kind, from + k * step), at(kind, from + (k + 1) * step));
    y.push(count / Math.max(1, total), count / Math.max(1, total));
  });
  return { x, y };
}

function at(kind: 'number' | 'date', value: number): number | string {
  return kind === 'date' ? new Date(value).toISOString() : value;
}
