/** A recipe and a learner that travel as one; what races, what is fitted, and what is served. */
import type { FittedRecipe, Recipe } from '../features/features.js';
import type { JsonObject } from '../json.js';
import type { FitOptions, Learner, Model } from '../models/models.js';
import { showProgress } from '../progress.js';
import { groupCodes, isOrdered } from '../schema/dataset.js';
import type { Dataset } from '../schema/schema.js';
import type { Matrix } from '../table/matrix.js';
import { withText } from '../table/print.js';
import type { Table } from '../table/table.js';
import { type FittedTarget, targetToJson } from '../task/fitted-target.js';
import { taskOf } from '../task/task-of.js';
import { type ColumnContributions, foldBack } from './fold-back.js';
import { type Scorecard, type ScoreOptions, scoreFitted, tableOf } from './score-fitted.js';

/** What a pipeline's fit may be given. */
export type PipelineFitOptions = Partial<Pick<FitOptions, 'seed' | 'threads' | 'signal' | 'onProgress'>>;

/** An unfitted pipeline; it cannot predict. Made by `pipeline(recipe, learner)` or `blend(name, pipelines)`. */
export interface Pipeline {
  /** Shown in leaderboards. */
  readonly name: string;
  /** The table's columns that it reads. */
  readonly columns: readonly string[];
  /** Learns from all rows of the dataset. Its order and groups are respected by whatever is fitted inside. */
  fit(dataset: Dataset, options?: PipelineFitOptions): FittedPipeline;
  /** Such that `pipelineFromJson` fits the same bits in another thread. */
  toJSON(): JsonObject;
}

/** A pipeline that has learned. */
export interface FittedPipeline {
  readonly name: string;
  readonly columns: readonly string[];
  /** Every text level seen in training, by column of the table. */
  readonly levels: ReadonlyMap<string, ReadonlySet<string>>;
  /** What its answers are about. */
  readonly target: FittedTarget;
  /** How many numbers answer a row. */
  readonly width: number;
  /**
   * The answer to each row, row-major: the probability of yes, in [0, 1]; the number, and the bounds of its interval
   * where the learner gives one; or a probability for each class.
   */
  predict(rows: Table | Dataset): Float64Array;
  /** What the learner sees of these rows. */
  features(rows: Table | Dataset): Matrix;
  /** Why, by the table's own columns ("job", not "job=retired"); undefined where the model has no exact answer. */
  explain(rows: Table | Dataset): ColumnContributions | undefined;
  /** The scores on rows that it has not learned from, with intervals; prints itself. */
  score(dataset: Dataset, options?: ScoreOptions): Scorecard;
  toJSON(): JsonObject;
}

/**
 * Binds a recipe to a learner. The name is the learner's unless another is given.
 *
 * @example
 * const plain = pipeline(recipe, logistic(), { name: 'plain' });
 * const fitted = plain.fit(train, { seed: 7 });
 * fitted.predict(test); // a probability of yes for each row
 */
export function pipeline(recipe: Recipe, learner: Learner, options: { name?: string } = {}): Pipeline {
  const name = options.name ?? learner.name;
  const fitTo = (dataset: Dataset, { seed = 1, ...fitOptions }: PipelineFitOptions): FittedPipeline => {
    const task = taskOf(dataset.schema);
    const fits = task.learner(learner);
    const targets = task.targets(dataset);
    const groups = groupCodes(dataset);
    const ordered = isOrdered(dataset);
    const context = { targets, seed, ordered, ...(groups && { groups }) };
    const fitted = recipe.fit(dataset.table, context);
    const target = { kind: task.kind, classes: task.classes(dataset) };
    const model = fits.fit(fitted.matrix, targets, {
      ...fitOptions,
      seed,
      ordered,
      ...(groups && { groups }),
      ...(target.classes.length > 0 && { classes: target.classes.length }),
    });
    return fittedPipeline(name, { recipe: fitted.recipe, model, target });
  };
  const made: Pipeline = {
    name,
    columns: recipe.columns,
    fit: (dataset, options = {}) => showProgress(name, options, (given) => fitTo(dataset, given)),
    toJSON: () => ({
      kind: 'pipeline',
      name,
      recipe: recipe.toJSON(),
      learner: { kind: learner.kind, params: learner.params },
    }),
  };
  return withText(made, () => `${name}: ${learner.name} on ${recipe.columns.join(', ')}`);
}

/** A fitted recipe and model as one; `pipeline` and reading back come here. */
export function fittedPipeline(
  name: string,
  { recipe, model, target }: { recipe: FittedRecipe; model: Model; target: FittedTarget },
): FittedPipeline {
  const fitted: FittedPipeline = {
    name,
    target,
    width: model.width ?? 1,
    columns: recipe.columns,
    levels: recipe.levels,
    predict: (rows) => model.predict(recipe.transform(tableOf(rows))),
    features: (rows) => recipe.transform(tableOf(rows)),
    explain(rows) {
      const contributions = model.contributions?.(recipe.transform(tableOf(rows)));
      return contributions && foldBack(contributions, recipe);
    },
    score: (dataset, options) => scoreFitted(fitted, dataset, options),
    toJSON: () => ({
      ...{ kind: 'pipeline', name, target: targetToJson(target) },
      ...{ recipe: recipe.toJSON(), model: model.toJSON() },
    }),
  };
  const { columns } = recipe;
  return withText(
    fitted,
    () =>
      `${name}, fitted: ${recipe.outputs.length} features of ${columns.length} columns (${columns.join(', ')})`,
  );
}
