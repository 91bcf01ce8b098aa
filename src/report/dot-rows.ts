/** Draws rows of dots with intervals (a forest plot): the label above its row, so that it reads on a phone too. */
import type { JsonObject } from '../json.js';
import type { Trace } from './figure.js';
import { formatRange, formatScore } from './format-number.js';
import { axis, COLOUR, layout, line, note, plotText, scoreTicks, seriesKey, wrapText } from './theme.js';

/** A dot, with its interval where it has one. */
export interface Dot {
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
  /** A filled dot stands out; the others are rings. All are filled unless told. */
  readonly hollow?: boolean;
}

/** One row: a label and one dot for each series, null where there is none. */
export interface DotRow {
  /** Plain text. */
  readonly label: string;
  readonly strong?: boolean;
  /** Said after the label, muted. Plain text. */
  readonly remark?: string;
  readonly dots: readonly (Dot | null)[];
}

/** How to draw them. */
export interface DotRowOptions {
  /** Of the horizontal axis. */
  readonly title: string;
  readonly series: readonly { readonly name: string; readonly colour: string }[];
  /** A value to compare with, and what it is: `{ value: 0.5, label: 'chance' }`. */
  readonly reference?: { readonly value: number; readonly label: string };
  /** Joins the dots of a row by a line: how far it is from one to the other. */
  readonly joined?: boolean;
}

/** Data and layout of rows of dots, the first row on top. Values are written beside their dots. */
export function dotRows(
  rows: readonly DotRow[],
  options: DotRowOptions,
): { data: Trace[]; layout: JsonObject } {
  const { title, series, reference, joined } = options;
  const dense = rows.length > 10;
  const gap = joined ? 0 : dense ? 9 : 13;
  const labelLines = Math.max(...rows.map((row) => linesOf(row).length));
  const spread = gap * (series.length - 1);
  const rowHeight = (dense ? 19 : 32) + 16 * labelLines + spread;
  const heights = series.map((_, s) => (gap * (s - (series.length - 1) / 2)) / rowHeight);
  const below = (spread / 2 + 13) / rowHeight;
  const range = rangeOf(rows, options);
  const key = seriesKey(series);
  const bottom = 56;
  return {
    data: [
      ...(joined ? rows.map(joinOf) : []),
      ...series.map((_, s) => dotsOf(rows, { ...options, s, height: heights[s]! })),
    ],
    layout: layout({
      height: rows.length * rowHeight + 16 + key.height + 8 + bottom,
      margin: { l: 4, r: 4, t: key.height + 8, b: bottom },
      xaxis: axis({ title, range, ...scoreTicks(...range), ticks: 'outside' }),
      yaxis: axis({
        visible: false,
        range: [rows.length - 1 + (spread / 2 + 28) / rowHeight, -1 + (spread / 2 + 12) / rowHeight],
      }),
      shapes: [
        ...rows
          .slice(1)
          .map((_, r) =>
            line({ xref: 'paper', x0: 0, x1: 1, y0: r + below, y1: r + below, color: COLOUR.grid }),
          ),
        ...(reference ? [referenceLine(reference.value)] : []),
      ],
      annotations: [
        ...rows.map((row, r) => labelOf(row, { y: r, yshift: 12 + spread / 2 })),
        ...rows.flatMap((row, r) => valuesOf(row, r, options, heights)),
        ...key.notes,
        ...(reference ? [referenceName(reference)] : []),
      ],
    }),
  };
}

/** The dots of one series, with their intervals. */
function dotsOf(
  rows: readonly DotRow[],
  { series, s, height }: DotRowOptions & { s: number; height: number },
): Trace {
  const { name, colour } = series[s]!;
  const placed = rows.flatMap((row, r) => (row.dots[s] ? [{ row, dot: row.dots[s], y: r + height }] : []));
  return {
    type: 'scatter',
    mode: 'markers',
    name: plotText(name),
    x: placed.map(({ dot }) => dot.value),
    y: placed.map(({ y }) => y),
    error_x: {
      type: 'data',
      symmetric: false,
      array: placed.map(({ dot }) => (dot.high ?? dot.value) - dot.value),
      arrayminus: placed.map(({ dot }) => dot.value - (dot.low ?? dot.value)),
      color: colour,
      thickness: 1.5,
      width: 0,
    },
    marker: {
      size: 10,
      color: placed.map(({ dot }) => (dot.hollow ? COLOUR.paper : colour)),
      line: { color: colour, width: 2 },
    },
    customdata: placed.map(({ row, dot }) => [plotText(row.label), plotText(name), spoken(dot)]),
    hovertemplate: '<b>%{customdata[0]}</b><br>%{customdata[1]}: %{customdata[2]}<extra></extra>',
  };
}

