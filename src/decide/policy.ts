/** The contract of the room: a policy turns probabilities into actions, and can be replaced without refitting the model. */

import type { JsonObject } from '../json.js';
import type { Judged } from '../task/predictions.js';

export type { Judged };

/** What to do with a row: act on it (call, order, refuse …) or leave it. */
export type Action = 'act' | 'skip';

/** What acting costs and what a yes among the acted on brings, in one currency. */
export interface Money {
  readonly costPerAction: number;
  readonly gainPerYes: number;
}

/** What every policy may be told. */
export interface PolicyOptions {
  /** The word for acting, in sentences: "call". By default "act". */
  verb?: string;
}

/** A rule whose cut-off is not yet known. */
export interface Policy {
  /** "f1", "money", "capacity", "cutoff": names the code that reads it back. */
  readonly kind: string;
  /** For tables: "best F1", "capacity of 200 a day". */
  readonly name: string;
  /** Every setting, as data. */
  readonly params: JsonObject;
  /** What a call costs and a sale brings, where the policy knows it. */
  readonly money: Money | undefined;
  /** Learns the cut-off from held-out predictions, never from the rows that taught the model. */
  fit(reference: Judged): FittedPolicy;
  /** The policy with a cut-off that it learned before, as an artefact keeps it. */
  restore(cutoff: number, expected: PolicyOutcome): FittedPolicy;
}

/** A rule that decides. */
export interface FittedPolicy {
  readonly policy: Policy;
  /** Rows of at least this probability are acted on; may be a little above 1, where none should be. */
  readonly cutoff: number;
  /** What it came to on the reference predictions. */
  readonly expected: PolicyOutcome;
  /** For one row, whatever the others are. */
  decide(probability: number): Action;
  /** How many rows of a batch at most, by rank; undefined where every row is cut by itself. */
  readonly perBatch: number | undefined;
  /**
   * For a whole batch, such as a day's list: 1 for each row to act on. A policy of capacity ranks the batch and fills its
   * capacity, so a part of a batch would get all of it; the others cut row by row. With `most`, every policy takes so many
   * of the highest.
   */
  choose(probabilities: Float64Array, most?: number): Uint8Array;
  toJSON(): JsonObject;
}

/** What a policy comes to on rows whose outcome is known. Shares are NaN where there is nothing to divide by. */
export interface PolicyOutcome {
  readonly rows: number;
  /** How many rows were acted on. */
  readonly acted: number;
  /** Of those, how many were a yes. */
  readonly hits: number;
  /** How many of the acted on were to be expected as a yes: the sum of their probabilities. */
  readonly expectedHits: number;
  /** How many rows were a yes. */
  readonly yes: number;
  /** acted / rows. */
  readonly share: number;
  /** hits / acted. */
  readonly precision: number;
  /** hits / yes. */
  readonly recall: number;
  /** hits · margin - acted · cost, by what came true; undefined where no money was named. */
  readonly profit: number | undefined;
  /** The same by the probabilities: what was to be expected, if they are calibrated. */
  readonly expectedProfit: number | undefined;
}
