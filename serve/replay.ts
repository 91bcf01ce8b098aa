/** Proves that a model, asked through the service's own routes, answers its golden rows with the measured bits. */

import type { Hono } from 'hono';
import { Problem, type Scorer } from '../src/serving.js';
import type { RequestEnv } from './request.js';

/** Sends every golden row by itself and all of them at once. Throws `serve-golden` where one bit differs. */
export async function replayGolden(app: Hono, model: Scorer): Promise<void> {
  const { artefact } = model;
  const { golden, study, version } = artefact;
  const ask = async (body: unknown): Promise<unknown> => {
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    };
    const env: RequestEnv = { replay: model };
    return (await app.request('/predict', init, env)).json();
  };
  const { form } = model;
  const names = Object.keys(form.of(golden.predicted, 0));
  /** The fields of an answer that the model is accountable for, as text: numbers keep their bits in it. */
  const fieldsOf = (answer: Record<string, unknown> | undefined): string =>
    JSON.stringify(names.map((name) => answer?.[name]));
  const together = (await ask(golden.rows)) as { predictions?: Record<string, unknown>[]; model?: unknown };
  for (const [i, row] of golden.rows.entries()) {
    const alone = (await ask(row)) as Record<string, unknown>;
    const measured = fieldsOf({ ...form.of(golden.predicted, i * form.width) });
    for (const { fields, of } of [
      { fields: fieldsOf(alone), of: alone.model },
      { fields: fieldsOf(together.predictions?.[i]), of: together.model },
    ]) {
      if (fields === measured && of === `${study}@${version}`) continue;
      throw new Problem({
        code: 'serve-golden',
        what: `the service does not answer golden row ${i} of ${study} with what was measured`,
        expected: 'the very same bits',
        remedy: 'serve the model with the program that made it, or run the study again',
      });
    }
  }
}
