/** The frame of a small drawing: scales, a grid with ticks, and the element with its words. */
import { ticksOf } from '../../report/still/still-ticks.js';
import { escapeSvg, px, svgText } from '../../report/still/svg.js';
import { COLOUR } from '../../report/theme.js';

const margin = { left: 46, right: 10, top: 12, bottom: 26 };
const width = 720;

/** Places in a drawing; coordinates are texts, to a tenth of a pixel. */
export interface ChartFrame {
  x(value: number): string;
  y(value: number): string;
  /** Lines and labels of the vertical axis, and of the horizontal one where it has no names. */
  readonly grid: string;
  /** The drawing with these words as its title. */
  svg(words: string, inside: string): string;
  readonly colours: typeof COLOUR;
}

/** A frame from the lowest to the highest value of each axis. `names` are texts at places of the horizontal one, in place of numbers. */
export function chartFrame(options: {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly height: number;
  readonly names?: readonly (readonly [number, string])[];
}): ChartFrame {
  const { height } = options;
  const [left, right] = options.x;
  const [low, high] = options.y;
  const span = 1.05 * (high - low) || 1;
  const across = (value: number): number =>
    margin.left + ((value - left) / (right - left || 1)) * (width - margin.left - margin.right);
  const up = (value: number): number =>
    margin.top + ((low + span - value) / span) * (height - margin.top - margin.bottom);
  const ticks = ticksOf({}, { low, high: low + span, categories: undefined, isLog: false, letter: 'y' });
  const names =
    options.names === undefined
      ? ticksOf({}, { low: left, high: right, categories: undefined, isLog: false, letter: 'x' }).map(
          ({ value, label }) => ({ place: across(Number(value)), label }),
        )
      : apart(options.names.map(([value, label]) => ({ place: inside(across(value)), label })));
  const grid = [
    ...ticks.map(({ value, label }) => {
      const level = up(Number(value));
      const line = `<line x1='${margin.left}' x2='${width - margin.right}' y1='${px(level)}' y2='${px(level)}' stroke='${COLOUR.grid}'/>`;
      return line + svgText(label, { x: margin.left - 8, y: level + 4, anchor: 'end', fill: COLOUR.muted });
    }),
    ...names.map(({ place, label }) =>
      svgText(label, { x: place, y: height - 8, anchor: 'middle', fill: COLOUR.muted }),
    ),
  ].join('');
  return {
    x: (value) => px(across(value)),
    y: (value) => px(up(value)),
    grid,
    colours: COLOUR,
    svg: (words, inside) =>
      `<svg class='chart' viewBox='0 0 ${width} ${height}' role='img' font-size='12'><title>${escapeSvg(words)}</title>${inside}</svg>`,
  };
}

/** Keeps a name of a day within the drawing. */
function inside(place: number): number {
  return Math.min(Math.max(place, margin.left + 30), width - margin.right - 30);
}

/** The names without those that would stand on the one before or on the last. */
function apart<Name extends { readonly place: number }>(names: readonly Name[]): readonly Name[] {
  const last = names.at(-1);
  const room = 90;
  return names.filter(
    (name, i) =>
      name === last ||
      i === 0 ||
      (name.place - names[i - 1]!.place >= room && last!.place - name.place >= room),
  );
}
