/** A race of forecasters as it shows itself. */
import { shortNumber } from '../../table/print.js';
import type { Sheet } from '../../table/sheet.js';
import type { Estimate } from '../../task/predictions.js';
import type { ForecastRace } from './forecast-race.js';
import { describeOrigins } from './rolling-origin.js';

/** The leaderboard with its intervals, and what it means. */
export function forecastRaceSheet({
  rows,
  metrics,
  failures,
  protocol,
  origins,
  series,
}: ForecastRace): Sheet {
  const level = Math.round(100 * (rows[0]?.scores[metrics[0]!.name]?.level ?? 0.95));
  return {
    header: ['forecaster', ...metrics.map(({ name }) => name)],
    rows: [
      ...rows.map(({ name, scores }) => [name, ...metrics.map((metric) => formatted(scores[metric.name]!))]),
      ...failures.map(({ name }) => [name, ...metrics.map(() => '–')]),
    ],
    align: ['left', ...metrics.map(() => 'right' as const)],
    below: [
      '',
      `In brackets: ${level} % intervals, from resampling the ${series} series.`,
      `Rolling origin: ${describeOrigins({ ...protocol, origins })}.`,
      ...failures.map(({ why }) => why),
    ],
  };
}

function formatted({ value, low, high }: Estimate): string {
  if (Number.isNaN(value)) return '–';
  const [middle, from, to] = [value, low, high].map((part) => shortNumber(part, 4));
  return Number.isNaN(low) ? middle! : `${middle} (${from}–${to})`;
}
