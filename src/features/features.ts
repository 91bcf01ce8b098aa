/** The contract of the room: steps learn from training rows how columns of a Table become columns of a Matrix. */
import type { JsonObject } from '../json.js';
import type { Feature, Matrix, Targets } from '../table/matrix.js';
import type { Table } from '../table/table.js';

/** What a step works on: a column by name, or the outputs of another step. */
export type Input<Name extends string = string> = Name | Step<Name>;

/** An unfitted step. `Name` is the union of the columns it reads, so that a schema can refuse late ones by type. */
export interface Step<Name extends string = string> {
  /** Names the code that reads it back: "oneHot". */
  readonly kind: string;
  /** The table's columns that it reads, through inner steps too. */
  readonly columns: readonly Name[];
  /** Inputs (names, or inner steps as `{ kind, params }`) and settings, as data. */
  readonly params: JsonObject;
  /** Learns from training rows only. The outputs for those rows come with it: they may be made out of fold. */
  fit(table: Table, context: StepContext): { step: FittedStep; outputs: readonly Feature[] };
}

/** What a step may learn from beside the rows. */
export interface StepContext {
  /** What came true in each row; steps that learn from it never let a row see its own. */
  readonly targets: Targets;
  readonly seed: number;
  /** True where the rows stand in time order: out-of-fold values must then come from earlier rows. */
  readonly ordered: boolean;
  /** A group code a row; rows of one group never inform each other's out-of-fold values. */
  readonly groups?: Int32Array;
}

/** A step that has learned; `transform` is the same code at training and at serving. */
export interface FittedStep {
  readonly kind: string;
  readonly outputs: readonly Output[];
  transform(table: Table): readonly Feature[];
  toJSON(): JsonObject;
}

/** One column of the matrix: its name ("job=retired"), its kind, and the table's columns it comes from. */
export interface Output {
  readonly name: string;
  readonly from: readonly string[];
  readonly kind: 'number' | 'category';
  /** The level of each code, for a category. */
  readonly levels?: readonly string[];
}

/** Steps bound to a schema; made by `features(schema, steps)`. */
export interface Recipe {
  /** The table's columns that it reads. */
  readonly columns: readonly string[];
  readonly steps: readonly Step[];
  fit(table: Table, context: StepContext): { recipe: FittedRecipe; matrix: Matrix };
  toJSON(): JsonObject;
}

/** A recipe that has learned from training rows. */
export interface FittedRecipe {
  readonly columns: readonly string[];
  readonly outputs: readonly Output[];
  /** Every text level seen in training, by column of the table. */
  readonly levels: ReadonlyMap<string, ReadonlySet<string>>;
  transform(table: Table): Matrix;
  toJSON(): JsonObject;
}
