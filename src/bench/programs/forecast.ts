/** Forecasts M4's weekly or M3's monthly series, by one local model or by what rolling origins choose; answers with its scores. */

import { bestForecaster } from '../../forecast/accuracy/best-forecaster.js';
import { scaledCrps, seriesCoverage } from '../../forecast/accuracy/distribution-scores.js';
import { judgeForecaster } from '../../forecast/accuracy/judge-forecaster.js';
import type { ForecastMetric } from '../../forecast/accuracy/metric.js';
import { owa } from '../../forecast/accuracy/owa.js';
import { smape } from '../../forecast/accuracy/percentage-errors.js';
import { rollingOrigin } from '../../forecast/accuracy/rolling-origin.js';
import { mase } from '../../forecast/accuracy/scaled-errors.js';
import { usualForecasters } from '../../forecast/combine/usual-forecasters.js';
import { withPaths } from '../../forecast/combine/with-paths.js';
import type { FittedForecaster, Forecaster } from '../../forecast/forecaster.js';
import { ets } from '../../forecast/local/ets.js';
import { local } from '../../forecast/local/local.js';
import { mstl } from '../../forecast/local/mstl.js';
import { theta } from '../../forecast/local/theta.js';
import { type Competition, m3Monthly, m4Weekly } from '../../testing/competitions.js';
import { measure, readTask } from './measure.js';

const task = readTask<{ train: string; test?: string; model?: 'ETS' | 'Theta' | 'MSTL' }>();
const competition: Competition =
  task.test === undefined ? m3Monthly(task.train) : m4Weekly({ train: task.train, test: task.test });
const { panel, horizon, actual } = competition;
/** M4 takes a season of 1 for weeks, and 12 for months. */
const season = task.test === undefined ? 12 : 1;
const point = [smape(), mase({ season }), owa({ season })];

function forecaster(): Forecaster {
  if (task.model === 'ETS') return local(ets(), { season: 1 });
  if (task.model === 'Theta') return local(theta(), { season: 1 });
  if (task.model === 'MSTL') return local(mstl());
  const { forecaster } = bestForecaster(panel, {
    candidates: usualForecasters(panel),
    protocol: rollingOrigin({ horizon }),
    metrics: [owa({ season })],
    seed: 1,
  });
  process.stderr.write(`    chosen: ${forecaster.name}\n`);
  return withPaths(forecaster);
}

/** Scores of what was fitted, on what came. */
function scoresOf(fitted: FittedForecaster, metrics: readonly ForecastMetric[]): Record<string, number> {
  const as: Forecaster = { name: 'fitted', fit: () => fitted };
  const sums = judgeForecaster(as, [{ back: 0, known: panel, actual }], {
    metrics,
    delay: 0,
    seed: 1,
    paths: 500,
  });
  return Object.fromEntries(
    metrics.map((metric, k) => {
      const { parts, sums: all } = sums[k]!;
      const total = new Float64Array(parts);
      for (const [i, value] of all.entries()) total[i % parts]! += value;
      return [metric.name, metric.combine(total)];
    }),
  );
}

void measure(
  task,
  () => {
    const fitted = forecaster().fit(panel, { seed: 1 });
    fitted.forecast(horizon);
    return fitted;
  },
  (fitted) => ({
    scores: scoresOf(
      fitted,
      task.model === undefined ? [...point, seriesCoverage(), scaledCrps()] : [owa({ season })],
    ),
  }),
);
