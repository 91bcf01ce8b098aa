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
  const together = (await ask(golden.rows)) as { predictions?: { probability: unknown }[]; model?: unknown };
  for (const [i, row] of golden.rows.entries()) {
    const alone = (await ask(row)) as { probability?: unknown; model?: unknown };
    for (const answer of [
      { probability: alone.probability, model: alone.model },
      { probability: together.predictions?.[i]?.probability, model: together.model },
    ]) {
      const same = Object.is(answer.probability, golden.probabilities[i]);
      if (same && answer.model === `${study}@${version}`) continue;
      throw new Problem({
        code: 'serve-golden',
        what: `the service does not answer golden row ${i} of ${study} with the probability that was measured`,
        expected: 'the very same bits',
        remedy: 'serve the model with the program that made it, or run the study again',
      });
    }
  }
}
