/** A pipeline that looks for good settings of its learner inside its own training rows, each time that it is fitted. */
import type { Recipe } from '../../features/features.js';
import type { JsonObject, JsonReader } from '../../json.js';
import type { Learner } from '../../models/models.js';
import { learnerJson } from '../../models/reader.js';
import { Problem } from '../../problem.js';
import { showProgress } from '../../progress.js';
import { withText } from '../../table/print.js';
import { checkOptions } from '../../task/check-options.js';
import { knownMetrics, metricNamed } from '../../task/known-metrics.js';
import type { Metric } from '../../task/predictions.js';
import { learnerFromJson } from '../learner-registry.js';
import { type Pipeline, type PipelineFitOptions, pipeline } from '../pipeline.js';
import { type FittedTunedPipeline, withTuning } from './fitted-tuned.js';
import { search } from './search.js';
import { setParameters } from './set-parameters.js';
import { checkSpace, edgesOf, type Space, spaceFromJson } from './space.js';

/** What `tune` takes. */
export interface TuneOptions {
  /** What to try, by the name of the parameter; of a wrapped learner too. */
  space: Space;
  /** How many settings, the learner as it is given among them; 18 by default. */
  candidates?: number;
  /** How many rounds of fewer settings on more rows; 3 by default. 1 tries every setting on all rows. */
  rounds?: number;
  /** The share of settings that goes on to the next round, and of its rows that a round is given; 1/3 by default. */
  keep?: number;
  /** How many inner folds judge; 3 by default. */
  folds?: number;
  /** Where rows are ordered: how many right before the rows that judge are left out, for their outcome is not yet known. */
  gap?: number;
  /** What decides, its mean over the inner folds; by default the first of the task, such as AUC or RMSE. One that needs no cut-off. */
  metric?: Metric;
  /** Shown in leaderboards; by default the learner's name and ", tuned". */
  name?: string;
}

/** A pipeline that tunes itself in `fit`. */
export interface TunedPipeline extends Pipeline {
  fit(...given: Parameters<Pipeline['fit']>): FittedTunedPipeline;
}

/**
 * The recipe and the learner as a pipeline whose `fit` first searches `space` (see `search`: seeded random search with
 * successive halving) on folds of its own training rows, which respect their order and groups, recipe and all; then it
 * fits the best settings on all of them. Since the search is a part of the fit, a metric under any protocol is honest: rows
 * that judge have had no say in the settings (nested cross-validation).
 *
 * Throws `evaluate-tune-space`, `evaluate-tune-parameter`, `evaluate-tune-metric`, `evaluate-bad-setting`, and what the
 * learner throws for values at the edges of the space.
 *
 * @example
 * const tuned = tune(recipe, boosting({ trees: 300 }), {
 *   space: { leaves: oneOf(7, 15, 31), learningRate: between(0.02, 0.2, { log: true }) },
 * });
 * tuned.fit(train, { seed: 7 }).tuning                    // what was tried, and what was chosen
 */
export function tune(recipe: Recipe, learner: Learner, options: TuneOptions): TunedPipeline {
  const { candidates = 18, rounds = 3, keep = 1 / 3, folds = 3, gap = 0, metric, space } = options;
  const { name = `${learner.name}, tuned` } = options;
  checkOptions(
    { candidates, rounds, keep, folds, gap },
    {
      candidates: { integer: true, min: 2 },
      rounds: { integer: true, min: 1, below: 10 },
      keep: { above: 0, below: 1 },
      folds: { integer: true, min: 2, below: 100 },
      gap: { integer: true, min: 0 },
    },
  );
  if (metric) checkMetric(metric);
  checkSpace(space);
  for (const [parameter, dimension] of Object.entries(space))
    for (const value of edgesOf(dimension)) setParameters(learner, { [parameter]: value });
  const settings = { space, candidates, rounds, keep, folds, gap, metric };
  const made: TunedPipeline = {
    name,
    columns: recipe.columns,
    fit: (dataset, fitOptions = {}) =>
      showProgress(name, fitOptions, ({ onProgress, ...rest }) => {
        const part = (from: number, to: number): PipelineFitOptions => ({
          ...rest,
          ...(onProgress && { onProgress: (share: number) => onProgress(from + share * (to - from)) }),
        });
        const searched = { recipe, learner, dataset };
        const tuning = search(searched, settings, part(0, searchShare));
        const best = setParameters(learner, tuning.trials[tuning.chosen]!.values);
        return withTuning(pipeline(recipe, best, { name }).fit(dataset, part(searchShare, 1)), tuning);
      }),
    toJSON: (): JsonObject => ({
      kind: 'tuned',
      name,
      recipe: recipe.toJSON(),
      learner: learnerJson(learner),
      // As plain data, whoever made the dimensions.
      space: JSON.parse(JSON.stringify(space)) as JsonObject,
      ...{ candidates, rounds, keep, folds, gap },
      ...(metric && { metric: { kind: metric.kind, name: metric.name } }),
    }),
  };
  return withText(made, () => {
    const tuned = Object.keys(space).join(', ');
    return `${name}: ${learner.name} on ${recipe.columns.join(', ')}; ${tuned} tuned on ${candidates} settings`;
  });
}

/** About the share of a fit's time that the search takes, for the progress alone. */
const searchShare = 0.9;

/** Reads an unfitted one back; `recipe` is already read. */
export function tunedFromJson(reader: JsonReader, recipe: Recipe): TunedPipeline {
  return tune(recipe, learnerFromJson(reader.field('learner')), {
    name: reader.field('name').string(),
    space: spaceFromJson(reader.field('space')),
    candidates: reader.field('candidates').number(),
    rounds: reader.field('rounds').number(),
    keep: reader.field('keep').number(),
    folds: reader.field('folds').number(),
    gap: reader.field('gap').number(),
    metric: metricFromJson(reader.optional('metric')),
  });
}

function metricFromJson(json: JsonReader | undefined): Metric | undefined {
  if (json === undefined) return undefined;
  const kind = json.field('kind').string();
  return metricNamed(
    json.field('name').string(),
    knownMetrics.filter((metric) => metric.kind === kind),
  );
}

function checkMetric(metric: Metric): void {
  const known = knownMetrics.includes(metric);
  if (known && !metric.atCutoff) return;
  throw new Problem({
    code: 'evaluate-tune-metric',
    what: `settings cannot be chosen by ${metric.name}`,
    expected: known
      ? 'a metric that needs no cut-off, for the cut-off is found after the settings'
      : 'one of the metrics of this program, which a worker thread knows by name',
  });
}
