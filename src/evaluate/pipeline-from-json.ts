/** Reads pipelines, blends and tuned pipelines back: unfitted ones for worker threads, fitted ones from an artefact. */
import { fittedRecipeFromJson, recipeFromJson } from '../features/recipe-from-json.js';
import { JsonReader } from '../json.js';
import { learnerFromJson, modelFromJson } from '../models/registry.js';
import type { Schema } from '../schema/schema.js';
import { blendFromJson, fittedBlendFromJson } from './blend.js';
import { type FittedPipeline, fittedPipeline, type Pipeline, pipeline } from './pipeline.js';
import { fittedTunedFromJson, tunedFromJson } from './tune/tune.js';

const kinds = ['pipeline', 'blend', 'tuned'] as const;

/** Reads an unfitted one; takes parsed JSON or a reader. Throws a `Problem` for what the schema or this version does not know. */
export function pipelineFromJson(schema: Schema, json: unknown): Pipeline {
  const reader = readerOf(json);
  const kind = reader.field('kind').oneOf(kinds);
  if (kind === 'blend') return blendFromJson(reader, (member) => pipelineFromJson(schema, member));
  const recipe = recipeFromJson(schema, reader.field('recipe').value);
  if (kind === 'tuned') return tunedFromJson(reader, recipe);
  const name = reader.field('name').string();
  return pipeline(recipe, learnerFromJson(reader.field('learner')), { name });
}

/** Reads a fitted one; it predicts the same bits. Throws `artefact-structure`. */
export function fittedPipelineFromJson(json: unknown): FittedPipeline {
  const reader = readerOf(json);
  const name = reader.field('name').string();
  const kind = reader.field('kind').oneOf(kinds);
  if (kind === 'blend') return fittedBlendFromJson(reader, fittedPipelineFromJson);
  if (kind === 'tuned') return fittedTunedFromJson(reader, fittedPipelineFromJson);
  const recipe = fittedRecipeFromJson(reader.field('recipe').value);
  const model = modelFromJson(reader.field('model'));
  if (model.shape.length !== recipe.outputs.length)
    reader.field('model').fail('a model of as many columns as the recipe makes');
  return fittedPipeline(name, recipe, model);
}

function readerOf(json: unknown): JsonReader {
  return json instanceof JsonReader ? json : new JsonReader(json);
}
