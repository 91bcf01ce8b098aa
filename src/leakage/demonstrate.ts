/** The dishonest ways of scoring, done for show: what each pretends, beside the honest number. */
import { crossValidate } from '../evaluate/cross-validate.js';
import type { Protocol } from '../evaluate/evaluate.js';
import { type Pipeline, pipeline } from '../evaluate/pipeline.js';
import { stratifiedFolds } from '../evaluate/protocols/stratified-folds.js';
import type { Recipe } from '../features/features.js';
import type { Json, JsonObject } from '../json.js';
import type { Learner } from '../models/models.js';
import { showProgress } from '../progress.js';
import type { Dataset, Schema } from '../schema/schema.js';
import { decimals } from '../table/decimals.js';
import { type Sheet, withSheet } from '../table/sheet.js';
import { bestF1Cutoff } from '../task/metrics/best-f1-cutoff.js';
import type { Metric, Predictions } from '../task/predictions.js';
import { taskOf } from '../task/task-of.js';
import { randomForest } from '../trees/forest.js';
import { asIfKnown } from './counterfactual.js';
import { rawRecipe } from './plain-recipe.js';
import { duplicateRarerClasses, encodeAllRows, smoteAllRows, unordered } from './tamper.js';

/** What a demonstration may be told. */
export interface DemonstrationOptions {
  /** How rows are split, at random: the ways shown here know neither order nor groups. By default `stratifiedFolds()`. */
  readonly protocol?: Protocol;
  /** One that can learn rows by heart shows most. By default a forest of 8 trees grown to single rows. */
  readonly learner?: Learner;
  /** Makes the recipe for a schema. By default `rawRecipe`, which suits trees. */
  readonly recipe?: (schema: Schema) => Recipe;
  /** By default 1. */
  readonly seed?: number;
  /** Called as it goes on, with the share done in [0, 1]. */
  readonly onProgress?: (share: number) => void;
}

/** One dishonest way. */
export interface DishonestWay {
  /** "scoring the training rows". */
  readonly way: string;
  /** What goes wrong, in a sentence. */
  readonly meaning: string;
  /** What it claims, by metric: `{ AUC: 0.99, F1: 0.98 }`. */
  readonly scores: Readonly<Record<string, number>>;
  /** The same learner's on rows that it has not seen, with nothing that comes too late. */
  readonly honest: Readonly<Record<string, number>>;
}

/** All ways; prints itself as a table. */
export interface Demonstration {
  readonly data: string;
  readonly protocol: string;
  readonly learner: string;
  /** The names of the metrics: AUC and F1, R² and MAE, AUC one-vs-rest and macro F1. */
  readonly metrics: readonly string[];
  readonly ways: readonly DishonestWay[];
  toJSON(): JsonObject;
}

/**
 * Scores one learner honestly, then in the ways that usually lead to high scores. F1 is taken at the cut-off found on
 * each fold's training rows; where training rows are scored, on those. Numbers have no class that could be made larger, so
 * the ways that do this are left out.
 *
 * @example
 * demonstrateLeakage(calls, { seed: 7 }); // a table: honest first, then what each dishonest way would claim
 */
export function demonstrateLeakage(dataset: Dataset, options: DemonstrationOptions = {}): Demonstration {
  return showProgress('dishonest scores', options, (given) => demonstrationOf(dataset, given));
}

