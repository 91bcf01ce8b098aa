/** How far a global model misses: errors in the last periods, of a model that ended before them. */
import type { Model } from '../../models/models.js';
import type { ForecasterOptions } from '../forecaster.js';
import type { Panel } from '../panel/panel.js';
import { until } from '../panel/until.js';
import { demandRows, excessOf, hasPast, type SeenDemand, seeDemand } from './demand-rows.js';
import type { GlobalBoostingSettings } from './global-boosting-options.js';
import { firstOrigin, learnDemand } from './learn-demand.js';
import { fitSpread, noSpread, type Spread, type StepErrors } from './spread.js';

/** Origins whose errors tell the spread. */
const spreadOrigins = 13;

/**
 * The spread around forecasts of the last periods, made by a model that ended before them. First, middle and last step stand for
 * all. Where the panel is too short for that, a usual spread; none around quantiles.
 */
export function learnSpread(
  panel: Panel,
  settings: GlobalBoostingSettings,
  given: ForecasterOptions,
): Spread | undefined {
  const { horizon, loss } = settings;
  const end = panel.periods.count - spreadOrigins - horizon + 1;
  if (typeof loss === 'object' && 'quantile' in loss) return undefined;
  if (end < 3 * (firstOrigin + horizon)) return noSpread;
  const learned = learnDemand(until(panel, panel.periods.count - end), settings, given);
  const seen = seeDemand(panel, { ...learned, horizon });
  const steps = [...new Set([1, Math.ceil(horizon / 2), horizon])];
  return fitSpread(
    steps.map((step) => stepErrors(seen, learned.model, { step, end })),
    panel.counts,
  );
}

/** Errors from the first origins at which the model knew nothing new. */
function stepErrors(
  seen: SeenDemand,
  model: Model,
  { step, end }: { step: number; end: number },
): StepErrors {
  const { past } = seen;
  const count = past.panel.series.length;
  const [series, positions, ids]: [number[], number[], number[]] = [[], [], []];
  for (let origin = end; origin < end + spreadOrigins; origin++)
    past.panel.series.forEach(({ start, values }, s) => {
      const position = origin - start;
      if (position < 1 || !hasPast(past, s, position) || !(values[position + step - 1]! >= -Infinity)) return;
      series.push(s);
      positions.push(position);
      ids.push(origin * count + s);
    });
  const rows = demandRows(seen, {
    series: Int32Array.from(series),
    positions: Int32Array.from(positions),
    steps: new Int32Array(series.length).fill(step),
  });
  const means = model.predict(rows.matrix).map((ratio, row) => Math.max(0, ratio * rows.units[row]!));
  return {
    ...{ step, means, rows: Int32Array.from(ids) },
    errors: means.map((mean, row) => rows.targets[row]! * (rows.units[row]! / rows.scales[row]!) - mean),
    excess: Float64Array.from(series, (s, row) => excessOf(past, s, positions[row]!)),
  };
}
