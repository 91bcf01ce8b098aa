/** Changes an artefact and makes every hash right again, as only a forger or a bug would; for tests only. */
import { canonicalJson, type Json } from '../json.js';
import type { ArtefactFiles } from '../study/artefact-files.js';
import { sha256 } from '../study/manifest.js';

/** What to make of a file's parsed JSON, by the file's name. */
export type Forgery = Readonly<Record<string, (json: never) => unknown>>;

/** The artefact with other contents behind valid hashes. */
export function forged(artefact: ArtefactFiles, forgery: Forgery): ArtefactFiles {
  const files = new Map(artefact.files);
  for (const [name, change] of Object.entries(forgery)) {
    if (name !== 'manifest.json') files.set(name, encoded(change(parsed(artefact, name) as never)));
  }
  const manifest = parsed(artefact, 'manifest.json') as { files: Record<string, unknown> };
  manifest.files = Object.fromEntries(
    [...files]
      .filter(([name]) => name !== 'manifest.json')
      .map(([name, bytes]) => [name, { sha256: sha256(bytes), bytes: bytes.length }]),
  );
  const change = forgery['manifest.json'] ?? ((json) => json);
  const bytes = encoded(change(manifest as never));
  files.set('manifest.json', bytes);
  const version = `${artefact.version.slice(0, -16)}${sha256(bytes).slice(0, 16)}`;
  return { study: artefact.study, version, files };
}

/** A file of an artefact as parsed JSON. */
function parsed(artefact: ArtefactFiles, name: string): unknown {
  return JSON.parse(new TextDecoder().decode(artefact.files.get(name)));
}

function encoded(json: unknown): Uint8Array {
  return new TextEncoder().encode(`${canonicalJson(json as Json)}\n`);
}
