/** The price of leakage: what a suspect column adds to a score, on the same folds, with the interval of the difference. */
import { crossValidate } from '../evaluate/cross-validate.js';
import type { Protocol } from '../evaluate/evaluate.js';
import { difference, estimate } from '../evaluate/intervals.js';
import { pipeline } from '../evaluate/pipeline.js';
import { stratifiedFolds } from '../evaluate/protocols/stratified-folds.js';
import type { Recipe } from '../features/features.js';
import type { Json, JsonObject } from '../json.js';
import type { Learner } from '../models/models.js';
import { showProgress } from '../progress.js';
import type { Dataset, Schema } from '../schema/schema.js';
import { decimals } from '../table/decimals.js';
import { type Sheet, withSheet } from '../table/sheet.js';
import type { Estimate, Predictions } from '../task/predictions.js';
import { taskOf } from '../task/task-of.js';
import { asIfKnown, asIfUnknown } from './counterfactual.js';
import { plainRecipe } from './plain-recipe.js';
import { ROW_INDEX } from './subject.js';

/** What a pricing may be told. */
export interface PriceOptions {
  /** How rows are split, the same folds for all; by default `stratifiedFolds()`, where the row index has its price. */
  readonly protocol?: Protocol;
  /** Columns, and `ROW_INDEX` for the position in the file. By default the late columns and the row index. */
  readonly suspects?: readonly string[];
  /** By default the plain learner of the target's kind: `logistic()`, `ridge()` for numbers. */
  readonly learner?: Learner;
  /** Makes the recipe for a schema in which the suspect is, or is not, known before. By default `plainRecipe`. */
  readonly recipe?: (schema: Schema) => Recipe;
  /** By default 1. */
  readonly seed?: number;
  /** Called as it goes on, with the share done in [0, 1]. */
  readonly onProgress?: (share: number) => void;
}

/** What one suspect is worth. */
export interface SuspectPrice {
  readonly suspect: string;
  readonly without: Estimate;
  readonly with: Estimate;
  /** with minus without, paired: on the same rows. */
  readonly difference: Estimate;
}

/** The prices of all suspects; prints itself as a table. */
export interface LeakagePrice {
  readonly data: string;
  /** The protocol's name. */
  readonly protocol: string;
  readonly learner: string;
  /** What the prices are in: "AUC", "R²", "AUC one-vs-rest". */
  readonly metric: string;
  /** In the order in which the suspects were given. */
  readonly prices: readonly SuspectPrice[];
  toJSON(): JsonObject;
}

/**
 * The score of a pipeline with and without each suspect, and the paired difference: of yes or no the AUC, of a number R²,
 * of several classes the mean AUC of each against the rest. A late suspect is taken for known in a copy of the schema, which goes no further
 * than this.
 * Throws `table-unknown-column` for a suspect that is not there, and whatever the recipe and the learner throw.
 *
 * @example
 * priceLeakage(calls, { suspects: ['duration', ROW_INDEX], seed: 7 })
 */
export function priceLeakage(dataset: Dataset, options: PriceOptions = {}): LeakagePrice {
  return showProgress('the price of leakage', options, (given) => pricesOf(dataset, given));
}

function pricesOf(dataset: Dataset, options: PriceOptions): LeakagePrice {
  const { schema, table, source } = dataset;
  const task = taskOf(schema);
  const { learner = task.plainLearner, recipe = plainRecipe, seed = 1, onProgress } = options;
  const metric = task.leakageMetrics[0]!;
  const late = schema.late.filter((name) => table.has(name));
  const suspects = options.suspects ?? [...late, ROW_INDEX];
  const { protocol: given = stratifiedFolds() } = options;
  const folds = given.folds(dataset);
  const protocol: Protocol = { ...given, folds: () => folds };
  let done = 0;
  const predict = (data: Dataset): Predictions => {
    const predictions = crossValidate(
      pipeline(recipe(data.schema), learner),
      { dataset: data, protocol },
      {
        seed,
        cutoff: false,
        onProgress: (share) => onProgress?.((done + share) / (1 + suspects.length)),
      },
    );
    done++;
    return predictions;
  };
  const asIs = predict(dataset);
  const prices = suspects.map((suspect): SuspectPrice => {
    const isKnown = schema.before.includes(suspect);
    const other = predict(isKnown ? asIfUnknown(dataset, suspect) : asIfKnown(dataset, suspect));
    const [having, lacking] = isKnown ? [asIs, other] : [other, asIs];
    return {
      suspect,
      without: estimate(metric, lacking, { seed }),
      with: estimate(metric, having, { seed }),
      difference: difference(metric, having, lacking, { seed }),
    };
  });
  const about = { data: source.name, protocol: protocol.name, learner: learner.name, metric: metric.name };
  const toJSON = (): JsonObject => ({ ...about, prices: prices.map(priceToJson) });
  return withSheet<LeakagePrice>({ ...about, prices, toJSON }, sheetOf);
}

function priceToJson(price: SuspectPrice): Json {
  const { suspect, without, difference } = price;
  return { suspect, without: { ...without }, with: { ...price.with }, difference: { ...difference } };
}

function sheetOf({ data, protocol, learner, metric, prices }: LeakagePrice): Sheet {
  const interval = ({ low, high }: Estimate): string => `${decimals(low)} to ${decimals(high)}`;
  const rows = prices.map((price) => [
    price.suspect,
    decimals(price.without.value),
    decimals(price.with.value),
    `${price.difference.value >= 0 ? '+' : ''}${decimals(price.difference.value)}`,
    interval(price.difference),
  ]);
  const header = [
    'suspect',
    'without',
    'with',
    'difference',
    `${Math.round(100 * (prices[0]?.difference.level ?? 0.95))} % interval`,
  ];
  return {
    above: [`The price of leakage: ${metric} of ${learner} on ${data}, ${protocol}.`],
    header,
    rows,
    align: ['left', 'right', 'right', 'right', 'left'],
  };
}
