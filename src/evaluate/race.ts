/** The contract of a race: a leaderboard that prints itself, and the questions one asks of it. `raceOf` makes one. */
import type { JsonObject } from '../json.js';
import type { Estimate, Metric, Predictions } from '../task/predictions.js';
import type { Protocol } from './evaluate.js';
import type { Pipeline } from './pipeline.js';

/** A line of the leaderboard. */
export interface RaceRow {
  readonly name: string;
  /** By protocol name, then by metric name. */
  readonly scores: { readonly [protocol: string]: { readonly [score: string]: Estimate } };
}

/** A candidate that could not be judged. */
export interface RaceFailure {
  readonly name: string;
  /** Where, and what to do: a sentence. */
  readonly why: string;
}

/** Prints itself: best first by the first metric under the first protocol. */
export interface Race {
  /** Those that were judged. */
  readonly candidates: readonly Pipeline[];
  /** Those that were not, for they could not learn from the rows of every fold. */
  readonly failures: readonly RaceFailure[];
  /** The first decides. */
  readonly protocols: readonly Protocol[];
  /** The first decides. */
  readonly metrics: readonly Metric[];
  /** How the cut-off of F1 and its like was found, as a sentence; undefined where no metric acts. */
  readonly cutoff: string | undefined;
  readonly seed: number;
  readonly rowCount: number;
  /** The leaderboard, best first by the deciding metric under the deciding protocol. */
  readonly rows: readonly RaceRow[];
  /** One sentence on why the protocols differ; empty where there is one only. */
  readonly why: string;
  /** Names of the candidates, best first, by a metric ("auc") under a protocol; the deciding ones by default. */
  ranking(metric?: string, protocol?: string): string[];
  estimate(candidate: string, metric?: string, protocol?: string): Estimate;
  predictions(candidate: string, protocol?: string): Predictions;
  /** The metric of a minus that of b on the same rows, with the interval of the paired difference. */
  difference(a: string, b: string, metric?: string, protocol?: string): Estimate;
  /**
   * The candidate to go on with: the simplest that trails the leader by no more than one standard error of their paired
   * difference, under the deciding protocol. `ranking()[0]` is the leader. Simplest first is the order of the candidates, or of
   * the names given. Unless told otherwise its `fit` takes the seed of the race, and what is fitted scores F1 at the cut-off of
   * best F1 on the race's own held-out predictions.
   */
  best(metric?: string, options?: { simplestFirst?: readonly string[] }): Pipeline;
  toJSON(): JsonObject;
}
