/** Draws one or two curves on a square of shares, with what chance would give and the point that is served. */

import type { JsonObject } from '../json.js';
import type { Point } from '../task/metrics/thin.js';
import type { Trace } from './figure.js';
import { formatPercent, formatTimes } from './format-number.js';
import { axis, COLOUR, layout, line, note, percentTicks, plotText } from './theme.js';

/** How to draw a curve. */
export interface CurveOptions {
  readonly x: string;
  readonly y: string;
  /** The line of no skill, from point to point, and its name. */
  readonly chance: { readonly from: Point; readonly to: Point; readonly label: string };
  /** The served cut-off on this curve. */
  readonly served?: Point | undefined;
  /** The vertical axis counts times; by default it is a share. */
  readonly times?: boolean;
  /** Of the vertical axis; 0 to 1 by default. */
  readonly yRange?: readonly [number, number];
  /** Written beside the curve. */
  readonly label?: string | undefined;
}

const QUARTERS = [0, 0.25, 0.5, 0.75, 1];

/** Data and layout of a curve. */
export function curve(
  points: readonly Point[],
  options: CurveOptions,
): { data: Trace[]; layout: JsonObject } {
  const { chance, served, yRange = [0, 1.02] } = options;
  const spoken = ([x, y]: Point): string[] => [
    formatPercent(x, 1),
    options.times ? formatTimes(y) : formatPercent(y, 1),
  ];
  // Not by its ends: the first few rows of a list may hold anything.
  const rises = heightAt(points, 0.75) > heightAt(points, 0.25);
  // A falling curve has most room at its right end, above what it has fallen from.
  const labelAt = rises && served && served[0] < 0.3 ? 0.4 : 0.2;
  const named: Point = [rises ? labelAt : 1, heightAt(points, labelAt)];
  const data: Trace[] = [
    {
      type: 'scatter',
      mode: 'lines',
      x: points.map(([x]) => x),
      y: points.map(([, y]) => y),
      line: { color: COLOUR.blue, width: 2.5 },
      customdata: points.map(spoken),
      hovertemplate: `${options.x} %{customdata[0]}<br>${options.y} %{customdata[1]}<extra></extra>`,
    },
  ];
  if (served) {
    data.push({
      type: 'scatter',
      mode: 'markers',
      x: [served[0]],
      y: [served[1]],
      marker: { color: COLOUR.orange, size: 11, line: { color: COLOUR.paper, width: 2 } },
      customdata: [spoken(served)],
      hovertemplate: `<b>served cut-off</b><br>${options.x} %{customdata[0]}<br>${options.y} %{customdata[1]}<extra></extra>`,
    });
  }
  return {
    data,
    layout: layout({
      height: 340,
      margin: { l: 8, r: 20, t: 12, b: 8 },
      xaxis: axis({
        title: options.x,
        range: [0, 1.01],
        tickvals: QUARTERS,
        ticktext: QUARTERS.map((share) => formatPercent(share, 0)),
        ticklabeloverflow: 'allow',
      }),
      yaxis: axis({
        title: options.y,
        range: yRange,
        ...(options.times ? { tickformat: '.1f' } : percentTicks(...yRange)),
      }),
      shapes: [
        line({
          x0: chance.from[0],
          y0: chance.from[1],
          x1: chance.to[0],
          y1: chance.to[1],
          color: COLOUR.grey,
          dash: 'dot',
        }),
      ],
      annotations: [
        note(plotText(chance.label), {
          x: rises ? 0.75 : 0.02,
          y: rises ? 0.75 : chance.to[1],
          xanchor: 'left',
          yanchor: 'top',
          xshift: rises ? 8 : 0,
        }),
        ...(options.label
          ? [
              besideCurve(`<b>${plotText(options.label)}</b>`, named, {
                side: rises ? 'below' : 'above',
                right: rises,
                colour: COLOUR.blue,
              }),
            ]
          : []),
        ...(served
          ? [
              // A rising curve leaves room above to the left and below to the right.
              besideCurve('<b>served</b>', served, {
                side: rises === served[0] > 0.2 ? 'above' : 'below',
                right: served[0] <= 0.2,
                colour: COLOUR.orange,
              }),
            ]
          : []),
      ],
    }),
  };
}

/** A name beside a point of the curve. */
function besideCurve(
  text: string,
  [x, y]: Point,
  { side, right, colour }: { side: 'above' | 'below'; right: boolean; colour: string },
): JsonObject {
  return note(text, {
    x,
    y,
    xanchor: right ? 'left' : 'right',
    yanchor: side === 'above' ? 'bottom' : 'top',
    xshift: right ? 8 : -8,
    yshift: side === 'above' ? 6 : -6,
    font: { color: colour, size: 12 },
  });
}

/** The curve's height at `x`, on straight lines between its points; they must stand in order of x. */
export function heightAt(points: readonly Point[], x: number): number {
  const after = points.findIndex(([px]) => px >= x);
  const b = points[after < 0 ? points.length - 1 : after];
  const a = points[Math.max(0, after - 1)];
  if (!a || !b) return Number.NaN;
  return b[0] === a[0] ? b[1] : a[1] + ((b[1] - a[1]) * (Math.min(x, b[0]) - a[0])) / (b[0] - a[0]);
}
