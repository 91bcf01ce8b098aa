/** The fields in which an answer is given, and how they come from a model's numbers. */
import type { JsonObject } from '../json.js';

/** One field of an answer, as documents and protocols tell it. */
export interface AnswerField {
  readonly name: string;
  readonly schema: JsonObject;
  /** Its type in the Open Inference Protocol. */
  readonly datatype: 'FP64' | 'BYTES';
  /** Where the field is an object: the names of its numbers, in their order. */
  readonly parts?: readonly string[];
}

/** What is answered to one row, by field. */
export type AnswerFields = Readonly<
  Record<string, number | string | Readonly<Record<string, number>> | undefined>
>;

/** How the numbers of a model become an answer. */
export interface AnswerShape {
  /** In the order in which they are written. */
  readonly fields: readonly AnswerField[];
  /** A name for each of the model's numbers: the columns of a scored file. */
  readonly columns: readonly string[];
  /** The field that is the prediction itself: "probability". */
  readonly main: string;
  /** What the prediction is, for people: "Probability of yes". */
  readonly title: string;
  /** The fields for the numbers that stand from `at`. */
  of(answers: Float64Array, at: number): AnswerFields;
  /** Whether a number can be a part of an answer at all. */
  isPossible(answer: number): boolean;
}
