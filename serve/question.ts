/** Rows on their way to a model and back, as plain data: they can be answered here or by another thread. */
import type {
  AnswerFields,
  NewPrediction,
  PolicyNote,
  ScoreRowsOptions,
  WarningCount,
} from '../src/serving.js';
import type { ProblemEntry } from './problems.js';
import type { Explanation } from './reasons.js';
import type { Reply } from './reply.js';

/** What is asked of a model. */
export interface Question {
  readonly body: Uint8Array;
  readonly mediaType: string;
  /** How many bytes of the body are JSON, where bytes of tensors follow it. */
  readonly jsonBytes?: number;
  /** What the client accepts; JSON where it says nothing. */
  readonly accept?: string;
  /** The query of the address. */
  readonly query: string;
  readonly requestId: string;
  /** The name of the key that asked. */
  readonly caller?: string;
  /** When it came, in milliseconds since 1970. */
  readonly time: number;
}

/** What becomes of a question. */
export interface Answered {
  readonly reply: Reply;
  readonly effects: Effects;
}

/** What an answer leaves to be counted and kept. */
export interface Effects {
  /** True where rows were refused. */
  readonly refused: boolean;
  readonly predictions: readonly NewPrediction[];
  /** How many rows had each unusual value. */
  readonly warnings: readonly WarningCount[];
}

/** One row's answer, as clients get it. */
export interface Prediction extends AnswerFields {
  /** Names this prediction in the audit log. */
  readonly id: string;
  /** What is unusual about the row; absent where nothing is. */
  readonly warnings?: readonly ProblemEntry[];
  /** Why; where it was asked for. Null where the model has no exact answer. */
  readonly explanation?: Explanation | null;
}

/** A warning beside others, where answers have no room for their own. */
export type RowWarning = ProblemEntry & {
  /** The row it is about, from 0. */
  readonly row: number;
};

/** All warnings of these answers, each with its row; undefined where there are none. */
export function rowWarnings(predictions: readonly Prediction[]): readonly RowWarning[] | undefined {
  const found = predictions.flatMap(({ warnings = [] }, row) => warnings.map((one) => ({ row, ...one })));
  return found.length === 0 ? undefined : found;
}

/** The rows of a question and how they are to be taken. */
export interface Rows extends ScoreRowsOptions {
  readonly rows: readonly unknown[];
  /** The row as it stood in the body, where it is the only one. */
  readonly text?: string;
  /** How many reasons each answer has; none where absent. */
  readonly explain?: number;
}

/** The answers to the rows of a question, in their order. */
export interface Predictions {
  readonly predictions: readonly Prediction[];
  readonly policy: PolicyNote;
}
