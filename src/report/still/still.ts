/** Draws a figure as a still picture, in SVG, for viewers that run no scripts; not every trace that plotly knows. */
import type { JsonObject } from '../../json.js';
import type { Figure } from '../figure.js';
import { COLOUR, SERIES } from '../theme.js';
import { type Axis, axisOf, drawAxis, type Frame, labelRoom } from './still-axis.js';
import { drawMarks } from './still-marks.js';
import { drawLegend, drawNotes, drawShapes } from './still-notes.js';
import { escapeSvg } from './svg.js';

/** Width in pixels; the height is the layout's. */
export const STILL_WIDTH = 720;

/** Traces and settings that are drawn; a figure with any other has no still picture. */
const drawn = new Set(['scatter', 'bar']);
const modes = /^(lines|markers|lines\+markers|none)$/;

/** A subplot: two axes and the traces on them. */
interface Plot {
  readonly x: Axis;
  readonly y: Axis;
  readonly traces: readonly { trace: JsonObject; colour: string }[];
}

/** The SVG text of a figure; undefined where it holds something that is not drawn here. */
export function stillPicture({
  data,
  layout,
  alt,
}: Pick<Figure, 'data' | 'layout' | 'alt'>): string | undefined {
  const traces = (data as readonly JsonObject[]).map((trace, i) => ({ trace, colour: colourOf(trace, i) }));
  if (!traces.every(({ trace }) => isDrawn(trace))) return undefined;
  const plots = plotsOf(traces, layout);
  if (plots.length === 0 || !plots.every(isPlain)) return undefined;
  const height = Number(layout.height ?? 360);
  const legend = layout.showlegend === true ? drawLegend(traces, STILL_WIDTH) : undefined;
  const frame: Frame = {
    left: Math.max(...plots.map(({ y }) => labelRoom(y))),
    right: STILL_WIDTH - 16,
    top: Math.max(10, (legend?.height ?? 0) + 8, Number((layout.margin as JsonObject | undefined)?.t ?? 0)),
    bottom: height - Math.max(...plots.map(({ x }) => (x.title === '' ? 26 : 46))),
  };
  const parts = plots.flatMap((plot) => {
    const { x, y } = plot;
    x.place(frame, 'x');
    y.place(frame, 'y');
    return [
      drawAxis(x, y),
      drawShapes(layout, plot, frame),
      ...plot.traces.map((one) => drawMarks(one, plot)),
    ];
  });
  const [first] = plots;
  return [
    `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 ${STILL_WIDTH} ${height}' width='${STILL_WIDTH}' height='${height}' font-family='sans-serif' font-size='12' role='img'>`,
    `<title>${escapeSvg(alt)}</title>`,
    `<rect width='${STILL_WIDTH}' height='${height}' fill='${COLOUR.paper}'/>`,
    ...parts,
    drawNotes(layout, first!, frame),
    legend?.text ?? '',
    '</svg>',
  ].join('');
}

function isDrawn(trace: JsonObject): boolean {
  if (!drawn.has(String(trace.type ?? 'scatter'))) return false;
  const lists = Array.isArray(trace.x) && Array.isArray(trace.y) && trace.x.length === trace.y.length;
  return lists && (trace.type === 'bar' || modes.test(String(trace.mode ?? 'lines')));
}

/** Bars side by side or stacked are not drawn. */
function isPlain({ traces }: Plot): boolean {
  return traces.filter(({ trace }) => trace.type === 'bar').length < 2;
}

function plotsOf(traces: Plot['traces'], layout: JsonObject): Plot[] {
  const pairs = new Map<string, Plot['traces'][number][]>();
  for (const one of traces) {
    const key = `${one.trace.xaxis ?? 'x'} ${one.trace.yaxis ?? 'y'}`;
    pairs.set(key, [...(pairs.get(key) ?? []), one]);
  }
  const axes = new Map<string, Axis>();
  const axis = (name: string, letter: 'x' | 'y'): Axis => {
    const mine = traces
      .map(({ trace }) => trace)
      .filter((trace) => (trace[`${letter}axis`] ?? letter) === name);
    const settings = (layout[name.replace(letter, `${letter}axis`)] ?? {}) as JsonObject;
    const known = axes.get(name) ?? axisOf(settings, mine, letter);
    axes.set(name, known);
    return known;
  };
  return [...pairs].map(([key, own]) => {
    const [x, y] = key.split(' ') as [string, string];
    return { x: axis(x, 'x'), y: axis(y, 'y'), traces: own };
  });
}

function colourOf({ marker, line }: JsonObject, index: number): string {
  for (const part of [line, marker] as (JsonObject | undefined)[])
    if (typeof part?.color === 'string') return escapeSvg(part.color);
  return SERIES[index % SERIES.length]!;
}
