/** What went before and how it may go on, as a drawing that needs no script: a line, and bands that widen. */
import { ticksOf } from '../../report/still/still-ticks.js';
import { escapeSvg, px, svgText } from '../../report/still/svg.js';
import { COLOUR } from '../../report/theme.js';
import { shortNumber } from '../../table/print.js';
import { forecastOf, isForecast } from './answers.js';
import type { KeptForecasts } from './kept-forecasts.js';

const width = 720;
const height = 260;
const frame = { left: 46, right: 10, top: 12, bottom: 26 };

/** The chart of one series as SVG. Its title tells the forecast in words, for those who do not see it. */
export function fanChart(kept: KeptForecasts, series: number): string {
  const { past, periods, target } = kept;
  const before = past.values.subarray(series * past.periods.length, (series + 1) * past.periods.length);
  const known = isForecast(kept, series);
  const forecast = forecastOf(kept, series);
  const shown = [...before, ...(known ? [...forecast.q95, ...forecast.q05] : [])].filter(Number.isFinite);
  const low = Math.min(0, ...shown);
  const high = Math.max(1, ...shown);
  const span = 1.05 * (high - low);
  const count = before.length + periods.length;
  const x = (place: number): number =>
    frame.left + ((place + 0.5) / count) * (width - frame.left - frame.right);
  const y = (value: number): number =>
    frame.top + ((low + span - value) / span) * (height - frame.top - frame.bottom);
  const parts: string[] = [];
  for (const tick of ticksOf({}, { low, high: low + span, categories: undefined, isLog: false, letter: 'y' })) {
    const level = y(Number(tick.value));
    parts.push(
      `<line x1='${frame.left}' x2='${width - frame.right}' y1='${px(level)}' y2='${px(level)}' stroke='${COLOUR.grid}'/>`,
      svgText(tick.label, { x: frame.left - 8, y: level + 4, anchor: 'end', fill: COLOUR.muted }),
    );
  }
  const names = [...past.periods, ...periods];
  for (const place of [0, Math.max(0, before.length - 1), count - 1])
    parts.push(
      svgText(names[place] ?? '', {
        x: Math.min(Math.max(x(place), frame.left + 30), width - frame.right - 30),
        ...{ y: height - 8, anchor: 'middle', fill: COLOUR.muted },
      }),
    );
  if (known) {
    const at = (i: number): number => x(before.length + i);
    const band = (under: readonly number[], over: readonly number[], opacity: number): string => {
      const points = [
        ...over.map((value, i) => `${px(at(i))},${px(y(value))}`),
        ...under.map((value, i) => `${px(at(i))},${px(y(value))}`).reverse(),
      ];
      return `<polygon points='${points.join(' ')}' fill='${COLOUR.blue}' fill-opacity='${opacity}'/>`;
    };
    parts.push(
      band(forecast.q05, forecast.q95, 0.15),
      band(forecast.q25, forecast.q75, 0.25),
      line(
        forecast.mean.map((value, i) => [at(i), y(value)]),
        COLOUR.blue,
      ),
    );
  }
  for (const piece of pieces(before))
    parts.push(
      line(
        piece.map(([i, value]) => [x(i), y(value)]),
        COLOUR.ink,
      ),
    );
  const words = known
    ? `${target.name}: ${forecast.mean.map((mean, i) => `${periods[i]} ${shortNumber(mean)} (${shortNumber(forecast.q05[i]!)} to ${shortNumber(forecast.q95[i]!)})`).join(', ')}`
    : `${target.name}: nothing is known of this series yet`;
  return `<svg class='fan' viewBox='0 0 ${width} ${height}' role='img' font-size='12'><title>${escapeSvg(words)}</title>${parts.join('')}</svg>`;
}

function line(points: readonly (readonly [number, number])[], colour: string): string {
  if (points.length === 1) {
    const [[cx, cy]] = points as [readonly [number, number]];
    return `<circle cx='${px(cx)}' cy='${px(cy)}' r='2' fill='${colour}'/>`;
  }
  const text = points.map(([px1, py]) => `${px(px1)},${px(py)}`).join(' ');
  return `<polyline points='${text}' fill='none' stroke='${colour}' stroke-width='1.8'/>`;
}

/** The parts of a line between what is not known. */
function pieces(values: Float64Array): [number, number][][] {
  const found: [number, number][][] = [];
  let piece: [number, number][] = [];
  values.forEach((value, i) => {
    if (!Number.isNaN(value)) piece.push([i, value]);
    if ((Number.isNaN(value) || i === values.length - 1) && piece.length > 0) {
      found.push(piece);
      piece = [];
    }
  });
  return found;
}
