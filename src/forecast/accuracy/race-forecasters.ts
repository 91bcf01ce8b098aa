/** Runs a race of forecasters on rolling origins. */
import { bootstrap, percentileInterval } from '../../evaluate/intervals/bootstrap.js';
import { listNames, Problem } from '../../problem.js';
import { cellLine } from '../../progress.js';
import { withSheet } from '../../table/sheet.js';
import type { Counts, Estimate } from '../../task/predictions.js';
import type { Forecaster } from '../forecaster.js';
import { local } from '../local/local.js';
import { naive, seasonalNaive } from '../local/naive.js';
import type { Panel } from '../panel/panel.js';
import type { ForecastRace } from './forecast-race.js';
import { forecastRaceSheet } from './forecast-race-sheet.js';
import { judgeForecaster, type SeriesSums } from './judge-forecaster.js';
import type { ForecastMetric } from './metric.js';
import { seriesWape, smape } from './percentage-errors.js';
import { originsOf, type RollingOrigin } from './rolling-origin.js';
import { mase } from './scaled-errors.js';
import { segmentOf, segments } from './segment-of.js';

/** What a race is told. */
export interface ForecastRaceOptions {
  /** Each of another name. Naive, and seasonal naive where the panel has a season, take part in any case. */
  readonly candidates: readonly Forecaster[];
  readonly protocol: RollingOrigin;
  /** The first decides; MASE, WAPE and sMAPE by default. */
  readonly metrics?: readonly ForecastMetric[];
  /** Draws paths and intervals; also handed to the forecasters. */
  readonly seed: number;
  /** Of the intervals; .95 by default. */
  readonly level?: number;
  readonly threads?: number;
  /** Told after each candidate. */
  readonly onProgress?: (done: number, total: number, name: string) => void;
}

/**
 * Judges each candidate on what came after each origin. A candidate that throws a `Problem` is named with its reason and the race
 * goes on. Intervals resample whole series. Throws `forecast-bad-setting` for two candidates of one name,
 * `forecast-short-panel` where no origin is left, and `forecast-none-judged` where every candidate failed.
 *
 * @example
 * const race = raceForecasters(panel, {
 *   candidates: [local(ets()), local(theta())],
 *   protocol: rollingOrigin({ horizon: 4 }),
 *   seed: 1,
 * });
 * race.rows.length // → 4
 */
export function raceForecasters(panel: Panel, options: ForecastRaceOptions): ForecastRace {
  const { protocol, seed, level = 0.95, threads = 1, onProgress } = options;
  const { metrics = [mase(), seriesWape(), smape()] } = options;
  const candidates = withBaselines(options.candidates, panel);
  const origins = originsOf(panel, protocol);
  const judged = new Map<string, SeriesSums>();
  const failures: { name: string; why: string }[] = [];
  const line = onProgress ? undefined : cellLine();
  try {
    for (const [i, candidate] of candidates.entries()) {
      onProgress?.(i, candidates.length, candidate.name);
      line?.tell(i / candidates.length, candidate.name);
      try {
        const sums = judgeForecaster(candidate, origins, { metrics, delay: protocol.delay, seed, threads });
        judged.set(candidate.name, sums);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        failures.push({ name: candidate.name, why: `"${candidate.name}" failed: ${error.message}` });
      }
    }
    onProgress?.(candidates.length, candidates.length, '');
  } finally {
    line?.end();
  }
  if (judged.size === 0)
    throw new Problem({ code: 'forecast-none-judged', what: failures.map(({ why }) => why).join(' ') });
  return raceOf(judged, {
    panel,
    protocol,
    origins: origins.length,
    metrics,
    candidates,
    failures,
    seed,
    level,
  });
}

/** The candidates, and the naive ones that take part in any case. Throws `forecast-bad-setting` for two of one name. */
export function withBaselines(candidates: readonly Forecaster[], panel: Panel): readonly Forecaster[] {
  const baselines = [local(naive()), ...(panel.seasons.length > 0 ? [local(seasonalNaive())] : [])];
  const names = candidates.map(({ name }) => name);
  const twice = names.filter((name, i) => names.indexOf(name) < i);
  if (twice.length > 0)
    throw new Problem({
      code: 'forecast-bad-setting',
      what: `two candidates are called ${listNames(twice)}`,
      expected: 'each of another name',
    });
  return [...candidates, ...baselines.filter(({ name }) => !names.includes(name))];
}

