/** The contract of the room: what is asked of a scorer, and what it answers. */
import type { Issue } from '../problem.js';
import type { CheckedRow, RowVerdict } from '../schema/check-row.js';
import type { Artefact } from '../study/artefact.js';
import type { Table } from '../table/table.js';
import type { AnswerFields, AnswerForm } from './answer-fields.js';

/** Why a value is unusual. The row is answered all the same. */
export type UnusualCode = 'unseen-level' | 'outside-trained-range' | 'seldom-missing';

/** One unusual value of a row. */
export interface Unusual {
  readonly code: UnusualCode;
  readonly column: string;
}

/** The unusual values of each row, by its number; nearly every row has none and is not there. */
export type UnusualRows = ReadonlyMap<number, readonly Unusual[]>;

/** The policy that decided, and how. */
export interface PolicyNote {
  readonly name: string;
  /** The word for acting: "call". */
  readonly verb: string;
  /** Rows of at least this probability or number are acted on, where a cut-off decides one by one. */
  readonly cutoff?: number;
  /** Each row by the cut-off or by itself, or the rows of a list by their rank. */
  readonly by: 'cut-off' | 'row' | 'rank';
  /** How many rows of the list at most, by rank. */
  readonly choose?: number;
  /** How many rows of one list there is time for, where the policy is a capacity. Only by rank is that kept. */
  readonly perList?: number;
}

/** A model with its checks compiled: the one place where rows become answers, for the service, for files and for jobs. */
export interface Scorer {
  readonly artefact: Artefact;
  /** "bank-marketing@20261121T021500Z-…": study and version. */
  readonly reference: string;
  /** Which fields its answers have. */
  readonly form: AnswerForm;
  /** The policy as it decides rows one by one. */
  readonly policy: PolicyNote;
  /** Checks one row that came as JSON. `pointer` is where it stands in the body. */
  check(row: unknown, pointer?: string): RowVerdict;
  /** What is unusual about the rows of a table. */
  unusual(table: Table): UnusualRows;
  /** An unusual value as a sentence. `pointer` is where its row stands in the body. */
  describe(unusual: Unusual, pointer: string): Issue;
  /** The table of rows that passed. It is good until the next one is made. */
  tableOf(rows: readonly CheckedRow[]): Table;
  /** The answers to the rows of a table, `form.width` numbers each. Throws where the model answers something else. */
  predict(table: Table): Float64Array;
  /** The answer to one row, decided by itself. */
  answer(answers: Float64Array, row: number): AnswerFields;
  /** The answers to a list of rows, decided by their rank: the `most` highest are acted on, of equals the first. */
  choose(answers: Float64Array, most: number): AnswerFields[];
}

/** One answered row. */
export interface ScoredRow {
  readonly fields: AnswerFields;
  /** What is unusual about it. */
  readonly unusual: readonly Unusual[];
}

/** What came of a list of rows: all of them answered, or none. */
export type Scored =
  | { readonly rows: readonly ScoredRow[]; readonly table: Table; readonly policy: PolicyNote }
  | {
      /** The first of them. */
      readonly issues: readonly Issue[];
      readonly total: number;
      /** How many rows were not looked at, since so much was wrong before them. */
      readonly unread: number;
    };
