/** Compiles an artefact for scoring: rows are checked, looked at for unusual values, predicted and decided. */
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
  const { width } = form;
  const decide = (answers: Float64Array, row: number): string =>
    policy.decide(width === 1 ? answers[row]! : answers.subarray(row * width, (row + 1) * width));
  return {
    artefact,
    reference: `${study}@${version}`,
    form,
    policy: policyNote(artefact),
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
    answer: (answers, row) => form.decided(answers, row * width, decide(answers, row)),
    choose(answers, most) {
      const first = width === 1 ? answers : answers.filter((_, i) => i % width === 0);
      return Array.from(policy.choose(first, most), (chosen, row) =>
        form.decided(answers, row * width, chosen === 1 ? 'act' : 'skip'),
      );
    },
  };
}

/** The policy of an artefact, in short: rows decided one by one, or the `choose` highest of a list. */
export function policyNote({ policy }: Artefact, choose?: number): PolicyNote {
  const { verb } = policy.policy.params;
  return {
    name: policy.policy.name,
    verb: typeof verb === 'string' ? verb : 'act',
    ...(policy.cutoff !== undefined && { cutoff: policy.cutoff }),
    ...(policy.perBatch !== undefined && { perList: policy.perBatch }),
    ...(choose === undefined
      ? { by: policy.cutoff === undefined ? 'row' : 'cut-off' }
      : { by: 'rank', choose }),
  };
}
