/** The contract of the room: a policy turns answers of a model into decisions, and can be replaced without refitting it. */
import type { JsonObject } from '../json.js';
import type { TargetKind } from '../table/matrix.js';
import type { FittedTarget } from '../task/fitted-target.js';
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
  /** "f1", "money", "capacity", "cutoff" …: names the code that reads it back. */
  readonly kind: string;
  /** For tables: "best F1", "capacity of 200 a day". */
  readonly name: string;
  /** Every setting, as data. */
  readonly params: JsonObject;
  /** The kind of target whose answers it decides on. */
  readonly target: TargetKind;
  /** What acting costs and a yes brings, where the policy knows it. */
  readonly money: Money | undefined;
  /**
   * Learns from held-out predictions, never from the rows that taught the model. Policies of classes must be told their
   * names; the others pass over them.
   */
  fit(reference: Judged, target?: FittedTarget): FittedPolicy;
}

/** A rule that decides. */
export interface FittedPolicy {
  readonly policy: Policy;
  /**
   * Rows of at least this probability or number are acted on; may be a little above 1, where none should be. Undefined
   * where no cut-off decides.
   */
  readonly cutoff: number | undefined;
  /** Every decision that it can take: 'act' and 'skip', or the names of classes; none where it takes none. */
  readonly decisions: readonly string[];
  /** What it came to on the reference predictions. */
  readonly expected: PolicyOutcome;
  /** For one row, whatever the others are: its probability or number, or the probabilities of its classes. */
  decide(answer: number | Float64Array): string;
  /** How many rows of a batch at most, by rank; undefined where every row is cut by itself. */
  readonly perBatch: number | undefined;
  /**
   * For a whole batch, such as a day's list: 1 for each row to act on, of one answer a row. A policy of capacity ranks the batch and fills its
   * capacity, so a part of a batch would get all of it; the others cut row by row. With `most`, every policy takes so many
   * of the highest.
   */
  choose(probabilities: Float64Array, most?: number): Uint8Array;
  /**
   * What it comes to on rows that it has not seen. A policy of capacity works list by list, in the order of the rows, and
   * stays within its capacity; the others decide row by row. `money` by default the policy's own.
   */
  outcome(heldOut: Judged, money?: Money): PolicyOutcome;
  /** The share of rows that its cut-off alone would act on, row by row; NaN where it has none. */
  shareByCutoff(heldOut: Judged): number;
  toJSON(): JsonObject;
}

/**
 * What a policy comes to on rows whose outcome is known. Shares are NaN where there is nothing to divide by. Where a number
 * decides, a yes is a row whose true number is at least the threshold; where classes are decided, every row is acted on
 * and a hit is a row that was decided for the best.
 */
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
