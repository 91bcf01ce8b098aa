/** Compiles an artefact for scoring: rows are checked, looked at for unusual values, predicted and decided. */
import type { Action } from '../decide/policy.js';
import { compileRowCheck } from '../schema/check-row.js';
import { oneRowTable, rowsToTable } from '../schema/rows-to-table.js';
import type { Artefact } from '../study/artefact.js';
import { answerForm } from './answer-fields.js';
import type { PolicyNote, Scorer } from './scoring.js';
import { compileUnusual } from './unusual-values.js';

/**
 * The scorer of an artefact. The same rows get the same bits, one by one or together.
 *
 * @example
 * const scorer = createScorer(artefact);
 * scorer.check(clientRow, '/rows/0');
 */
export function createScorer(artefact: Artefact): Scorer {
  const { schema, pipeline, policy, study, version } = artefact;
  const form = answerForm(artefact);
  const alone = oneRowTable(schema);
  const actionOf = (chosen: number | undefined): Action => (chosen === 1 ? 'act' : 'skip');
  return {
    artefact,
    reference: `${study}@${version}`,
    form,
    check: compileRowCheck(schema),
    ...compileUnusual(artefact),
    tableOf: (rows) => (rows.length === 1 ? alone(rows[0]!) : rowsToTable(schema, rows)),
    predict(table) {
      const predictions = pipeline.predict(table);
      // A model that answers something else must not be believed, and JSON would say null.
      for (const prediction of predictions)
        if (!form.isPossible(prediction)) throw new Error(`The model answered no ${form.main}.`);
      return predictions;
    },
    answer: (prediction) => form.of(prediction, policy.decide(prediction)),
    choose(predictions, most) {
      const chosen = policy.choose(predictions, most);
      return Array.from(predictions, (prediction, i) => form.of(prediction, actionOf(chosen[i])));
    },
  };
}

/** The policy of an artefact, in short: rows decided one by one, or the `choose` highest of a list. */
export function policyNote({ policy }: Artefact, choose?: number): PolicyNote {
  const { verb } = policy.policy.params;
  return {
    name: policy.policy.name,
    verb: typeof verb === 'string' ? verb : 'act',
    cutoff: policy.cutoff,
    ...(choose === undefined ? { by: 'cut-off' } : { by: 'rank', choose }),
  };
}
