/** Judges a pipeline on rows that it did not learn from, fold by fold; everything fitted is fitted again in each. */
import { seededRandom } from '../random.js';
import { datasetRows, groupCodes, isOrdered, labelsOf, makeDataset } from '../schema/dataset.js';
import type { Dataset } from '../schema/schema.js';
import type { Fold, Predictions, Protocol } from './evaluate.js';
import { innerSplit } from './inner-split.js';
import { bestF1Cutoff } from './metrics/best-f1-cutoff.js';
import type { Pipeline, PipelineFitOptions } from './pipeline.js';

/** What came of one fold. */
export interface FoldResult {
  /** Of the fold's test rows, in their order. */
  readonly probabilities: Float64Array;
  /** Of best F1, found on the fold's training rows alone. */
  readonly cutoff: number;
}

export interface CrossValidateOptions extends PipelineFitOptions {
  /** Whether the cut-off of best F1 is sought, which costs a second fit a fold. By default true. */
  cutoff?: boolean;
}

/**
 * Fits on the fold's training rows and predicts its test rows. The cut-off of best F1 is chosen without them too: the
 * pipeline is fitted once more on a part of the training rows and judged on the rest (the last fifth where rows are
 * ordered, else a random quarter, groups kept whole).
 */
export function judgeFold(
  pipeline: Pipeline,
  { dataset, fold }: { dataset: Dataset; fold: Fold },
  options: CrossValidateOptions = {},
): FoldResult {
  const { cutoff = true, onProgress, ...fitOptions } = options;
  const seed = options.seed ?? 1;
  const part = (from: number, to: number): PipelineFitOptions => ({
    ...fitOptions,
    ...(onProgress && { onProgress: (share: number) => onProgress(from + share * (to - from)) }),
  });
  const train = datasetRows(dataset, fold.train);
  const fitted = pipeline.fit(train, { ...part(0, cutoff ? 0.55 : 1), seed });
  const probabilities = fitted.predict(dataset.table.rows(fold.test));
  if (!cutoff) return { probabilities, cutoff: Number.NaN };
  const random = seededRandom(seed);
  const inner = innerSplit(train, random.fork('inner rows'));
  const teaching = datasetRows(train, inner.train);
  const judging = datasetRows(train, inner.test);
  if (new Set(labelsOf(teaching)).size < 2) return { probabilities, cutoff: Number.NaN };
  const again = pipeline.fit(teaching, { ...part(0.55, 1), seed: random.fork('inner fit').integer(2 ** 32) });
  return { probabilities, cutoff: bestF1Cutoff(labelsOf(judging), again.predict(judging)) };
}

/**
 * The dataset as a protocol sees it. One that shuffles the rows takes them as exchangeable, and so must whatever is
 * fitted inside its folds.
 */
export function underProtocol(dataset: Dataset, kind: Protocol['kind']): Dataset {
  if (kind === 'ordered' || !isOrdered(dataset)) return dataset;
  return makeDataset({ ...dataset.schema, order: undefined }, dataset.table, dataset.source);
}

/** All folds of a protocol, one after the other, in this thread; `compare` spreads them over several. */
export function crossValidate(
  pipeline: Pipeline,
  { dataset, protocol }: { dataset: Dataset; protocol: Protocol },
  options: CrossValidateOptions = {},
): Predictions {
  const folds = protocol.folds(dataset);
  const { onProgress, ...rest } = options;
  const seen = underProtocol(dataset, protocol.kind);
  const results = folds.map((fold, k) =>
    judgeFold(
      pipeline,
      { dataset: seen, fold },
      {
        ...rest,
        seed: foldSeed(options.seed ?? 1, { candidate: pipeline.name, protocol: protocol.name, fold: k }),
        ...(onProgress && { onProgress: (share: number) => onProgress((k + share) / folds.length) }),
      },
    ),
  );
  return gatherPredictions(dataset, { protocol, folds, results });
}

/** The seed of one fit of a race: the same whatever else races, and in whatever order. */
export function foldSeed(seed: number, of: { candidate: string; protocol: string; fold: number }): number {
  return seededRandom(seed)
    .fork(of.protocol)
    .fork(of.candidate)
    .fork(of.fold)
    .integer(2 ** 32);
}

/** The folds' results as predictions, in the order of the rows. */
export function gatherPredictions(
  dataset: Dataset,
  {
    protocol,
    folds,
    results,
  }: { protocol: Protocol; folds: readonly Fold[]; results: readonly FoldResult[] },
): Predictions {
  const count = folds.reduce((sum, { test }) => sum + test.length, 0);
  const rows = new Uint32Array(count);
  const probabilities = new Float64Array(count);
  const foldOf = new Uint16Array(count);
  let filled = 0;
  folds.forEach(({ test }, k) => {
    rows.set(test, filled);
    probabilities.set(results[k]!.probabilities, filled);
    foldOf.fill(k, filled, filled + test.length);
    filled += test.length;
  });
  const places = Uint32Array.from(rows.keys()).sort((a, b) => rows[a]! - rows[b]! || a - b);
  const labels = labelsOf(dataset);
  const groups = groupCodes(dataset);
  const sorted = Uint32Array.from(places, (place) => rows[place]!);
  return {
    rows: sorted,
    labels: Uint8Array.from(sorted, (row) => labels[row]!),
    probabilities: Float64Array.from(places, (place) => probabilities[place]!),
    folds: Uint16Array.from(places, (place) => foldOf[place]!),
    cutoffs: Float64Array.from(results, ({ cutoff }) => cutoff),
    ...(isOrdered(dataset) && protocol.kind === 'ordered' && { ordered: true }),
    ...(groups && { groups: Int32Array.from(sorted, (row) => groups[row]!) }),
  };
}
