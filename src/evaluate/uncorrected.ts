/** The same pipeline without calibration and prior correction: what a learner says by itself. */
import { canonicalJson, type Json, type JsonObject } from '../json.js';
import type { Schema } from '../schema/schema.js';
import type { Pipeline } from './pipeline.js';
import { pipelineFromJson } from './pipeline-from-json.js';

/** Strips every `withCalibration`, and switches the correction of `withSmote` and `withWeights` off; where there is none, the pipeline itself. */
export function uncorrected(pipeline: Pipeline, schema: Schema): Pipeline {
  const json = JSON.parse(JSON.stringify(pipeline.toJSON())) as JsonObject;
  const stripped = strip(json);
  return canonicalJson(stripped) === canonicalJson(json) ? pipeline : pipelineFromJson(schema, stripped);
}

function strip(json: Json): Json {
  if (json === null || typeof json !== 'object') return json;
  if (Array.isArray(json)) return json.map((item: Json) => strip(item));
  const { kind, params, ...rest } = json as { kind?: Json; params?: JsonObject } & JsonObject;
  if (kind === 'withCalibration' && params?.learner) return strip(params.learner);
  const fields: [string, Json][] = Object.entries({ ...rest, ...(kind !== undefined && { kind }) }).map(
    ([key, value]) => [key, strip(value ?? null)],
  );
  if (params === undefined) return Object.fromEntries(fields);
  const inner = strip(params) as JsonObject;
  const off = kind === 'withSmote' || kind === 'withWeights' ? { correct: false } : {};
  return { ...Object.fromEntries(fields), params: { ...inner, ...off } };
}
