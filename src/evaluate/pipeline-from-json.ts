/** Reads unfitted pipelines, blends and tuned pipelines back, for worker threads. */
import { recipeFromJson } from '../features/recipe-from-json.js';
import type { Schema } from '../schema/schema.js';
import { blendFromJson } from './blend.js';
import { kinds, readerOf } from './fitted-from-json.js';
import { learnerFromJson } from './learner-registry.js';
import { type Pipeline, pipeline } from './pipeline.js';
import { tunedFromJson } from './tune/tune.js';

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
