/** Judges a pipeline on rows that it did not learn from, fold by fold; everything fitted is fitted again in each. */
import { Problem } from '../problem.js';
import { showProgress } from '../progress.js';
import { seededRandom } from '../random.js';
import { datasetRows, groupCodes, isOrdered, labelsOf, withoutOrder } from '../schema/dataset.js';
import type { Dataset } from '../schema/schema.js';
import { takeTargets } from '../table/take-targets.js';
import type { Predictions } from '../task/predictions.js';
import { taskOf } from '../task/task-of.js';
import { type CutoffSearch, cutoffFor, usualCutoffSearch } from './cutoff-search.js';
import type { Fold, Protocol } from './evaluate.js';
import { type FoldFailure, isFailure, orFailure, worstOf } from './fold-failure.js';
import { innerSplits } from './inner-split.js';
import type { FittedPipeline, Pipeline, PipelineFitOptions } from './pipeline.js';

/** What came of one fold. */
export interface FoldResult {
  /** The answers to the fold's test rows, in their order; row-major. */
  readonly predicted: Float64Array;
  /** Of best F1, found on the fold's training rows alone; NaN where none was sought or could be found. */
  readonly cutoff: number;
}

/** How a pipeline is cross-validated. */
export interface CrossValidateOptions extends PipelineFitOptions {
  /** By default 'hold-out' where the target is yes or no; other targets have none. */
  cutoff?: CutoffSearch;
}

/**
 * Fits on the fold's training rows and predicts its test rows. The cut-off of best F1 is chosen without these: the
 * pipeline is fitted again on parts of the training rows and judged on their rest, as `innerSplits` says.
 */
export function judgeFold(
  pipeline: Pipeline,
  { dataset, fold }: { dataset: Dataset; fold: Fold },
  options: CrossValidateOptions = {},
): FoldResult {
  const { cutoff: wanted = usualCutoffSearch, onProgress, seed = 1, ...fitOptions } = options;
  const random = seededRandom(seed);
  const how = taskOf(dataset.schema).metrics.some(({ atCutoff }) => atCutoff) && wanted;
  const train = datasetRows(dataset, fold.train);
  const inner = how ? innerSplits(train, { seed: random.fork('inner rows').integer(2 ** 32), how }) : [];
  // Progress goes by the rows that each fit learns from.
  const work = inner.reduce((sum, split) => sum + split.train.length, fold.train.length);
  let done = 0;
  const fit = (rows: Dataset, itsSeed: number): FittedPipeline => {
    const [before, own] = [done / work, rows.table.rowCount / work];
    const tell = onProgress && ((share: number) => onProgress(before + share * own));
    done += rows.table.rowCount;
    return pipeline.fit(rows, { ...fitOptions, seed: itsSeed, ...(tell && { onProgress: tell }) });
  };

  // Where one fit fails the others are tried as well: of all their problems the worst is told at once.
  const failures: FoldFailure[] = [];
  const attempt = (run: () => Float64Array): Float64Array => {
    const result = orFailure(run);
    if (!isFailure(result)) return result;
    failures.push(result);
    return new Float64Array();
  };
  const predicted = attempt(() => fit(train, seed).predict(dataset.table.rows(fold.test)));
  const labels: number[] = [];
  const judged: number[] = [];
  inner.forEach((split, k) => {
    const [teaching, judging] = [datasetRows(train, split.train), datasetRows(train, split.test)];
    if (new Set(labelsOf(teaching)).size < 2) return;
    const itsSeed = random.fork(`inner fit ${k}`).integer(2 ** 32);
    const probabilities = attempt(() => fit(teaching, itsSeed).predict(judging));
    for (const label of labelsOf(judging)) labels.push(label);
    for (const probability of probabilities) judged.push(probability);
  });
  const worst = worstOf(failures);
  if (worst) throw new Problem(worst.issues);
  const found = judged.length > 0;
  return {
    predicted,
    cutoff: found ? cutoffFor(Uint8Array.from(labels), Float64Array.from(judged)) : Number.NaN,
  };
}

