/** The axes of a still picture: what stands where, with grid, labels and title. */
import type { Json, JsonObject } from '../../json.js';
import { COLOUR } from '../theme.js';
import { type Tick, ticksOf } from './still-ticks.js';
import { px, svgText, textWidth } from './svg.js';

/** Where all plots are drawn, in pixels. */
export interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** One axis of a picture. `at` gives pixels once it is placed. */
export interface Axis {
  readonly title: string;
  readonly visible: boolean;
  readonly ticks: readonly Tick[];
  /** The pixels between its ends, the low one first; the vertical axis rises to smaller pixels. */
  ends: readonly [number, number];
  place(frame: Frame, letter: 'x' | 'y'): void;
  at(value: Json): number;
  /** Pixels between neighbours: of categories, or of the nearest two values. */
  step(): number;
}

/** The axis of these traces, with plotly's settings for it. */
export function axisOf(settings: JsonObject, traces: readonly JsonObject[], letter: 'x' | 'y'): Axis {
  const values = traces.flatMap((trace) => trace[letter] as Json[]);
  const categories =
    settings.type === 'category' || values.some((value) => typeof value === 'string')
      ? [...new Set(values.map(String))]
      : undefined;
  const isLog = settings.type === 'log';
  const numberOf = (value: Json): number => {
    if (categories) return categories.indexOf(String(value));
    if (typeof value !== 'number') return Number.NaN;
    return isLog ? Math.log10(value) : value;
  };
  const [low, high] = rangeOf(settings, traces, { letter, categories, numberOf });
  const domain = (settings.domain ?? [0, 1]) as [number, number];
  const title = (settings.title as JsonObject | undefined)?.text ?? settings.title ?? '';
  const axis: Axis = {
    title: String(title),
    visible: settings.visible !== false,
    ticks: ticksOf(settings, { low, high, categories, isLog, letter }),
    ends: [0, 0],
    place(frame, letter) {
      const [from, to] = letter === 'x' ? [frame.left, frame.right] : [frame.bottom, frame.top];
      axis.ends = [from + domain[0] * (to - from), from + domain[1] * (to - from)];
    },
    at(value) {
      const [from, to] = axis.ends;
      return from + ((numberOf(value) - low) / (high - low)) * (to - from);
    },
    step() {
      const perUnit = Math.abs((axis.ends[1] - axis.ends[0]) / (high - low));
      if (categories) return perUnit;
      const sorted = [...new Set(values.map(numberOf))].sort((a, b) => a - b);
      const gaps = sorted.slice(1).map((value, i) => value - sorted[i]!);
      return perUnit * (gaps.length > 0 ? Math.min(...gaps) : (high - low) / 2);
    },
  };
  return axis;
}

/** Room to the left of a vertical axis, for its labels and title. */
export function labelRoom(y: Axis): number {
  if (!y.visible) return 12;
  const widest = Math.max(0, ...y.ticks.map(({ label }) => textWidth(label)));
  return widest + 14 + (y.title === '' ? 0 : 20);
}

/** Grid, labels and titles of a pair of axes. */
export function drawAxis(x: Axis, y: Axis): string {
  const [left, right] = x.ends;
  const [bottom, top] = y.ends;
  const grid: string[] = [];
  const labels: string[] = [];
  if (x.visible) {
    for (const { value, label } of x.ticks) {
      const at = x.at(value);
      grid.push(`M${px(at)} ${px(bottom)}V${px(top)}`);
      labels.push(svgText(label, { x: at, y: bottom + 16, anchor: 'middle', fill: COLOUR.muted }));
    }
    const middle = (left + right) / 2;
    labels.push(title(x, { x: middle, y: bottom + 36 }));
  }
  if (y.visible) {
    for (const { value, label } of y.ticks) {
      const at = y.at(value);
      grid.push(`M${px(left)} ${px(at)}H${px(right)}`);
      labels.push(svgText(label, { x: left - 6, y: at + 4, anchor: 'end', fill: COLOUR.muted }));
    }
    labels.push(title(y, { x: left - labelRoom(y) + 14, y: (bottom + top) / 2, turned: true }));
  }
  const lines = `<path d='${grid.join('')}' stroke='${COLOUR.grid}'/>`;
  return `${lines}<path d='M${px(left)} ${px(top)}V${px(bottom)}H${px(right)}' stroke='${COLOUR.rule}' fill='none'/>${labels.join('')}`;
}

function title(axis: Axis, place: { x: number; y: number; turned?: boolean }): string {
  return axis.title === ''
    ? ''
    : svgText(axis.title, { ...place, anchor: 'middle', fill: COLOUR.muted, size: 13 });
}

function rangeOf(
  settings: JsonObject,
  traces: readonly JsonObject[],
  {
    letter,
    categories,
    numberOf,
  }: { letter: 'x' | 'y'; categories: string[] | undefined; numberOf(value: Json): number },
): [number, number] {
  const given = settings.range as [number, number] | undefined;
  if (given) return given;
  const turn = ([low, high]: [number, number]): [number, number] =>
    settings.autorange === 'reversed' ? [high, low] : [low, high];
  const bars = traces.filter(({ type }) => type === 'bar');
  if (categories) return turn([-0.5, categories.length - 0.5]);
  const ends = traces
    .flatMap((trace) => valuesWithErrors(trace, letter))
    .map(numberOf)
    .filter(Number.isFinite);
  const count = new Set(ends).size;
  const isLength = (bar: JsonObject): boolean => (bar.orientation === 'h') === (letter === 'x');
  const fromZero = settings.rangemode === 'tozero' || bars.some(isLength);
  if (fromZero) ends.push(0);
  const [least, most] = [Math.min(...ends), Math.max(...ends)];
  const width = most - least || Math.abs(most) || 1;
  // Bars that stand on this axis need half their width beside the first and the last.
  const room = bars.length > 0 && !fromZero ? (0.6 * width) / Math.max(1, count - 1) : 0.05 * width;
  return turn([fromZero && least === 0 ? 0 : least - room, fromZero && most === 0 ? 0 : most + room]);
}

function valuesWithErrors(trace: JsonObject, letter: 'x' | 'y'): Json[] {
  const values = trace[letter] as Json[];
  const error = trace[`error_${letter}`] as { array?: number[]; arrayminus?: number[] } | undefined;
  if (!error) return values;
  return values.flatMap((value, i): Json[] =>
    typeof value === 'number'
      ? [value - (error.arrayminus ?? error.array)![i]!, value + error.array![i]!]
      : [value],
  );
}
