/** What a model is: `/metadata` says everything that is known of it, `/prototype` what a row looks like. */
import { type Artefact, type JsonObject, jsonSchema, policyNote } from '../src/serving.js';
import { exampleRow } from './example-row.js';
import { json } from './reply.js';
import type { Endpoint } from './router.js';

/** `/metadata`: the model card as data, and the chain of custody. */
export const metadata: Endpoint = ({ model: { artefact } }) => {
  const { study, version, schema, pipeline, policy, reference, report, card, manifest } = artefact;
  return json({
    study,
    version,
    title: report?.study.title ?? study,
    question: report?.study.question,
    moment: schema.moment,
    target: { ...schema.target.type, name: schema.target.name },
    model: {
      name: pipeline.name,
      columns: pipeline.columns,
      trainedOn: { rows: reference.rows, target: targetNote(reference.target) },
    },
    policy: { ...policyNote(artefact), ...policy.toJSON() },
    columns: schema.columns.map(({ name, known, type }) => ({ ...type, name, known })),
    simulated: manifest.data.simulated,
    scores: report?.holdout.scores ?? manifest.scores,
    audit: report?.audit,
    custody: {
      data: manifest.data,
      module: manifest.module,
      cells: manifest.cells,
      files: manifest.files,
      seed: manifest.seed,
      program: manifest.program,
      why: manifest.why,
    },
    card,
  });
};

/** The distribution of the target as plain data. */
function targetNote(target: Artefact['reference']['target']): JsonObject {
  return target.kind === 'number'
    ? { quantiles: target.quantiles }
    : { counts: Object.fromEntries(target.counts) };
}

/** `/prototype`: the JSON Schema of a row, with an example that can be sent as it is. */
export const prototype: Endpoint = ({ model: { artefact } }) => {
  const { schema, pipeline } = artefact;
  return json({
    ...jsonSchema(schema, { levels: pipeline.levels }),
    title: `A row of ${artefact.study}`,
    examples: [exampleRow(artefact)],
  });
};
