/** Loads a kept artefact, believing nothing of it until it is proved. */
import { Problem } from '../problem.js';
import { type Artefact, readArtefact } from '../study/artefact.js';
import { holdsForecasts } from '../study/artefact-files.js';
import { readArtefactFiles, type StoreOptions } from './artefact-store.js';

/**
 * The artefact that `study@alias`, `study@version` or `study` (its champion) means.
 * Throws `store-…` where there is none or it keeps forecasts, `artefact-…` where it is altered, of another format, or answers otherwise.
 *
 * @example
 * const kept = { folder: 'models', trainedOn: train, measuredOn: test, why: 'the first' };
 * const { version } = await saveArtefact('term-deposit', model, kept);
 * const artefact = await loadArtefact(`term-deposit@${version}`, { folder: 'models' });
 */
export async function loadArtefact(reference: string, options: StoreOptions = {}): Promise<Artefact> {
  const files = readArtefactFiles(reference, options);
  if (!holdsForecasts(files)) return readArtefact(files);
  throw new Problem({
    code: 'store-forecasts',
    what: `"${files.study}" keeps forecasts of series, and no model that answers rows`,
    remedy: `serve it (\`alambique serve ${files.study}\`) and ask its /forecast or /order`,
  });
}
