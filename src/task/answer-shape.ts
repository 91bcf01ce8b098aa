/** The fields in which an answer is given, and how they come from a model's numbers. */
import type { JsonObject } from '../json.js';

/** One field of an answer, as documents and protocols tell it. */
export interface AnswerField {
  readonly name: keyof AnswerFields;
  readonly schema: JsonObject;
  /** Its type in the Open Inference Protocol. */
  readonly datatype: 'FP64' | 'BYTES';
  /** Where the field is an object: the names of its numbers, in their order. */
  readonly parts?: readonly string[];
}

/** What is answered to one row: the fields that its kind of target has, and the decision where one is taken. */
export interface AnswerFields {
  /** The probability of yes, in [0, 1]. */
  readonly probability?: number;
  /** The number that is expected, in the unit of the target. */
  readonly prediction?: number;
  /** The bounds of its interval. */
  readonly low?: number;
  readonly high?: number;
  /** The probability of each class; they sum to 1. */
  readonly probabilities?: Readonly<Record<string, number>>;
  /** 'act' or 'skip', or the name of a class. */
  readonly decision?: string;
}

/** How the numbers of a model become an answer. */
export interface AnswerShape {
  /** In the order in which they are written. */
  readonly fields: readonly AnswerField[];
  /** A name for each of the model's numbers: the columns of a scored file. */
  readonly columns: readonly string[];
  /** The field that is the prediction itself: "probability". */
  readonly main: keyof AnswerFields;
  /** What the prediction is, for people: "Probability of yes". */
  readonly title: string;
  /** The fields for the numbers that stand from `at`. */
  of(answers: Float64Array, at: number): AnswerFields;
  /** Whether a number can be a part of an answer at all. */
  isPossible(answer: number): boolean;
}
