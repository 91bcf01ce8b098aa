/** Loads whatever a reference means: a model that answers rows, or kept forecasts. */
import { readArtefactFiles, type StoreOptions } from '../../store/artefact-store.js';
import { type Artefact, readArtefact } from '../../study/artefact.js';
import { holdsForecasts } from '../../study/artefact-files.js';
import { readForecastArtefact } from './forecast-artefact.js';
import type { KeptForecasts } from './kept-forecasts.js';

/** What a study is served by. */
export type Served =
  | { readonly model: Artefact; readonly forecasts?: undefined }
  | { readonly model?: undefined; readonly forecasts: KeptForecasts };

/** What `study@alias`, `study@version` or `study` (its champion) means, proved. Throws as `loadArtefact` does. */
export function loadServed(reference: string, options: StoreOptions = {}): Served {
  const files = readArtefactFiles(reference, options);
  return holdsForecasts(files) ? { forecasts: readForecastArtefact(files) } : { model: readArtefact(files) };
}
