/** Draws rows of dots with intervals (a forest plot): the label above its row, so that it reads on a phone too. */
import type { JsonObject } from '../json.js';
import type { Trace } from './figure.js';
import { formatScore } from './format-number.js';
import { axis, COLOUR, layout, line, note, plotText, scoreTicks, seriesKey } from './theme.js';

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
  { title, series, reference, joined }: DotRowOptions,
): { data: Trace[]; layout: JsonObject } {
  const step = series.length > 1 && !joined ? 0.24 : 0;
  const heightOf = (row: number, s: number): number => row + (s - (series.length - 1) / 2) * step;
  const rowHeight = (rows.length > 10 ? 44 : 50) + 14 * (step ? series.length - 1 : 0);
  const labelShift = step ? heightOf(0, series.length - 1) * rowHeight + 22 : 22;

  const range = rangeOf(rows, reference?.value, joined);

  const joins: Trace[] = joined ? rows.map((row, r) => joinOf(row, r)) : [];
  const dots = series.map(({ name, colour }, s): Trace => {
    const placed = rows.flatMap((row, r) =>
      row.dots[s] ? [{ row, dot: row.dots[s], y: heightOf(r, s) }] : [],
    );
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
      customdata: placed.map(({ row, dot }) => [
        plotText(row.label),
        `${formatScore(dot.value)}${dot.low === undefined || dot.high === undefined ? '' : ` (${formatScore(dot.low)} to ${formatScore(dot.high)})`}`,
      ]),
      hovertemplate: `<b>%{customdata[0]}</b><br>${plotText(name)}: %{customdata[1]}<extra></extra>`,
    };
  });

  const labels = rows.map((row, r) =>
    note(
      `${row.strong ? `<b>${plotText(row.label)}</b>` : plotText(row.label)}${row.remark ? ` <span style="color:${COLOUR.muted}">${plotText(row.remark)}</span>` : ''}`,
      {
        xref: 'paper',
        x: 0,
        xanchor: 'left',
        y: r,
        yanchor: 'middle',
        yshift: labelShift,
        font: { color: COLOUR.ink, size: 13 },
      },
    ),
  );
  const values = rows.flatMap((row, r) =>
    row.dots.flatMap((dot, s) => {
      if (!dot) return [];
      const leftmost = joined && s === smallestOf(row);
      return [
        note(formatScore(dot.value), {
          x: leftmost ? (dot.low ?? dot.value) : (dot.high ?? dot.value),
          xanchor: leftmost ? 'right' : 'left',
          xshift: leftmost ? -8 : 8,
          y: heightOf(r, s),
          yanchor: 'middle',
          font: { color: series[s]!.colour, size: 12 },
        }),
      ];
    }),
  );
  const key = seriesKey(series);
  const bottom = 56;

  return {
    data: [...joins, ...dots],
    layout: layout({
      height: rows.length * rowHeight + key.height + 8 + bottom,
      margin: { l: 4, r: 4, t: key.height + 8, b: bottom },
      xaxis: axis({ title, range, ...scoreTicks(...range), ticks: 'outside' }),
      yaxis: axis({ visible: false, range: [rows.length - 0.4, -0.62] }),
      shapes: [
        ...rows
          .slice(1)
          .map((_, r) => line({ xref: 'paper', x0: 0, x1: 1, y0: r + 0.3, y1: r + 0.3, color: COLOUR.grid })),
        ...(reference ? [referenceLine(reference.value)] : []),
      ],
      annotations: [
        ...labels,
        ...values,
        ...key.notes,
        ...(reference
          ? [
              note(plotText(reference.label), {
                x: reference.value,
                yref: 'paper',
                y: 0,
                yanchor: 'bottom',
                xanchor: 'left',
                xshift: 4,
              }),
            ]
          : []),
      ],
    }),
  };
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

/** Which series has the smallest value of the row. */
function smallestOf(row: DotRow): number {
  const values = row.dots.map((dot) => dot?.value ?? Number.POSITIVE_INFINITY);
  return values.indexOf(Math.min(...values));
}

/** All dots and intervals with room for the values beside them. */
function rangeOf(rows: readonly DotRow[], reference: number | undefined, joined?: boolean): [number, number] {
  const all = rows.flatMap(({ dots }) =>
    dots.flatMap((dot) => (dot ? [dot.value, dot.low ?? dot.value, dot.high ?? dot.value] : [])),
  );
  if (reference !== undefined) all.push(reference);
  const low = Math.min(...all);
  const high = Math.max(...all);
  const width = high - low || Math.abs(high) || 1;
  return [low - width * (joined ? 0.16 : 0.04), high + width * 0.16];
}
