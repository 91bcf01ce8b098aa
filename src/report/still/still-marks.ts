/** The marks of a still picture: lines, points with their intervals, and bars. */
import type { Json, JsonObject } from '../../json.js';
import type { Axis } from './still-axis.js';
import { escapeSvg, px } from './svg.js';

/** The marks of one trace on its axes. */
export function drawMarks(
  { trace, colour }: { trace: JsonObject; colour: string },
  { x, y }: { x: Axis; y: Axis },
): string {
  if (trace.type === 'bar') return drawBars(trace, colour, { x, y }) + drawErrors(trace, '#444', { x, y });
  const mode = String(trace.mode ?? 'lines');
  return [
    drawErrors(trace, colour, { x, y }),
    mode.includes('lines') ? drawLine(trace, colour, { x, y }) : '',
    mode.includes('markers') ? drawPoints(trace, colour, { x, y }) : '',
  ].join('');
}

const dashes: Readonly<Record<string, string>> = { dot: '2 3', dash: '7 5', dashdot: '7 4 2 4' };

function drawLine(trace: JsonObject, colour: string, axes: { x: Axis; y: Axis }): string {
  const { width = 2, dash = 'solid' } = (trace.line ?? {}) as { width?: number; dash?: string };
  let path = '';
  let pen = 'M';
  for (const place of placesOf(trace, axes)) {
    if (place) path += pen + place.join(' ');
    // A missing value is a gap.
    pen = place ? 'L' : 'M';
  }
  const dashed = dashes[dash] ? ` stroke-dasharray='${dashes[dash]}'` : '';
  return `<path d='${path}' fill='none' stroke='${colour}' stroke-width='${Number(width)}'${dashed}/>`;
}

/** Points of one size and colour are the round ends of lines without length: a dozen letters each. */
function drawPoints(trace: JsonObject, colour: string, axes: { x: Axis; y: Axis }): string {
  const marker = (trace.marker ?? {}) as { size?: number | number[]; color?: string | string[] };
  const groups = new Map<string, string>();
  placesOf(trace, axes).forEach((place, i) => {
    if (!place) return;
    const size = (Array.isArray(marker.size) ? marker.size[i] : marker.size) ?? 6;
    const fill = (Array.isArray(marker.color) ? marker.color[i] : marker.color) ?? colour;
    const look = `stroke='${escapeSvg(fill)}' stroke-width='${px(size)}'`;
    groups.set(look, `${groups.get(look) ?? ''}M${place.join(' ')}h0`);
  });
  return [...groups].map(([look, path]) => `<path d='${path}' ${look} stroke-linecap='round'/>`).join('');
}

function drawBars(trace: JsonObject, colour: string, { x, y }: { x: Axis; y: Axis }): string {
  const isFlat = trace.orientation === 'h';
  const [along, across] = isFlat ? [y, x] : [x, y];
  const thickness = along.step() * 0.8;
  const zero = clamp(across.at(0), across.ends);
  const bars = (trace.x as Json[]).map((value, i) => {
    const [place, length] = isFlat ? [(trace.y as Json[])[i]!, value] : [value, (trace.y as Json[])[i]!];
    const [start, end] = [along.at(place) - thickness / 2, clamp(across.at(length), across.ends)];
    if (Number.isNaN(end)) return '';
    return isFlat
      ? `M${px(zero)} ${px(start)}H${px(end)}v${px(thickness)}H${px(zero)}z`
      : `M${px(start)} ${px(zero)}V${px(end)}h${px(thickness)}V${px(zero)}z`;
  });
  return `<path d='${bars.join('')}' fill='${colour}'/>`;
}

function drawErrors(trace: JsonObject, colour: string, { x, y }: { x: Axis; y: Axis }): string {
  const lines = (['x', 'y'] as const).flatMap((letter) => {
    const error = trace[`error_${letter}`] as
      | { array?: number[]; arrayminus?: number[]; thickness?: number }
      | undefined;
    if (!error?.array) return [];
    const path = (trace.x as Json[]).map((_, i) => {
      const [atX, atY] = [(trace.x as Json[])[i]!, (trace.y as Json[])[i]!];
      const value = Number(letter === 'x' ? atX : atY);
      const [low, high] = [value - (error.arrayminus ?? error.array)![i]!, value + error.array![i]!];
      return letter === 'x'
        ? `M${px(x.at(low))} ${px(y.at(atY))}H${px(x.at(high))}`
        : `M${px(x.at(atX))} ${px(y.at(low))}V${px(y.at(high))}`;
    });
    return [`<path d='${path.join('')}' stroke='${colour}' stroke-width='${Number(error.thickness ?? 2)}'/>`];
  });
  return lines.join('');
}

/** Where each point stands, in pixels; undefined where one of its values is missing. */
function placesOf(trace: JsonObject, { x, y }: { x: Axis; y: Axis }): ([string, string] | undefined)[] {
  return (trace.x as Json[]).map((value, i) => {
    const [atX, atY] = [x.at(value), y.at((trace.y as Json[])[i]!)];
    return Number.isNaN(atX + atY) ? undefined : [px(atX), px(atY)];
  });
}

function clamp(value: number, [from, to]: readonly [number, number]): number {
  return Math.min(Math.max(value, Math.min(from, to)), Math.max(from, to));
}
