/** The manifest of an artefact: what it holds, by hash, and where it all came from. */
import { createHash } from 'node:crypto';
import { canonicalJson, type JsonObject, JsonReader } from '../json.js';
import { Problem } from '../problem.js';
import { checkDialect } from '../table/check-dialect.js';
import type { Dialect } from '../table/dialect.js';

/** Where a block of a study came from. */
export interface CellStamp {
  readonly notebook: string;
  readonly cell: string;
  readonly sha256: string;
}

/** Everything that is known of an artefact's making. No clock: the time stands in its version only. */
export interface Manifest {
  readonly format: 2;
  readonly study: string;
  /** SHA-256 in hex and size of every other file of the artefact. */
  readonly files: { readonly [name: string]: { readonly sha256: string; readonly bytes: number } };
  readonly data: {
    readonly name: string;
    readonly sha256: string;
    readonly simulated: boolean;
    /** How many of its rows the model was fitted on. */
    readonly rows: number;
    /** How its file is written, where that was stated. */
    readonly dialect?: Dialect;
  };
  /** The study's module, if it has one, and the notebook cells it was distilled from. */
  readonly module: { readonly path: string; readonly sha256: string } | null;
  readonly cells: readonly CellStamp[];
  /** The scores that were measured, by name. */
  readonly scores: { readonly [score: string]: number };
  readonly seed: number;
  /** Name and version of the program. */
  readonly program: string;
  /** Why this model was kept, in the words of who kept it. */
  readonly why: string;
}

/** SHA-256 of bytes or text, in hex. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** The bytes of a manifest: the same for equal manifests. */
export function manifestText(manifest: Manifest): string {
  return `${canonicalJson(manifest as unknown as JsonObject)}\n`;
}

/** `20261121T021500Z-<first 16 hex digits of the manifest's hash>`: the time of making and what was made. */
export function artefactVersion(text: string, madeAt: Date): string {
  const stamp = madeAt
    .toISOString()
    .replace(/[-:]/g, '')
    .replace(/\.\d+Z$/, 'Z');
  return `${stamp}-${sha256(text).slice(0, 16)}`;
}

/** What a study may be called: lower-case words joined by hyphens; it becomes a folder and a part of URLs. */
export const studyNamePattern: RegExp = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** What a version looks like. */
export const versionPattern: RegExp = /^\d{8}T\d{6}Z-[0-9a-f]{16}$/;

/**
 * Reads a manifest and proves that it is the one that `version` names, byte for byte.
 * Throws `artefact-altered` or `artefact-structure`.
 */
export function readManifest(text: string, version: string): Manifest {
  if (!versionPattern.test(version) || sha256(text).slice(0, 16) !== version.slice(-16)) {
    throw altered('manifest.json', 'it does not hash to what the version says');
  }
  const root = new JsonReader(parse(text));
  const format = root.field('format').integer();
  if (format !== 2) {
    throw new Problem({
      code: 'artefact-format',
      what: `the artefact has format ${format}`,
      expected: 'format 2, the only one this program reads',
      remedy: 'serve it with the program that made it, or run the study again',
    });
  }
  const files = root.field('files');
  const data = root.field('data');
  const module = root.field('module');
  const scores = root.field('scores');
  return {
    format: 2,
    study: root.field('study').string(),
    files: Object.fromEntries(
      files.keys().map((name) => {
        const file = files.field(name);
        return [
          name,
          { sha256: file.field('sha256').string(), bytes: file.field('bytes').integer({ min: 0 }) },
        ];
      }),
    ),
    data: {
      name: data.field('name').string(),
      sha256: data.field('sha256').string(),
      simulated: data.field('simulated').boolean(),
      rows: data.field('rows').integer({ min: 0 }),
      ...(data.optional('dialect') && { dialect: checkDialect(data.field('dialect').value) }),
    },
    module:
      module.value === null
        ? null
        : { path: module.field('path').string(), sha256: module.field('sha256').string() },
    cells: root
      .field('cells')
      .items()
      .map((cell) => ({
        notebook: cell.field('notebook').string(),
        cell: cell.field('cell').string(),
        sha256: cell.field('sha256').string(),
      })),
    scores: Object.fromEntries(scores.keys().map((name) => [name, scores.field(name).number()])),
    seed: root.field('seed').number(),
    program: root.field('program').string(),
    why: root.field('why').string(),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw altered('manifest.json', 'it is not JSON');
  }
}

/** The refusal of a file that is not what the manifest says. */
export function altered(file: string, what: string): Problem {
  return new Problem({
    code: 'artefact-altered',
    what: `the artefact was altered or damaged: ${what}`,
    where: { file },
    remedy: 'restore it from a copy, point the alias at another version, or run the study again',
  });
}
