/** Loads a kept artefact, believing nothing of it until it is proved. */
import { type Artefact, readArtefact } from '../study/artefact.js';
import { readArtefactFiles, type StoreOptions } from './artefact-store.js';

/**
 * The artefact that `study@alias`, `study@version` or `study` (its champion) means.
 * Throws `store-…` where there is none, `artefact-…` where it is altered, of another format, or answers otherwise.
 *
 * @example
 * const kept = { folder: 'models', trainedOn: train, measuredOn: test, why: 'the first' };
 * const { version } = await saveArtefact('term-deposit', model, kept);
 * const artefact = await loadArtefact(`term-deposit@${version}`, { folder: 'models' });
 */
export async function loadArtefact(reference: string, options: StoreOptions = {}): Promise<Artefact> {
  return readArtefact(readArtefactFiles(reference, options));
}
