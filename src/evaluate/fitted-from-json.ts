/** Reads fitted pipelines, blends and tuned pipelines back from an artefact; loads nothing that fits. */
import { fittedRecipeFromJson } from '../features/recipe-from-json.js';
import { JsonReader } from '../json.js';
import { targetFromJson } from '../task/fitted-target.js';
import { fittedBlendFromJson } from './blend.js';
import { modelFromJson } from './learner-registry.js';
import { type FittedPipeline, fittedPipeline } from './pipeline.js';
import { fittedTunedFromJson } from './tune/fitted-tuned.js';

/** What a pipeline's JSON may call itself, fitted or not. */
export const kinds = ['pipeline', 'blend', 'tuned'] as const;

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
  const target = targetFromJson(reader.field('target'));
  return fittedPipeline(name, { recipe, model, target });
}

/** A reader of what is parsed JSON or a reader already. */
export function readerOf(json: unknown): JsonReader {
  return json instanceof JsonReader ? json : new JsonReader(json);
}
