/** What went before and how it may go on, as a drawing that needs no script: a line, and bands that widen. */
import { shortNumber } from '../../table/print.js';
import { forecastOf, isForecast } from './answers.js';
import { chartFrame } from './chart-frame.js';
import type { KeptForecasts } from './kept-forecasts.js';

/** The chart of one series as SVG. Its title tells the forecast in words, for those who do not see it. */
export function fanChart(kept: KeptForecasts, series: number): string {
  const { past, periods, target } = kept;
  const before = past.values.subarray(series * past.periods.length, (series + 1) * past.periods.length);
  const known = isForecast(kept, series);
  const forecast = forecastOf(kept, series);
  const shown = [...before, ...(known ? [...forecast.q95, ...forecast.q05] : [])].filter(Number.isFinite);
  const last = before.length + periods.length - 1;
  const allNames = [...past.periods, ...periods];
  const named = [...new Set([0, Math.max(0, before.length - 1), last])];
  const { x, y, grid, svg, colours } = chartFrame({
    x: [0, last],
    y: [Math.min(0, ...shown), Math.max(1, ...shown)],
    height: 260,
    names: named.map((place) => [place, allNames[place] ?? '']),
  });
  const path = (points: readonly (readonly [number, number])[], colour: string): string => {
    if (points.length === 1)
      return `<circle cx='${x(points[0]![0])}' cy='${y(points[0]![1])}' r='2' fill='${colour}'/>`;
    const text = points.map(([place, value]) => `${x(place)},${y(value)}`).join(' ');
    return `<polyline points='${text}' fill='none' stroke='${colour}' stroke-width='1.8'/>`;
  };
  const band = (under: readonly number[], over: readonly number[], opacity: number): string => {
    const points = [
      ...over.map((value, i) => `${x(before.length + i)},${y(value)}`),
      ...under.map((value, i) => `${x(before.length + i)},${y(value)}`).reverse(),
    ];
    return `<polygon points='${points.join(' ')}' fill='${colours.blue}' fill-opacity='${opacity}'/>`;
  };
  const ahead = known
    ? [
        band(forecast.q05, forecast.q95, 0.15),
        band(forecast.q25, forecast.q75, 0.25),
        path(
          forecast.mean.map((value, i) => [before.length + i, value]),
          colours.blue,
        ),
      ]
    : [];
  const words = known
    ? `${target.name}: ${forecast.mean.map((mean, i) => `${periods[i]} ${shortNumber(mean)} (${shortNumber(forecast.q05[i]!)} to ${shortNumber(forecast.q95[i]!)})`).join(', ')}`
    : `${target.name}: nothing is known of this series yet`;
  return svg(words, [grid, ...ahead, ...pieces(before).map((piece) => path(piece, colours.ink))].join(''));
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