interface Judged {
  readonly panel: Panel;
  readonly protocol: RollingOrigin;
  readonly origins: number;
  readonly metrics: readonly ForecastMetric[];
  readonly candidates: readonly Forecaster[];
  readonly failures: readonly { name: string; why: string }[];
  readonly seed: number;
  readonly level: number;
}

function raceOf(judged: ReadonlyMap<string, SeriesSums>, about: Judged): ForecastRace {
  const { panel, protocol, origins, metrics, candidates, failures, seed, level } = about;
  const series = panel.series.length;
  const scoreOf = (name: string, at: number, counts?: Counts): number => {
    const { parts, sums } = judgedAs(name)[at]!;
    const total = new Float64Array(parts);
    for (let i = 0; i < series; i++) {
      const weight = counts ? counts[i]! : 1;
      if (weight === 0) continue;
      for (let j = 0; j < parts; j++) total[j]! += weight * sums[i * parts + j]!;
    }
    return metrics[at]!.combine(total);
  };
  const judgedAs = (name: string): SeriesSums =>
    found(judged.get(name), 'candidate', [name, [...judged.keys()]]);
  const metricAt = (name = metrics[0]!.name): number => {
    const at = metrics.findIndex((metric) => metric.name === name);
    found(metrics[at], 'metric', [name, metrics.map((metric) => metric.name)]);
    return at;
  };
  // All on the same resamples of series.
  const intervals = (measures: readonly ((counts?: Counts) => number)[]): Estimate[] => {
    const { values, method } = bootstrap({ rows: { length: series } }, measures, { seed });
    return measures.map((of, i) =>
      percentileInterval(of(), values[i]!, { method: `${method} of series`, level }),
    );
  };
  const names = [...judged.keys()];
  const all = intervals(
    names.flatMap((name) => metrics.map((_, at) => (counts?: Counts) => scoreOf(name, at, counts))),
  );
  const scores = new Map(
    names.map((name, i) => [
      name,
      Object.fromEntries(metrics.map((metric, at) => [metric.name, all[i * metrics.length + at]!])),
    ]),
  );
  const ranking = (metric?: string): string[] => {
    const at = metricAt(metric);
    const { loss = (value: number) => value, name: key } = metrics[at]!;
    const lossOf = (name: string): number => {
      const value = loss(scores.get(name)![key]!.value);
      return Number.isNaN(value) ? Infinity : value;
    };
    // Equal losses stand in the order of the candidates: Infinity less Infinity is no number.
    return [...names].sort((a, b) => (lossOf(a) === lossOf(b) ? 0 : lossOf(a) - lossOf(b)));
  };
  const race: ForecastRace = {
    protocol,
    origins,
    metrics,
    series,
    rows: ranking().map((name) => ({ name, scores: scores.get(name)! })),
    failures,
    ranking,
    estimate: (name, metric) => {
      judgedAs(name);
      return scores.get(name)![metrics[metricAt(metric)]!.name]!;
    },
    difference: (a, b, metric) => {
      const at = metricAt(metric);
      return intervals([(counts) => scoreOf(a, at, counts) - scoreOf(b, at, counts)])[0]!;
    },
    bySegment: (name, metric) => {
      const at = metricAt(metric);
      const kinds = panel.series.map(({ values }) => segmentOf(values));
      return segments.map((segment) => {
        const counts = Uint16Array.from(kinds, (kind) => (kind === segment ? 1 : 0));
        return {
          segment,
          series: counts.reduce((sum, one) => sum + one, 0),
          value: scoreOf(name, at, counts),
        };
      });
    },
    best: (metric) => candidates.find(({ name }) => name === ranking(metric)[0])!,
  };
  return withSheet(race, forecastRaceSheet);
}

function found<T>(value: T | undefined, what: string, [name, known]: [string, readonly string[]]): T {
  if (value !== undefined) return value;
  throw new Problem({
    code: 'forecast-unknown-name',
    what: `the race has no ${what} "${name}"`,
    expected: listNames(known, { last: 'or' }),
  });
}
