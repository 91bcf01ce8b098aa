/** One sober look for every figure: report, notebooks and the service's page share it. */
import type { JsonObject } from '../json.js';
import { formatPercent, formatScore } from './format-number.js';

/** Fonts that every machine has; nothing is fetched. */
export const FONT =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif';

/**
 * The palette. The hues are those of Okabe and Ito, "Color Universal Design", 2008, which people with any of the
 * common colour deficiencies tell apart; orange and green are darkened until text in them has contrast 4.5 on white.
 */
export const COLOUR = {
  ink: '#1c2024',
  muted: '#5a626b',
  rule: '#c9ced4',
  grid: '#e9ebee',
  band: '#f5f6f8',
  paper: '#ffffff',
  blue: '#0067a5',
  paleBlue: '#a9cfe6',
  orange: '#b44f00',
  green: '#00785a',
  purple: '#9c4a7c',
  grey: '#8b939c',
} as const;

/** Hues for series, in the order to use them. */
export const SERIES: readonly string[] = [
  COLOUR.blue,
  COLOUR.orange,
  COLOUR.green,
  COLOUR.purple,
  COLOUR.muted,
];

/** An axis with a thin grid that does not take drags, so that a finger scrolls the page. Its title is plain text. */
export function axis(own: JsonObject = {}): JsonObject {
  return {
    automargin: true,
    fixedrange: true,
    gridcolor: COLOUR.grid,
    gridwidth: 1,
    zeroline: false,
    linecolor: COLOUR.rule,
    tickcolor: COLOUR.rule,
    ticks: '',
    tickfont: { color: COLOUR.muted, size: 12 },
    ...own,
    ...(typeof own.title === 'string'
      ? { title: { text: plotText(own.title), standoff: 10, font: { color: COLOUR.muted, size: 13 } } }
      : {}),
  };
}

/** The ticks of an axis of scores from `low` to `high`, written as scores are everywhere: .70, .75. */
export function scoreTicks(low: number, high: number): JsonObject {
  return ticks(low, high, (value, step) => formatScore(value, step < 0.1 ? 2 : step < 1 ? 1 : 0));
}

/** The ticks of an axis of shares, written as they are everywhere: 25 %. */
export function percentTicks(low: number, high: number): JsonObject {
  return ticks(low, high, (value) => formatPercent(value, 0));
}

function ticks(low: number, high: number, format: (value: number, step: number) => string): JsonObject {
  const tenth = 10 ** Math.floor(Math.log10((high - low) / 7 || 1));
  const step = Math.max(
    0.01,
    [1, 2, 5, 10].map((size) => size * tenth).find((size) => (high - low) / size <= 7)!,
  );
  const first = Math.ceil(low / step - 1e-9);
  const values = Array.from(
    { length: Math.floor(high / step + 1e-9) - first + 1 },
    (_, i) => (first + i) * step,
  );
  return { tickvals: values, ticktext: values.map((value) => format(value, step)) };
}

/** The layout that every figure starts from. `height` is in pixels; the width is the reader's. */
export function layout(own: JsonObject & { readonly height: number }): JsonObject {
  return {
    autosize: true,
    dragmode: false,
    showlegend: false,
    hovermode: 'closest',
    paper_bgcolor: COLOUR.paper,
    plot_bgcolor: COLOUR.paper,
    font: { family: FONT, size: 13, color: COLOUR.ink },
    hoverlabel: {
      bgcolor: COLOUR.paper,
      bordercolor: COLOUR.rule,
      align: 'left',
      namelength: -1,
      font: { family: FONT, size: 13, color: COLOUR.ink },
    },
    margin: { l: 8, r: 12, t: 12, b: 8 },
    ...own,
  };
}

/** Plotly's behaviour: it follows the width of the page and shows no buttons, logo or links. */
export const CONFIG: JsonObject = {
  responsive: true,
  displayModeBar: false,
  displaylogo: false,
  scrollZoom: false,
};

/** A text standing in a figure, without an arrow. */
export function note(text: string, own: JsonObject): JsonObject {
  return {
    text,
    showarrow: false,
    borderpad: 1,
    bgcolor: 'rgba(255,255,255,0.7)',
    font: { color: COLOUR.muted, size: 12 },
    ...own,
  };
}

/** A straight line behind or before the marks. */
export function line(own: JsonObject & { readonly color?: string; readonly dash?: string }): JsonObject {
  const { color = COLOUR.rule, dash = 'solid', ...shape } = own;
  return { type: 'line', layer: 'below', line: { color, width: 1, dash }, ...shape };
}

/** Text from data as plotly shows it literally: plotly reads a small HTML in every label. */
export function plotText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Words in lines of at most `width` characters, as they fit a phone at 13 pixels; a longer word stays whole. */
export function wrapText(text: string, width = 48): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1];
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Words in a colour, in bold, for labels that name a series where it stands. */
export function inColour(text: string, colour: string): string {
  return `<span style="color:${colour}"><b>${plotText(text)}</b></span>`;
}

/** Names of series in their colours above the plot, and the height in pixels that they take there. */
export interface SeriesKey {
  readonly height: number;
  readonly notes: readonly JsonObject[];
}

/** The key of a figure: on one line where that fits a phone, else a line for each. One series needs none. */
export function seriesKey(series: readonly { readonly name: string; readonly colour: string }[]): SeriesKey {
  if (series.length < 2) return { height: 0, notes: [] };
  const names = series.map(({ name, colour }) => ({ lines: wrapText(`● ${name}`, 42), colour }));
  const oneLine = series.reduce((sum, { name }) => sum + name.length + 4, 0) <= 44;
  const text = names
    .map(({ lines, colour }) => lines.map((words) => inColour(words, colour)).join('<br>'))
    .join(oneLine ? '   ' : '<br>');
  const count = oneLine ? 1 : names.reduce((sum, { lines }) => sum + lines.length, 0);
  const place = { xref: 'paper', x: 0, xanchor: 'left', yref: 'paper', y: 1, yanchor: 'bottom', yshift: 8 };
  return { height: 8 + 18 * count, notes: [note(text, { ...place, align: 'left' })] };
}
