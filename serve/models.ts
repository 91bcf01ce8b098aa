/** The models that are being served, one for each study; a request takes its model once and keeps it to its end. */
import { type Artefact, createScorer, type Scorer } from '../src/serving.js';

/** Models by study. Replacing one is a single assignment: requests under way finish with the model they began with. */
export interface Models {
  /** The study that the short routes answer for. */
  readonly first: string;
  readonly studies: readonly string[];
  get(study: string): Scorer | undefined;
  /** All of them, the first study's first. */
  all(): readonly Scorer[];
  /** Puts a model in the place of its study's. Throws where that study is not served. */
  replace(model: Scorer): void;
}

/** Serves these artefacts; at least one, no two of a study. */
export function serveModels(artefacts: readonly Artefact[]): Models {
  const byStudy = new Map(artefacts.map((artefact) => [artefact.study, createScorer(artefact)]));
  const studies = [...byStudy.keys()];
  const [first] = studies;
  if (first === undefined || studies.length < artefacts.length) {
    throw new Error('A service needs at least one model, and no two of the same study.');
  }
  return {
    first,
    studies,
    get: (study) => byStudy.get(study),
    all: () => [...byStudy.values()],
    replace(model) {
      if (!byStudy.has(model.artefact.study)) throw new Error('That study is not served.');
      byStudy.set(model.artefact.study, model);
    },
  };
}
