/** Runs a study that forecasts: the race, the choice, and forecasts from the end of the panel, ready to be kept. */
import { Problem } from '../../problem.js';
import type { ForecastRace } from '../accuracy/forecast-race.js';
import { raceForecasters } from '../accuracy/race-forecasters.js';
import { withPaths } from '../combine/with-paths.js';
import type { Forecaster } from '../forecaster.js';
import { periodText } from '../panel/calendar.js';
import type { DeclaredPanel } from '../panel/panel-schema.js';
import type { ForecastParts } from './forecast-artefact.js';
import { forecastCard } from './forecast-card.js';
import type { ForecastStudy } from './forecast-study.js';
import { type LivedOrders, liveOrders } from './lived-orders.js';
import { type ShortPast, shortPasts } from './short-pasts.js';

/** What a run found. */
export interface ForecastRun {
  readonly race: ForecastRace;
  readonly chosen: string;
  readonly parts: ForecastParts;
  /** What orders would have cost; absent where nothing is ordered, or the panel is too short. */
  readonly lived?: LivedOrders | undefined;
  /** Series of which too little is known, and what that means for their forecasts. */
  readonly short: readonly ShortPast[];
}

/** How many periods before the forecast people are shown. */
const shownPast = 60;

/**
 * Races the candidates on rolling origins, fits the one that leads on the whole panel, and draws its paths. A forecaster that
 * gives expected values alone gets paths from its own earlier errors. Throws as `raceForecasters` does, and `forecast-rule-column`
 * where a rule of the orders names a column that the series do not have.
 */
export function runForecastStudy(
  study: ForecastStudy,
  panel: DeclaredPanel,
  options: { threads: number; program: string; onProgress?: (share: number, what: string) => void },
): ForecastRun {
  const { seed, horizon, paths: count, protocol, metrics, orders } = study;
  const { threads, onProgress } = options;
  const columns = ruleColumns(study, panel);
  const race = raceForecasters(panel, {
    candidates: study.candidates,
    protocol,
    ...(metrics && { metrics }),
    ...{ seed, threads },
    onProgress: (done, total, name) => onProgress?.((0.4 * done) / total, name),
  });
  const best = race.best();
  onProgress?.(0.4, `forecasts by ${best.name}`);
  const forecasts = withOwnPaths(best).fit(panel, { seed, threads }).forecast(horizon);
  const lived =
    orders &&
    liveOrders(panel, {
      ...{ orders, horizon, seed, threads, paths: count },
      chosen: withOwnPaths(best),
      others: study.candidates.filter(({ name }) => name !== best.name).map(withOwnPaths),
      onProgress: (share, what) => onProgress?.(0.5 + 0.5 * share, what),
    });
  const short = shortPasts(panel);
  const places = Array.from({ length: horizon }, (_, i) => panel.periods.count + i);
  const from = Math.max(0, panel.periods.count - shownPast);
  const scores = race.rows.find(({ name }) => name === best.name)!.scores;
  const { sha256, name, simulated } = panel.source;
  const parts = {
    study: study.name,
    title: study.title,
    question: study.question,
    target: { name: panel.schema.target.name, unit: panel.schema.target.type.unit },
    names: panel.names,
    keys: panel.series.map(({ key }) => key),
    every: panel.periods.every,
    periods: places.map((place) => periodText(panel.periods, place)),
    past: pastOf(panel, from),
    means: forecasts.means,
    paths: forecasts.paths!(count, seed),
    ...{ count, columns, orders, seed },
    data: { name, sha256, simulated, rows: panel.series.reduce((sum, { values }) => sum + values.length, 0) },
    scores: Object.fromEntries(Object.entries(scores).map(([metric, { value }]) => [metric, value])),
    program: options.program,
    why: whyChosen(race, best.name),
    module: null,
    cells: study.module?.cells ?? [],
  };
  const card = forecastCard(study, { race, panel, parts, lived, short });
  return { race, chosen: best.name, parts: { ...parts, card }, lived, short };
}

/** The forecaster, with paths of its earlier errors where it has none of its own. */
function withOwnPaths(forecaster: Forecaster): Forecaster {
  return {
    name: forecaster.name,
    fit: (panel, options) => {
      const fitted = forecaster.fit(panel, options);
      return fitted.forecast(1).paths ? fitted : withPaths(forecaster).fit(panel, options);
    },
  };
}

function pastOf(panel: DeclaredPanel, from: number): ForecastParts['past'] {
  const length = panel.periods.count - from;
  const values = new Float64Array(panel.series.length * length).fill(Number.NaN);
  panel.series.forEach((series, i) => {
    series.values.forEach((value, k) => {
      const place = series.start + k - from;
      if (place >= 0) values[i * length + place] = value;
    });
  });
  const periods = Array.from({ length }, (_, i) => periodText(panel.periods, from + i));
  return { periods, values };
}

/** The columns of the series that rules name. */
function ruleColumns({ orders }: ForecastStudy, panel: DeclaredPanel): Record<string, Float64Array> {
  const named = Object.entries(orders?.params ?? {}).filter(([, value]) => typeof value === 'string');
  return Object.fromEntries(
    named.map(([rule, value]) => {
      const name = value as string;
      if (!panel.attributes.has(name))
        throw new Problem({
          code: 'forecast-rule-column',
          what: `"${rule}" of the orders names the column "${name}", which the series do not have`,
          remedy: 'declare it in `before` of the panel, or state a number',
        });
      return [name, panel.attributes.numbers(name)];
    }),
  );
}

function whyChosen(race: ForecastRace, name: string): string {
  const [metric] = race.metrics;
  const { value } = race.estimate(name);
  return `Chosen for the best ${metric!.name} from ${race.origins} origins: ${name}, ${value.toFixed(3)}`;
}