/**
 * The dataset as a protocol sees it. One that shuffles the rows takes them as exchangeable, and so must whatever is
 * fitted inside its folds.
 */
export function underProtocol(dataset: Dataset, kind: Protocol['kind']): Dataset {
  if (kind === 'ordered' || !isOrdered(dataset)) return dataset;
  return withoutOrder(dataset);
}

/**
 * All folds of a protocol, one after the other, in this thread; `compare` spreads them over several.
 *
 * @example
 * const predictions = crossValidate(pipeline(recipe, logistic()), { dataset: calls, protocol: forwardChaining() });
 * auc.value(predictions);
 */
export function crossValidate(
  pipeline: Pipeline,
  { dataset, protocol }: { dataset: Dataset; protocol: Protocol },
  options: CrossValidateOptions = {},
): Predictions {
  return showProgress(pipeline.name, options, (given) => judgeFolds(pipeline, { dataset, protocol }, given));
}

function judgeFolds(
  pipeline: Pipeline,
  { dataset, protocol }: { dataset: Dataset; protocol: Protocol },
  { onProgress, ...rest }: CrossValidateOptions,
): Predictions {
  const folds = protocol.folds(dataset);
  const seen = underProtocol(dataset, protocol.kind);
  const results = folds.map((fold, k) =>
    judgeFold(
      pipeline,
      { dataset: seen, fold },
      {
        ...rest,
        seed: foldSeed(rest.seed ?? 1, { candidate: pipeline.name, protocol: protocol.name, fold: k }),
        ...(onProgress && { onProgress: (share: number) => onProgress((k + share) / folds.length) }),
      },
    ),
  );
  return gatherer(dataset, { protocol, folds })(results);
}

/** The seed of one fit of a race: the same whatever else races, and in whatever order. */
export function foldSeed(seed: number, of: { candidate: string; protocol: string; fold: number }): number {
  return seededRandom(seed)
    .fork(of.protocol)
    .fork(of.candidate)
    .fork(of.fold)
    .integer(2 ** 32);
}

/** Turns the folds' results of a candidate into predictions, in the order of the rows. */
export function gatherer(
  dataset: Dataset,
  { protocol, folds }: { protocol: Protocol; folds: readonly Fold[] },
): (results: readonly FoldResult[]) => Predictions {
  const count = folds.reduce((sum, { test }) => sum + test.length, 0);
  const rows = new Uint32Array(count);
  const foldOf = new Uint16Array(count);
  let filled = 0;
  folds.forEach(({ test }, k) => {
    rows.set(test, filled);
    foldOf.fill(k, filled, filled + test.length);
    filled += test.length;
  });
  // By row, then by place: both in one number, for numbers are sorted without a call to compare them.
  const keys = Float64Array.from(rows, (row, place) => row * count + place).sort();
  const places = Uint32Array.from(keys, (key) => key % count);
  const targets = taskOf(dataset.schema).targets(dataset);
  const groups = groupCodes(dataset);
  const sorted = Uint32Array.from(places, (place) => rows[place]!);
  const common = {
    rows: sorted,
    targets: takeTargets(targets, sorted),
    folds: Uint16Array.from(places, (place) => foldOf[place]!),
    ...(isOrdered(dataset) && protocol.kind === 'ordered' && { ordered: true }),
    ...(groups && { groups: Int32Array.from(sorted, (row) => groups[row]!) }),
  };
  return (results) => {
    const width = results.reduce((sum, { predicted }) => sum + predicted.length, 0) / count;
    const dealt = new Float64Array(count * width);
    let from = 0;
    for (const { predicted } of results) {
      dealt.set(predicted, from);
      from += predicted.length;
    }
    const predicted = new Float64Array(count * width);
    places.forEach((place, i) => {
      for (let k = 0; k < width; k++) predicted[i * width + k] = dealt[place * width + k]!;
    });
    return {
      ...common,
      predicted,
      ...(width !== 1 && { width }),
      cutoffs: Float64Array.from(results, ({ cutoff }) => cutoff),
    };
  };
}
