/** The search: many settings on few rows, the better ones on more, the best on all; nothing but the training rows. */
import type { Recipe } from '../../features/features.js';
import { canonicalJson, type JsonObject } from '../../json.js';
import type { Learner } from '../../models/models.js';
import { type Random, seededRandom } from '../../random.js';
import { datasetRows, isOrdered } from '../../schema/dataset.js';
import type { Dataset } from '../../schema/schema.js';
import type { Metric } from '../../task/predictions.js';
import { taskOf } from '../../task/task-of.js';
import type { Fold } from '../evaluate.js';
import { type Pipeline, type PipelineFitOptions, pipeline } from '../pipeline.js';
import { innerProtocol, someRows } from './inner-rows.js';
import { setParameters } from './set-parameters.js';
import { drawFrom, type Space } from './space.js';
import { type Round, type Tuning, tuningOf } from './tuning.js';

/** A candidate on its way. */
interface Trial {
  readonly place: number;
  readonly values: JsonObject;
  readonly scores: number[];
}

/** What a search is told. */
export interface SearchSettings {
  readonly space: Space;
  readonly candidates: number;
  readonly rounds: number;
  readonly keep: number;
  readonly folds: number;
  readonly gap: number;
  /** By default the first of the task. */
  readonly metric?: Metric | undefined;
}

/** What is searched, and where. */
export interface Searched {
  readonly recipe: Recipe;
  readonly learner: Learner;
  readonly dataset: Dataset;
}

/**
 * Random search with successive halving (Bergstra and Bengio 2012; Jamieson and Talwalkar 2016): in each round every
 * candidate is fitted on a share of the rows that teach, judged on all rows that judge, and the best `keep` go on to the
 * next, where the share is 1 / `keep` times as large; in the last it is all. The first candidate is the learner as it
 * was given, which goes through to the last round, so that tuning is measured against not tuning. Ties go to the earlier.
 */
export function search(searched: Searched, settings: SearchSettings, options: PipelineFitOptions): Tuning {
  const { dataset, learner } = searched;
  const { rounds, keep, folds, gap, metric = taskOf(dataset.schema).defaultMetrics[0]! } = settings;
  const random = seededRandom(options.seed ?? 1).fork('tune');
  const protocol = innerProtocol(dataset, { folds, gap, seed: random.fork('folds').integer(2 ** 32) });
  const trials = drawTrials(settings, learner, random.fork('draws'));
  const plan = planOf(trials.length, { rounds, keep });
  const total = plan.reduce((sum, { share, count }) => sum + share * count, 0);
  const given = trials[0]!;
  let racing = trials;
  let done = 0;
  for (const [round, { share, count }] of plan.entries()) {
    if (round > 0)
      racing = [given, ...ranked(racing, metric).filter((trial) => trial !== given)].slice(0, count);
    // The same rows and seeds for all of a round, so that they differ by their settings alone.
    const parts = partsOf(dataset, { folds: protocol.folds(dataset), share, random: random.fork(round) });
    for (const trial of racing) {
      const candidate = pipeline(searched.recipe, setParameters(learner, trial.values));
      const onProgress = (part: number): void =>
        options.onProgress?.(Math.min(1, (done + share * part) / total));
      trial.scores.push(judge(candidate, { parts, metric }, { ...options, onProgress }));
      done += share;
    }
  }
  const chosen = trials.indexOf(ranked(racing, metric)[0]!);
  return tuningOf({ metric: metric.name, protocol: protocol.name, rounds: plan, trials, chosen });
}

/** Rows that teach in a round, rows that judge, and the seed of the fit. */
interface Part {
  readonly teaching: Dataset;
  readonly judging: Dataset;
  readonly seed: number;
}

function partsOf(
  dataset: Dataset,
  { folds, share, random }: { folds: readonly Fold[]; share: number; random: Random },
): Part[] {
  const ordered = isOrdered(dataset);
  return folds.map(({ train, test }, k) => {
    const own = random.fork(k);
    const rows = someRows(train, { share, ordered, random: own.fork('rows') });
    return {
      teaching: datasetRows(dataset, rows),
      judging: datasetRows(dataset, test),
      seed: own.fork('fit').integer(2 ** 32),
    };
  });
}

/** The mean metric over the parts; those in which it is not defined (one class only) are left out. */
function judge(
  candidate: Pipeline,
  { parts, metric }: { parts: readonly Part[]; metric: Metric },
  { onProgress, ...options }: PipelineFitOptions,
): number {
  const values = parts.map(({ teaching, judging, seed }, k) => {
    options.signal?.throwIfAborted();
    const fitted = candidate.fit(teaching, { ...options, seed });
    const targets = taskOf(judging.schema).targets(judging);
    const predicted = fitted.predict(judging);
    const value = metric.of(targets, predicted, { width: predicted.length / targets.length });
    onProgress?.((k + 1) / parts.length);
    return value;
  });
  const defined = values.filter((value) => !Number.isNaN(value));
  return defined.reduce((sum, value) => sum + value, 0) / defined.length;
}

/** The rounds, the last on all rows; never fewer than the given learner and one other, where there is another. */
export function planOf(candidates: number, { rounds, keep }: { rounds: number; keep: number }): Round[] {
  return Array.from({ length: rounds }, (_, round) => ({
    share: keep ** (rounds - 1 - round),
    count: Math.max(Math.min(2, candidates), Math.round(candidates * keep ** round)),
  }));
}

/** The learner as it is, then settings that all differ; fewer than asked where the space has no more. */
function drawTrials({ space, candidates }: SearchSettings, learner: Learner, random: Random): Trial[] {
  const known = new Set([canonicalJson(learner.params)]);
  const trials: Trial[] = [{ place: 0, values: {}, scores: [] }];
  for (let tries = 0; trials.length < candidates && tries < 20 * candidates; tries++) {
    const values: JsonObject = drawFrom(space, random);
    const text = canonicalJson(setParameters(learner, values).params);
    if (known.has(text)) continue;
    known.add(text);
    trials.push({ place: trials.length, values, scores: [] });
  }
  return trials;
}

/** The best first, by the latest score; one that is not defined ranks last, and a tie goes to the earlier. */
function ranked(trials: readonly Trial[], metric: Metric): Trial[] {
  const worth = ({ scores }: Trial): number => {
    const value = scores[scores.length - 1]!;
    if (Number.isNaN(value)) return Number.NEGATIVE_INFINITY;
    return metric.better === 'up' ? value : -value;
  };
  const worths = new Map(trials.map((trial) => [trial, worth(trial)]));
  return [...trials].sort((a, b) => {
    const [one, other] = [worths.get(a)!, worths.get(b)!];
    return one === other ? a.place - b.place : other - one;
  });
}
