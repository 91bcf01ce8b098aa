/** How far a global model misses: errors in the last periods, of models that ended before them. */
import type { Panel } from '../panel/panel.js';
import { until } from '../panel/until.js';
import { type DemandFactors, learnableSeasons } from './demand-factors.js';
import { type DemandRows, demandRows, excessOf, hasPast, type SeenDemand, seeDemand } from './demand-rows.js';
import { firstOrigin, type LearnedDemand, type LearnOptions, learnDemand, type Way } from './learn-demand.js';
import { fitSpread, noSpread, type Spread, type StepErrors } from './spread.js';

/** Origins whose errors tell the spread. */
const spreadOrigins = 13;

/** What errors in the last periods tell. */
export interface LearnedErrors {
  /** How wide forecasts spread; none around quantiles. */
  readonly spread: Spread | undefined;
  /** Their mean forecasts. */
  readonly ways: readonly Way[];
}

/**
 * The spread around forecasts of the last periods, made by models that ended before them. First, middle and last step stand for
 * all. Where seasons were seen for long enough they are factors of a second model, which is right where years are alike; where
 * they are not, trees make more of last year. A line beside the factors strays less than trees where demand has little else to tell. What
 * missed least forecasts: one of the three, or the mean of the two with trees. Where the panel is too short for that, trees alone
 * and a usual spread.
 */
export function learnErrors(panel: Panel, { settings, given }: LearnOptions): LearnedErrors {
  const { horizon, loss } = settings;
  const end = panel.periods.count - spreadOrigins - horizon + 1;
  const isQuantile = typeof loss === 'object' && 'quantile' in loss;
  if (isQuantile || end < 3 * (firstOrigin + horizon))
    return { spread: isQuantile ? undefined : noSpread, ways: ['trees'] };
  const earlier = until(panel, panel.periods.count - end);
  const steps = [...new Set([1, Math.ceil(horizon / 2), horizon])];
  // Half the rows: these models answer for a quarter of a year, and are gone.
  const fewer = { ...settings, mostRows: settings.mostRows / 2 };
  const judged = (first: Way, ...others: Way[]): Judged[] => {
    const learn = (way: Way, factors?: DemandFactors): LearnedDemand =>
      learnDemand(earlier, { settings: fewer, given, way, factors });
    const learned = learn(first);
    const seen = seeDemand(panel, { ...learned, horizon });
    const rows = steps.map((step) => errorRows(seen, { step, end }));
    const judge = (way: Way, { expected }: LearnedDemand): Judged => ({
      ways: [way],
      errors: rows.map((of) => stepErrors(of, seen, expected(of, seen))),
    });
    return [judge(first, learned), ...others.map((way) => judge(way, learn(way, learned.factors)))];
  };
  const all = judged('trees');
  if (learnableSeasons(earlier).length > 0) {
    const [trees, lines] = judged('seasons and trees', 'seasons and lines');
    all.push(trees!, meanOf(all[0]!, trees!), lines!);
  }
  const losses = all.map(({ errors }) => missed(errors));
  const { ways, errors } = all[losses.indexOf(Math.min(...losses))]!;
  return { spread: fitSpread(errors, panel.counts), ways };
}

/** The errors of the ways whose mean forecasts. */
interface Judged {
  readonly ways: readonly Way[];
  readonly errors: readonly StepErrors[];
}

function meanOf(one: Judged, two: Judged): Judged {
  return {
    ways: [...one.ways, ...two.ways],
    errors: one.errors.map((errors, k) => meanErrors(errors, two.errors[k]!)),
  };
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

/** Rows from the first origins at which a model that ended earlier knew nothing new. */
function errorRows(seen: SeenDemand, { step, end }: { step: number; end: number }): DemandRows {
  const { past } = seen;
  const [series, positions]: [number[], number[]] = [[], []];
  for (let origin = end; origin < end + spreadOrigins; origin++)
    past.panel.series.forEach(({ start, values }, s) => {
      const position = origin - start;
      if (position < 1 || !hasPast(past, s, position) || !(values[position + step - 1]! >= -Infinity)) return;
      series.push(s);
      positions.push(position);
    });
  return demandRows(seen, {
    series: Int32Array.from(series),
    positions: Int32Array.from(positions),
    steps: new Int32Array(series.length).fill(step),
  });
}

function stepErrors(rows: DemandRows, { past }: SeenDemand, expected: Float64Array): StepErrors {
  const means = expected.map((mean) => Math.max(0, mean));
  return {
    ...{ step: rows.steps[0] ?? 1, means },
    rows: rows.origins.map((origin, row) => origin * past.panel.series.length + rows.series[row]!),
    errors: means.map((mean, row) => rows.targets[row]! * (rows.units[row]! / rows.scales[row]!) - mean),
    excess: Float64Array.from(rows.series, (s, row) => excessOf(past, s, rows.positions[row]!)),
  };
}
