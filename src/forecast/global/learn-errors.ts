/** How far a global model misses: errors in the last periods, of models that ended before them. */
import type { Model } from '../../models/models.js';
import type { Panel } from '../panel/panel.js';
import { until } from '../panel/until.js';
import { learnableSeasons } from './demand-factors.js';
import { demandRows, excessOf, hasPast, type SeenDemand, seeDemand } from './demand-rows.js';
import { firstOrigin, type LearnOptions, learnDemand } from './learn-demand.js';
import { fitSpread, noSpread, type Spread, type StepErrors } from './spread.js';

/** Origins whose errors tell the spread. */
const spreadOrigins = 13;

/** What errors in the last periods tell. */
export interface LearnedErrors {
  /** How wide forecasts spread; none around quantiles. */
  readonly spread: Spread | undefined;
  /** A model each, whose mean forecasts: true with seasons as factors, false without. */
  readonly seasonal: readonly boolean[];
}

/**
 * The spread around forecasts of the last periods, made by a model that ended before them. First, middle and last step stand for
 * all. Where seasons were seen for long enough there is one with seasons as factors beside it, which is right where years are alike; where
 * they are not, trees make more of last year. The one that missed least forecasts, or the mean of both. Where the panel is too short for that,
 * a usual spread and no factors of seasons.
 */
export function learnErrors(panel: Panel, { settings, given }: LearnOptions): LearnedErrors {
  const { horizon, loss } = settings;
  const end = panel.periods.count - spreadOrigins - horizon + 1;
  const isQuantile = typeof loss === 'object' && 'quantile' in loss;
  if (isQuantile || end < 3 * (firstOrigin + horizon))
    return { spread: isQuantile ? undefined : noSpread, seasonal: [false] };
  const earlier = until(panel, panel.periods.count - end);
  const steps = [...new Set([1, Math.ceil(horizon / 2), horizon])];
  // Half the rows: these models answer for a quarter of a year, and are gone.
  const fewer = { ...settings, mostRows: settings.mostRows / 2 };
  const ways = (learnableSeasons(earlier).length > 0 ? [false, true] : [false]).map((seasonal) => {
    const learned = learnDemand(earlier, { settings: fewer, given, seasonal });
    const seen = seeDemand(panel, { ...learned, horizon });
    return {
      seasonal: [seasonal],
      errors: steps.map((step) => stepErrors(seen, learned.model, { step, end })),
    };
  });
  const [plain, other] = ways;
  if (other) ways.push({ seasonal: [false, true], errors: other.errors.map((one, k) => meanErrors(plain!.errors[k]!, one)) }); // biome-ignore format: one thought
  const losses = ways.map(({ errors }) => missed(errors));
  const { seasonal, errors } = ways[losses.indexOf(Math.min(...losses))]!;
  return { spread: fitSpread(errors, panel.counts), seasonal };
}

/** The errors of the mean of two forecasts of the same rows. */
function meanErrors(one: StepErrors, two: StepErrors): StepErrors {
  const means = one.means.map((mean, i) => (mean + two.means[i]!) / 2);
  return { ...two, means, errors: two.errors.map((error, i) => two.means[i]! + error - means[i]!) };
}

/** The Poisson deviance of demand from the means. */
function missed(steps: readonly StepErrors[]): number {
  let sum = 0;
  for (const { means, errors } of steps)
    for (let i = 0; i < means.length; i++) {
      const demand = means[i]! + errors[i]!;
      sum +=
        2 * (means[i]! - demand + (demand > 0 ? demand * Math.log(demand / Math.max(means[i]!, 1e-9)) : 0));
    }
  return sum;
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
