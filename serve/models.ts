/** What is being served, one for each study: a model that answers rows, or kept forecasts. A request takes it once and keeps it to its end. */
import { type Artefact, createScorer, type KeptForecasts, type Scorer } from '../src/serving.js';

/** Models and forecasts by study. Replacing one is a single assignment: requests under way finish with what they began with. */
export interface Models {
  /** The study that the short routes answer for. */
  readonly first: string;
  readonly studies: readonly string[];
  get(study: string): Scorer | undefined;
  forecasts(study: string): KeptForecasts | undefined;
  /** All models, the first study's first. */
  all(): readonly Scorer[];
  allForecasts(): readonly KeptForecasts[];
  /** The version of a study that is served. */
  version(study: string): string | undefined;
  /** Puts a model, or forecasts, in the place of its study's. Throws where that study is not served, or by the other kind. */
  replace(model: Scorer): void;
  replaceForecasts(forecasts: KeptForecasts): void;
}

/** Serves these; at least one, no two of a study. */
export function serveModels(artefacts: readonly Artefact[], kept: readonly KeptForecasts[] = []): Models {
  const scorers = new Map(artefacts.map((artefact) => [artefact.study, createScorer(artefact)]));
  const forecasts = new Map(kept.map((one) => [one.study, one]));
  const studies = [...new Set([...scorers.keys(), ...forecasts.keys()])];
  const [first] = studies;
  if (first === undefined || studies.length < artefacts.length + kept.length) {
    throw new Error('A service needs at least one model, and no two of the same study.');
  }
  const replaceIn = <T>(served: Map<string, T>, study: string, by: T): void => {
    if (!served.has(study)) throw new Error('That study is not served.');
    served.set(study, by);
  };
  return {
    first,
    studies,
    get: (study) => scorers.get(study),
    forecasts: (study) => forecasts.get(study),
    all: () => [...scorers.values()],
    allForecasts: () => [...forecasts.values()],
    version: (study) => scorers.get(study)?.artefact.version ?? forecasts.get(study)?.version,
    replace: (model) => replaceIn(scorers, model.artefact.study, model),
    replaceForecasts: (one) => replaceIn(forecasts, one.study, one),
  };
}
