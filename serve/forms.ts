/** The forms in which rows come, by name, so that another thread knows which one is meant. */
import type { Form } from './answer-question.js';
import { invocations } from './mlflow.js';
import { explain, infer } from './open-inference.js';
import { predict, predictFromQuery } from './predict.js';

export type FormName = 'predict' | 'predictFromQuery' | 'invocations' | 'infer' | 'explain';

export const forms: Readonly<Record<FormName, Form>> = {
  predict,
  predictFromQuery,
  invocations,
  infer,
  explain,
};