function spoken({ value, low, high }: Dot): string {
  const interval = low === undefined || high === undefined ? '' : ` (${formatRange({ low, high })})`;
  return formatScore(value) + interval;
}

function labelOf(row: DotRow, place: JsonObject): JsonObject {
  const lines = linesOf(row).map(plotText);
  const name = row.strong ? `<b>${lines.join('<br>')}</b>` : lines.join('<br>');
  const said = row.remark ? ` <span style="color:${COLOUR.muted}">${plotText(row.remark)}</span>` : '';
  const font = { color: COLOUR.ink, size: 13 };
  return note(name + said, {
    xref: 'paper',
    x: 0,
    xanchor: 'left',
    yanchor: 'bottom',
    align: 'left',
    bgcolor: 'rgba(255,255,255,0)',
    font,
    ...place,
  });
}

/** The label in lines that leave room for its remark. */
function linesOf({ label, strong, remark }: DotRow): string[] {
  return wrapText(label, (strong ? 42 : 48) - (remark ? remark.length + 1 : 0));
}

/**
 * A row's values beside the ends of their intervals; where the dots are joined, the smallest stands to the left. Else dots in one place
 * have their value written once.
 */
function valuesOf(
  row: DotRow,
  r: number,
  { series, joined }: DotRowOptions,
  heights: readonly number[],
): JsonObject[] {
  const values = row.dots.map((dot) => dot?.value ?? Number.POSITIVE_INFINITY);
  const smallest = values.indexOf(Math.min(...values));
  return row.dots.flatMap((dot, s) => {
    if (!dot) return [];
    const place = valuePlace(dot);
    if (!joined && row.dots.slice(s + 1).some((later) => later && valuePlace(later) === place)) return [];
    const left = joined && s === smallest;
    return [
      note(formatScore(dot.value), {
        x: left ? (dot.low ?? dot.value) : (dot.high ?? dot.value),
        xanchor: left ? 'right' : 'left',
        xshift: left ? -8 : 8,
        y: r + heights[s]!,
        yanchor: 'middle',
        font: { color: series[s]!.colour, size: 12 },
      }),
    ];
  });
}

function valuePlace({ value, high = value }: Dot): string {
  return `${formatScore(value)} ${formatScore(high)}`;
}

function joinOf(row: DotRow, r: number): Trace {
  const values = row.dots.flatMap((dot) => (dot ? [dot.value] : []));
  return {
    type: 'scatter',
    mode: 'lines',
    x: [Math.min(...values), Math.max(...values)],
    y: [r, r],
    line: { color: COLOUR.rule, width: 3 },
    hoverinfo: 'skip',
  };
}

function referenceLine(value: number): JsonObject {
  return line({ x0: value, x1: value, yref: 'paper', y0: 0, y1: 1, color: COLOUR.grey, dash: 'dot' });
}

function referenceName({ value, label }: { value: number; label: string }): JsonObject {
  const place = { yref: 'paper', y: 0, yanchor: 'bottom', xanchor: 'left', xshift: 4 };
  return note(plotText(label), { x: value, ...place });
}

/** All dots and intervals with room for the values beside them. */
function rangeOf(rows: readonly DotRow[], { reference, joined }: DotRowOptions): [number, number] {
  const all = rows.flatMap(({ dots }) =>
    dots.flatMap((dot) => (dot ? [dot.value, dot.low ?? dot.value, dot.high ?? dot.value] : [])),
  );
  if (reference) all.push(reference.value);
  const low = Math.min(...all);
  const high = Math.max(...all);
  const width = high - low || Math.abs(high) || 1;
  return [low - width * (joined ? 0.16 : 0.04), high + width * 0.16];
}
