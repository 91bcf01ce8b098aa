/** What stands in a still picture beside its marks: straight lines and bands, texts, and the names of the series. */
import type { Json, JsonObject } from '../../json.js';
import { COLOUR } from '../theme.js';
import type { Axis, Frame } from './still-axis.js';
import { escapeSvg, px, svgText, textWidth } from './svg.js';

interface Axes {
  readonly x: Axis;
  readonly y: Axis;
}

/** Lines and rectangles of the layout. */
export function drawShapes(layout: JsonObject, axes: Axes, frame: Frame): string {
  const shapes = (layout.shapes ?? []) as JsonObject[];
  return shapes
    .map((shape) => {
      const [x0, y0] = placeOf({ ...shape, x: shape.x0!, y: shape.y0! }, axes, frame);
      const [x1, y1] = placeOf({ ...shape, x: shape.x1!, y: shape.y1! }, axes, frame);
      if (shape.type === 'rect') {
        const [left, top] = [Math.min(x0, x1), Math.min(y0, y1)];
        return `<rect x='${px(left)}' y='${px(top)}' width='${px(Math.abs(x1 - x0))}' height='${px(Math.abs(y1 - y0))}' fill='${escapeSvg(String(shape.fillcolor ?? 'none'))}'/>`;
      }
      const { color = COLOUR.grey, dash, width = 1 } = (shape.line ?? {}) as JsonObject;
      const dashed = dash === undefined || dash === 'solid' ? '' : ` stroke-dasharray='3 3'`;
      return `<path d='M${px(x0)} ${px(y0)}L${px(x1)} ${px(y1)}' stroke='${escapeSvg(String(color))}' stroke-width='${Number(width)}'${dashed}/>`;
    })
    .join('');
}

/** Texts of the layout, without plotly's small HTML. */
export function drawNotes(layout: JsonObject, axes: Axes, frame: Frame): string {
  const notes = (layout.annotations ?? []) as JsonObject[];
  return notes
    .flatMap((note) => {
      const [x, y] = placeOf(note, axes, frame);
      const lines = String(note.text).split('<br>').map(bare);
      const { color = COLOUR.muted, size = 12 } = (note.font ?? {}) as { color?: string; size?: number };
      const anchor = note.xanchor === 'left' ? 'start' : note.xanchor === 'right' ? 'end' : 'middle';
      const above = { bottom: lines.length - 1, top: -1 }[String(note.yanchor)] ?? (lines.length - 2) / 2;
      const from = y - Number(note.yshift ?? 0) - above * 1.3 * size - (note.yanchor === 'bottom' ? 3 : 0);
      return lines.map((line, i) =>
        svgText(line, {
          x: x + Number(note.xshift ?? 0),
          y: from + i * 1.3 * size,
          anchor,
          fill: color,
          size,
        }),
      );
    })
    .join('');
}

/** The names of the series on top, in rows as they fit. */
export function drawLegend(
  traces: readonly { trace: JsonObject; colour: string }[],
  width: number,
): { text: string; height: number } {
  let [x, row] = [16, 0];
  const parts = traces.flatMap(({ trace, colour }) => {
    if (typeof trace.name !== 'string') return [];
    const name = bare(trace.name);
    const room = 40 + textWidth(name);
    if (x + room > width) [x, row] = [16, row + 1];
    const y = 14 + 18 * row;
    const isPoint = trace.type === 'bar' || trace.mode === 'markers';
    const { dash } = (trace.line ?? {}) as { dash?: string };
    const dashed = dash === undefined || dash === 'solid' ? '' : ` stroke-dasharray='2 3'`;
    const look = isPoint ? `stroke-width='8' stroke-linecap='round'` : `stroke-width='2'${dashed}`;
    const sign = `<path d='M${px(isPoint ? x + 8 : x)} ${y - 4}h${isPoint ? 0 : 20}' stroke='${colour}' ${look}/>`;
    const text = svgText(name, { x: x + 26, y, fill: COLOUR.ink });
    x += room;
    return [sign + text];
  });
  return { text: parts.join(''), height: 18 * (row + 1) + 4 };
}

function placeOf(one: JsonObject, { x, y }: Axes, frame: Frame): [number, number] {
  const within = (share: Json, from: number, to: number): number => from + Number(share) * (to - from);
  return [
    one.xref === 'paper' ? within(one.x!, frame.left, frame.right) : x.at(one.x!),
    one.yref === 'paper' ? within(one.y!, frame.bottom, frame.top) : y.at(one.y!),
  ];
}

function bare(text: string): string {
  return text
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
