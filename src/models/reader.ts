/** What a file of this room exports so that its learner and its model can be read back from JSON. */
import type { JsonObject, JsonReader } from '../json.js';
import type { Learner, Model } from './models.js';

/** A learner as data: enough to build it again in another thread or another year. */
export interface LearnerJson extends JsonObject {
  readonly kind: string;
  readonly params: JsonObject;
}

/** Builds the learner of this `kind` from its parameters; `readLearner` reads wrapped learners inside them. */
export interface LearnerReader {
  readonly kind: string;
  read(params: JsonReader, readLearner: (json: JsonReader) => Learner): Learner;
}

/** Builds the model of this `kind` from what its `toJSON` gave; `readModel` reads models inside it. */
export interface ModelReader {
  readonly kind: string;
  read(json: JsonReader, readModel: (json: JsonReader) => Model): Model;
}

/** A learner as data: `{ kind, params }`, the form in which learners stand inside each other. */
export function learnerJson(learner: Learner): LearnerJson {
  return { kind: learner.kind, params: learner.params };
}
