/** The files of an artefact: put together with the manifest that proves them, and taken apart with nothing believed. */
import { canonicalJson, type Json, JsonReader } from '../json.js';
import { Problem } from '../problem.js';
import { altered, artefactVersion, type Manifest, manifestText, readManifest, sha256 } from './manifest.js';

/** The files of an artefact and the version that names them. */
export interface ArtefactFiles {
  readonly study: string;
  readonly version: string;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** Files that were proved to be those of their manifest. */
export interface ProvedFiles {
  readonly manifest: Manifest;
  bytes(name: string): Uint8Array;
  text(name: string): string;
  /** Reads a file of JSON. What is wrong with it is refused as a part of the artefact, with the file's name. */
  read<T>(name: string, of: (json: JsonReader) => T): T;
}

/** True for the files of kept forecasts, false for those of a model that answers rows. */
export function holdsForecasts({ files }: ArtefactFiles): boolean {
  return files.has('paths.bin');
}

/** A value as the text of a file. */
export function jsonFile(json: Json): string {
  return `${canonicalJson(json)}\n`;
}

/** An artefact of these files. Equal contents give equal bytes; only the version also holds the time of making. */
export function packArtefact(
  contents: Readonly<Record<string, string | Uint8Array>>,
  about: Omit<Manifest, 'format' | 'files'>,
  madeAt: Date,
): ArtefactFiles {
  const encoder = new TextEncoder();
  const files = new Map(
    Object.keys(contents)
      .sort()
      .map((name): [string, Uint8Array] => {
        const content = contents[name]!;
        return [name, typeof content === 'string' ? encoder.encode(content) : content];
      }),
  );
  const manifest = manifestText({
    format: 2,
    ...about,
    files: Object.fromEntries(
      [...files].map(([name, content]) => [name, { sha256: sha256(content), bytes: content.length }]),
    ),
  });
  files.set('manifest.json', encoder.encode(manifest));
  return { study: about.study, version: artefactVersion(manifest, madeAt), files };
}

/** Proves files by their manifest: hashes, names, study. Throws `artefact-altered`, `artefact-format`, `artefact-structure`. */
export function proveFiles({ study, version, files }: ArtefactFiles): ProvedFiles {
  const bytes = (name: string): Uint8Array => {
    const content = files.get(name);
    if (!content) throw altered(name, 'it is missing');
    return content;
  };
  const text = (name: string): string => {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes(name));
    } catch (error) {
      if (error instanceof Problem) throw error;
      throw altered(name, 'it is not UTF-8 text');
    }
  };
  const manifest = readManifest(text('manifest.json'), version);
  if (manifest.study !== study) throw altered('manifest.json', `it belongs to the study "${manifest.study}"`);
  for (const name of files.keys()) {
    if (name !== 'manifest.json' && !Object.hasOwn(manifest.files, name))
      throw altered(name, 'the manifest does not know it');
  }
  for (const [name, { sha256: expected }] of Object.entries(manifest.files)) {
    if (sha256(bytes(name)) !== expected) throw altered(name, 'its hash is not the one in the manifest');
  }
  const parse = (name: string): unknown => {
    const content = text(name);
    try {
      return JSON.parse(content);
    } catch {
      throw altered(name, 'it is not JSON');
    }
  };
  return {
    manifest,
    bytes,
    text,
    read(name, of) {
      const json = parse(name);
      try {
        return of(new JsonReader(json));
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        const issues = error.issues.map((issue) => ({
          ...issue,
          code: issue.code.startsWith('artefact-') ? issue.code : 'artefact-structure',
          where: { file: name, ...issue.where },
        }));
        throw new Problem(issues, error.total);
      }
    },
  };
}
