/** Runs a study that forecasts: the race, the choice, and forecasts from the end of the panel, ready to be kept. */
import { Problem } from '../../problem.js';
import type { ForecastRace } from '../accuracy/forecast-race.js';
import { raceForecasters } from '../accuracy/race-forecasters.js';
import type { DeclaredPanel } from '../panel/panel-schema.js';
import type { ForecastParts } from './forecast-artefact.js';
import { forecastCard } from './forecast-card.js';
import type { ForecastStudy } from './forecast-study.js';
import { forecastsFrom, forecastsHash, lastPeriod, valuesIn, withOwnPaths } from './forecasts-from.js';
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
  const fitted = withOwnPaths(best).fit(panel, { seed, threads });
  const forecasts = forecastsFrom(fitted, panel, { horizon, count, seed });
  const lived =
    orders &&
    liveOrders(panel, {
      ...{ orders, horizon, seed, threads, paths: count },
      chosen: withOwnPaths(best),
      others: study.candidates.filter(({ name }) => name !== best.name).map(withOwnPaths),
      onProgress: (share, what) => onProgress?.(0.5 + 0.5 * share, what),
    });
  const short = shortPasts(panel);
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
    ...forecasts,
    learned: {
      forecaster: best.name,
      through: lastPeriod(panel),
      sha256: forecastsHash(forecasts),
    },
    ...{ count, columns, orders, seed },
    data: { name, sha256, simulated, rows: valuesIn(panel) },
    scores: Object.fromEntries(Object.entries(scores).map(([metric, { value }]) => [metric, value])),
    program: options.program,
    why: whyChosen(race, best.name),
    module: null,
    cells: study.module?.cells ?? [],
  };
  const card = forecastCard(study, { race, panel, parts, lived, short });
  return { race, chosen: best.name, parts: { ...parts, card }, lived, short };
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
