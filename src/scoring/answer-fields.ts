/** The fields of an answer, in one place: what a prediction is turned into, and the JSON schema of it. */
import type { Action } from '../decide/policy.js';
import type { JsonObject } from '../json.js';
import type { Artefact } from '../study/artefact.js';

/** What is answered to one row. */
export interface AnswerFields {
  /** The probability of yes, in [0, 1]. */
  readonly probability: number;
  /** What the policy says: act on this row, or leave it. */
  readonly decision: Action;
}

/** One field, as documents and protocols tell it. */
export interface AnswerField {
  readonly name: keyof AnswerFields;
  readonly schema: JsonObject;
  /** Its type in the Open Inference Protocol. */
  readonly datatype: 'FP64' | 'BYTES';
}

/** The fields of a model's answers. */
export interface AnswerForm {
  /** In the order in which they are written. */
  readonly fields: readonly AnswerField[];
  /** The field that is the prediction itself. */
  readonly main: 'probability';
  /** The field that says what to do. */
  readonly action: 'decision';
  /** The fields for a prediction and what was decided. */
  of(prediction: number, decision: Action): AnswerFields;
  /** Whether a prediction can be one at all. */
  isPossible(prediction: number): boolean;
}

/** The fields of this model's answers. */
export function answerForm({ policy }: Artefact): AnswerForm {
  const { verb } = policy.policy.params;
  const act = typeof verb === 'string' ? verb : 'act';
  return {
    fields: [
      {
        name: 'probability',
        schema: { type: 'number', minimum: 0, maximum: 1, description: 'The probability of yes.' },
        datatype: 'FP64',
      },
      {
        name: 'decision',
        schema: {
          enum: ['act', 'skip'],
          description: `What the policy says: "act" (${act}), or "skip" (do not ${act}).`,
        },
        datatype: 'BYTES',
      },
    ],
    main: 'probability',
    action: 'decision',
    of: (probability, decision) => ({ probability, decision }),
    isPossible: (probability) => probability >= 0 && probability <= 1,
  };
}
