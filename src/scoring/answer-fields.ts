/** The fields of a served model's answers: those of its task, and what its policy decides. */

import type { Artefact } from '../study/artefact.js';
import type { AnswerField, AnswerFields, AnswerShape } from '../task/answer-shape.js';
import { taskOfKind } from '../task/task-of.js';

export type { AnswerField, AnswerFields };

/** The fields of a model's answers. */
export interface AnswerForm extends AnswerShape {
  /** The field that says what to do; absent where nothing is decided. */
  readonly action: 'decision' | undefined;
  /** True where that is to act or to skip; of a number or a class there is nothing to act on. */
  readonly acts: boolean;
  /** How many numbers the model gives a row. */
  readonly width: number;
  /** The fields for the numbers that stand from `at`, and what was decided. */
  decided(answers: Float64Array, at: number, decision: string): AnswerFields;
}

/** The fields of this model's answers. */
export function answerForm({ pipeline, policy, schema }: Artefact): AnswerForm {
  const { target, width } = pipeline;
  const shape = taskOfKind(target.kind).answer({ target, width, type: schema.target.type });
  const { decisions } = policy;
  if (decisions.length === 0) return { ...shape, width, action: undefined, acts: false, decided: shape.of };
  const { verb } = policy.policy.params;
  const act = typeof verb === 'string' ? verb : 'act';
  const isAction = decisions.includes('act');
  const decision: AnswerField = {
    name: 'decision',
    schema: {
      enum: [...decisions],
      description: isAction
        ? `What the policy says: "act" (${act}), or "skip" (do not ${act}).`
        : `What the policy says: ${policy.policy.name}.`,
    },
    datatype: 'BYTES',
  };
  return {
    ...shape,
    width,
    fields: [...shape.fields, decision],
    action: 'decision',
    acts: isAction,
    decided(answers, at, decided) {
      // Made just now for this answer: adding to it is twice as quick as copying it.
      const answer: { -readonly [Field in keyof AnswerFields]: AnswerFields[Field] } = shape.of(answers, at);
      answer.decision = decided;
      return answer;
    },
  };
}