function demonstrationOf(dataset: Dataset, options: DemonstrationOptions): Demonstration {
  const { protocol = stratifiedFolds(), seed = 1, recipe = rawRecipe, onProgress } = options;
  const learner = options.learner ?? randomForest({ trees: 8, minLeaf: 1 });
  const made = (data: Dataset): Pipeline => pipeline(recipe(data.schema), learner);
  let [done, total] = [0, 1];
  const tell = (share: number): void => onProgress?.((done + share) / total);
  const split = (data: Dataset): Predictions =>
    crossValidate(made(data), { dataset: data, protocol }, { seed, onProgress: tell });
  const ownRows = (data: Dataset): Predictions => scoreTrainingRows(made(data), data, seed);

  const plain = unordered(dataset);
  const plans = plansFor(plain, { split, ownRows, seed });
  total = 1 + plans.length;
  const metrics = taskOf(dataset.schema).leakageMetrics;
  const honest = scoresOf(metrics, split(plain));
  const ways = plans.map(({ way, meaning, predict }, i): DishonestWay => {
    done = 1 + i;
    return { way, meaning, scores: scoresOf(metrics, predict()), honest };
  });
  onProgress?.(1);
  const about = {
    data: dataset.source.name,
    protocol: protocol.name,
    learner: learner.name,
    metrics: metrics.map(({ name }) => name),
  };
  const toJSON = (): JsonObject => ({ ...about, ways: ways.map((way): Json => ({ ...way })) });
  return withSheet<Demonstration>({ ...about, ways, toJSON }, sheetOf);
}

function scoresOf(metrics: readonly Metric[], predictions: Predictions): Record<string, number> {
  return Object.fromEntries(metrics.map((metric) => [metric.name, metric.value(predictions)]));
}

interface Plan {
  readonly way: string;
  readonly meaning: string;
  readonly predict: () => Predictions;
}

function plansFor(
  plain: Dataset,
  { split, ownRows, seed }: Record<'split' | 'ownRows', (data: Dataset) => Predictions> & { seed: number },
): Plan[] {
  const late = plain.schema.late.filter((name) => plain.table.has(name));
  const kept = late.reduce(asIfKnown, plain);
  const names = late.join(', ');
  const keeping: Plan[] = [
    {
      way: `keeping ${names}`,
      meaning: 'Known only after the moment of prediction.',
      predict: () => split(kept),
    },
    {
      way: `keeping ${names} and scoring the training rows`,
      meaning: 'Both of these at once.',
      predict: () => ownRows(kept),
    },
  ];
  const enlarging: Plan[] = [
    {
      way: 'duplicating the rarer class before the split',
      meaning: 'Copies of one row stand on both sides, and the test has another base rate than the world.',
      predict: () => split(duplicateRarerClasses(plain, seed)),
    },
    {
      way: 'SMOTE before the split',
      meaning: 'Test rows are mixed from training rows, and many of them never existed.',
      predict: () => split(smoteAllRows(plain, seed)),
    },
  ];
  return [
    {
      way: 'scoring the training rows',
      meaning: 'The model is asked for rows that it has learned by heart.',
      predict: () => ownRows(plain),
    },
    ...(late.length > 0 ? keeping : []),
    ...(taskOf(plain.schema).aspects(plain).outcomes.areClasses ? enlarging : []),
    {
      way: 'target means before the split',
      meaning: "A test row's own outcome is in the value that stands for it.",
      predict: () => split(encodeAllRows(plain)),
    },
  ];
}

function scoreTrainingRows(unfitted: Pipeline, dataset: Dataset, seed: number): Predictions {
  const task = taskOf(dataset.schema);
  const targets = task.targets(dataset);
  const predicted = unfitted.fit(dataset, { seed }).predict(dataset);
  const hasCutoff = task.leakageMetrics.some(({ atCutoff }) => atCutoff);
  return {
    rows: Uint32Array.from(targets.keys()),
    targets,
    predicted,
    width: predicted.length / targets.length,
    folds: new Uint16Array(targets.length),
    cutoffs: Float64Array.of(hasCutoff ? bestF1Cutoff(targets, predicted) : Number.NaN),
  };
}

function sheetOf({ data, protocol, learner, metrics, ways }: Demonstration): Sheet {
  const row = (way: string, scores: DishonestWay['scores']): string[] => [
    way,
    ...metrics.map((metric) => decimals(scores[metric]!, 4)),
  ];
  return {
    above: [`What dishonest scoring pretends: ${learner} on ${data}, ${protocol}.`],
    header: ['way of scoring', ...metrics],
    rows: [row('honestly', ways[0]!.honest), ...ways.map(({ way, scores }) => row(way, scores))],
    align: ['left', ...metrics.map(() => 'right' as const)],
  };
}
