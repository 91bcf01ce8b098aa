/** An artefact: a measured model as files of checked JSON. Made here, read back here; nothing in it is ever run. */
import type { FittedPolicy } from '../decide/policy.js';
import { policyFromJson } from '../decide/policy-from-json.js';
import { fittedPipelineFromJson } from '../evaluate/fitted-from-json.js';
import type { FittedPipeline } from '../evaluate/pipeline.js';
import type { Json, JsonReader } from '../json.js';
import { Problem } from '../problem.js';
import { compileRowCheck } from '../schema/check-row.js';
import { makeSchema } from '../schema/define-schema.js';
import { requestRow } from '../schema/request-row.js';
import { rowsToTable } from '../schema/rows-to-table.js';
import type { Dataset, Schema } from '../schema/schema.js';
import { schemaFromJson, schemaToJson } from '../schema/schema-json.js';
import type { Table } from '../table/table.js';
import { type ArtefactFiles, jsonFile, packArtefact, proveFiles } from './artefact-files.js';
import { featureRows, type Golden, goldenIndices, goldenJson, readGolden } from './golden.js';
import type { Manifest } from './manifest.js';
import { type Reference, readReference, referenceJson, referenceOf } from './reference.js';
import type { StudyReport } from './study-report.js';

/** A model that can be served, with everything that is known of it. */
export interface Artefact {
  readonly study: string;
  readonly version: string;
  readonly schema: Schema;
  readonly pipeline: FittedPipeline;
  readonly policy: FittedPolicy;
  readonly golden: Golden;
  readonly reference: Reference;
  /** What the study found; absent for a model that was saved without a study. */
  readonly report: StudyReport | undefined;
  /** The model card, in Markdown. */
  readonly card: string;
  readonly manifest: Manifest;
}

/** What an artefact is made of. */
export interface ArtefactParts {
  study: string;
  pipeline: FittedPipeline;
  policy: FittedPolicy;
  /** The rows that the model was fitted on; only their distribution is kept. */
  trainedOn: Dataset;
  /** The rows that it was measured on; forty of them become golden rows. */
  measuredOn: Dataset;
  scores: Readonly<Record<string, number>>;
  seed: number;
  program: string;
  why: string;
  card: string;
  report?: StudyReport;
  module?: Manifest['module'];
  cells?: Manifest['cells'];
}

const goldenRows = 40;

/**
 * An artefact as files. Equal parts give equal bytes; only the version also holds the time of making.
 * Before it returns, the files are read back and the golden rows answered.
 */
export function makeArtefact(parts: ArtefactParts, madeAt: Date): ArtefactFiles {
  const { pipeline, measuredOn, trainedOn } = parts;
  const schema = schemaOfColumns(trainedOn);
  const reference = referenceOf(schema, {
    table: trainedOn.table,
    predicted: pipeline.predict(trainedOn),
    width: pipeline.width,
  });
  const artefact = packArtefact(
    {
      'model.json': jsonFile({ schema: schemaToJson(schema), pipeline: pipeline.toJSON() }),
      'policy.json': jsonFile(parts.policy.toJSON()),
      'golden.json': jsonFile(goldenJson(goldenOf(parts, schema))),
      'reference.json': jsonFile(referenceJson(reference)),
      'report.json': jsonFile((parts.report ?? null) as unknown as Json),
      'card.md': parts.card,
    },
    {
      study: parts.study,
      data: { ...measuredOn.source, rows: trainedOn.table.rowCount },
      module: parts.module ?? null,
      cells: parts.cells ?? [],
      scores: parts.scores,
      seed: parts.seed,
      program: parts.program,
      why: parts.why,
    },
    madeAt,
  );
  readArtefact(artefact);
  return artefact;
}

/**
 * Reads an artefact and believes nothing: hashes, format, structure, and the golden rows answered to the bit.
 * Throws a `Problem` with the reason: `artefact-altered`, `artefact-format`, `artefact-structure`, `artefact-golden`.
 */
export function readArtefact(given: ArtefactFiles): Artefact {
  const { study, version } = given;
  const { manifest, text, read } = proveFiles(given);
  const model = read('model.json', (json) => ({
    schema: schemaFromJson(json.field('schema')),
    pipeline: fittedPipelineFromJson(json.field('pipeline')),
  }));
  const artefact: Artefact = {
    study,
    version,
    ...model,
    policy: read('policy.json', (json) => policyFromJson(json.value)),
    golden: read('golden.json', (json) => readGolden(json, model.pipeline.width)),
    reference: read('reference.json', readReference),
    report: read('report.json', readReport),
    card: text('card.md'),
    manifest,
  };
  read('golden.json', () => answerGolden(artefact));
  return artefact;
}

/** Its hash is proved and nothing is computed from it, it is only shown: a look at its format is enough. */
function readReport(json: JsonReader): StudyReport | undefined {
  if (json.value === null) return undefined;
  json.field('format').integer({ min: 2, max: 2 });
  return json.value as StudyReport;
}

/** Throws `artefact-golden` unless the model makes the measured features and answers again, to the bit. */
function answerGolden({ schema, pipeline, golden }: Artefact): void {
  const table = goldenTable(schema, golden.rows);
  const features = featureRows(pipeline.features(table));
  const predicted = pipeline.predict(table);
  const { width } = pipeline;
  golden.rows.forEach((_, row) => {
    const measured = golden.features[row]!;
    const same =
      features[row]!.length === measured.length &&
      measured.every((value, j) => Object.is(value, features[row]![j]));
    const from = row * width;
    const answer = golden.predicted.subarray(from, from + width);
    if (same && answer.every((value, k) => Object.is(value, predicted[from + k]))) return;
    throw new Problem({
      code: 'artefact-golden',
      what: `this program does not answer golden row ${row} with the ${same ? 'prediction' : 'features'} that were measured`,
      expected: 'the very same bits',
      remedy: 'serve it with the program that made it, or run the study again',
    });
  });
}

/** The schema without the columns that were not read: nobody who asks has to send what the model never saw. */
function schemaOfColumns({ schema, table }: Dataset): Schema {
  const read = new Set(table.columns.map(({ name }) => name));
  const columns = schema.columns.filter(({ name, known }) => known !== 'before' || read.has(name));
  return columns.length === schema.columns.length ? schema : makeSchema({ ...schema, columns });
}

function goldenOf({ pipeline, measuredOn }: ArtefactParts, schema: Schema): Golden {
  const { table } = measuredOn;
  const picked = table.rows(
    goldenIndices(pipeline.predict(table), { count: goldenRows, width: pipeline.width }),
  );
  const rows = Array.from({ length: picked.rowCount }, (_, i) => requestRow(schema, picked, i));
  const asked = goldenTable(schema, rows);
  return {
    rows,
    features: featureRows(pipeline.features(asked)),
    predicted: pipeline.predict(picked),
  };
}

/** The rows as the service would read them. Throws a `Problem` where the schema refuses one. */
function goldenTable(schema: Schema, rows: Golden['rows']): Table {
  const check = compileRowCheck(schema);
  const checked = rows.map((row, i) => {
    const verdict = check(row, `/rows/${i}`);
    if (verdict.row === undefined) throw new Problem(verdict.issues);
    return verdict.row;
  });
  return rowsToTable(schema, checked);
}
