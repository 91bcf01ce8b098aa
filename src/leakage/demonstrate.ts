/** The dishonest ways of scoring, done for show: what each pretends, beside the honest number. */
import { crossValidate } from '../evaluate/cross-validate.js';
import type { Protocol } from '../evaluate/evaluate.js';
import { type Pipeline, pipeline } from '../evaluate/pipeline.js';
import { stratifiedFolds } from '../evaluate/protocols/stratified-folds.js';
import type { Recipe } from '../features/features.js';
import type { Json, JsonObject } from '../json.js';
import type { Learner } from '../models/models.js';
import { showProgress } from '../progress.js';
import { labelsOf } from '../schema/dataset.js';
import type { Dataset, Schema } from '../schema/schema.js';
import { type Sheet, withSheet } from '../table/sheet.js';
import { f1 } from '../task/metrics/at-cutoff.js';
import { auc } from '../task/metrics/auc.js';
import { bestF1Cutoff } from '../task/metrics/best-f1-cutoff.js';
import type { Predictions } from '../task/predictions.js';
import { randomForest } from '../trees/forest.js';
import { asIfKnown } from './counterfactual.js';
import { decimals } from './leakage.js';
import { rawRecipe } from './plain-recipe.js';
import { duplicateRarerClass, encodeAllRows, smoteAllRows, unordered } from './tamper.js';

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
  readonly auc: number;
  readonly f1: number;
  /** Of the same learner on rows that it has not seen, with nothing that comes too late. */
  readonly honestAuc: number;
  readonly honestF1: number;
}

/** All ways; prints itself as a table. */
export interface Demonstration {
  readonly data: string;
  readonly protocol: string;
  readonly learner: string;
  readonly ways: readonly DishonestWay[];
  toJSON(): JsonObject;
}

/**
 * Scores one learner honestly, then in the ways in which high scores are usually come by. F1 is taken at the cut-off
 * found on each fold's training rows; where training rows are scored, on those.
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
    crossValidate(made(data), { dataset: data, protocol }, { seed, cutoff: 'hold-out', onProgress: tell });
  const ownRows = (data: Dataset): Predictions => scoreTrainingRows(made(data), data, seed);

  const plain = unordered(dataset);
  const plans = plansFor(plain, { split, ownRows, seed });
  total = 1 + plans.length;
  const honest = split(plain);
  const [honestAuc, honestF1] = [auc.value(honest), f1.value(honest)];
  const ways = plans.map(({ way, meaning, predict }, i): DishonestWay => {
    done = 1 + i;
    const got = predict();
    return { way, meaning, auc: auc.value(got), f1: f1.value(got), honestAuc, honestF1 };
  });
  onProgress?.(1);
  const about = { data: dataset.source.name, protocol: protocol.name, learner: learner.name };
  const toJSON = (): JsonObject => ({ ...about, ways: ways.map((way): Json => ({ ...way })) });
  return withSheet<Demonstration>({ ...about, ways, toJSON }, sheetOf);
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
  return [
    {
      way: 'scoring the training rows',
      meaning: 'The model is asked for rows that it has learned by heart.',
      predict: () => ownRows(plain),
    },
    ...(late.length > 0 ? keeping : []),
    {
      way: 'duplicating the rarer class before the split',
      meaning: 'Copies of one row stand on both sides, and the test has another base rate than the world.',
      predict: () => split(duplicateRarerClass(plain, seed)),
    },
    {
      way: 'SMOTE before the split',
      meaning: 'Test rows are mixed from training rows, and many of them never existed.',
      predict: () => split(smoteAllRows(plain, seed)),
    },
    {
      way: 'target means before the split',
      meaning: "A test row's own label is in the value that stands for it.",
      predict: () => split(encodeAllRows(plain)),
    },
  ];
}

function scoreTrainingRows(unfitted: Pipeline, dataset: Dataset, seed: number): Predictions {
  const labels = labelsOf(dataset);
  const probabilities = unfitted.fit(dataset, { seed }).predict(dataset);
  return {
    rows: Uint32Array.from(labels.keys()),
    targets: labels,
    predicted: probabilities,
    folds: new Uint16Array(labels.length),
    cutoffs: Float64Array.of(bestF1Cutoff(labels, probabilities)),
  };
}

function sheetOf({ data, protocol, learner, ways }: Demonstration): Sheet {
  const first = ways[0]!;
  const rows = ways.map(({ way, auc, f1 }) => [way, decimals(auc, 4), decimals(f1, 4)]);
  return {
    above: [`What dishonest scoring pretends: ${learner} on ${data}, ${protocol}.`],
    header: ['way of scoring', 'AUC', 'F1'],
    rows: [['honestly', decimals(first.honestAuc, 4), decimals(first.honestF1, 4)], ...rows],
    align: ['left', 'right', 'right'],
  };
}
