/** Keeps artefacts on disk: `data/models/<study>/<version>/`, and the aliases that point at versions. */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson, JsonReader } from '../json.js';
import { listNames, Problem } from '../problem.js';
import { versionPattern } from '../study/manifest.js';
import { workspace } from '../workspace.js';
import { writeFileAtomically, writeFolderAtomically } from '../write-atomically.js';

/** The files of one artefact by name, with the version they are kept under. */
export interface StoredArtefact {
  readonly study: string;
  readonly version: string;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** Where to look; by default the workspace's `data/models`. */
export interface StoreOptions {
  folder?: string;
}

/** What a study may be called: lower-case words joined by hyphens; it becomes a folder and a part of URLs. */
export const studyNamePattern: RegExp = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const aliasPattern = /^[a-z][a-z0-9-]*$/;

/** Writes an artefact as one step: after a crash it is there whole, or not at all. */
export function writeArtefact(artefact: StoredArtefact, options: StoreOptions = {}): void {
  const folder = studyFolder(artefact.study, options);
  const place = join(folder, artefact.version);
  if (existsSync(place)) return; // The version names the content: what stands there is the same.
  sweep(folder);
  writeFolderAtomically(place, artefact.files);
}

/** Points an alias (`champion`) at a version that is there. */
export function setAlias(study: string, alias: string, version: string, options: StoreOptions = {}): void {
  const folder = studyFolder(study, options);
  if (!aliasPattern.test(alias))
    throw badReference(alias, 'an alias of lower-case letters, digits and hyphens');
  if (!listVersions(study, options).includes(version)) throw unknownVersion(study, version, options);
  const aliases = { ...readAliases(study, options), [alias]: version };
  writeFileAtomically(join(folder, 'aliases.json'), `${canonicalJson(aliases)}\n`);
}

/** The aliases of a study and the versions they point at. */
export function readAliases(study: string, options: StoreOptions = {}): Record<string, string> {
  const path = join(studyFolder(study, options), 'aliases.json');
  if (!existsSync(path)) return {};
  const root = new JsonReader(parse(readFileSync(path, 'utf8'), path));
  return Object.fromEntries(root.keys().map((alias) => [alias, root.field(alias).string()]));
}

/** The versions of a study, oldest first. */
export function listVersions(study: string, options: StoreOptions = {}): string[] {
  const folder = studyFolder(study, options);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => versionPattern.test(name))
    .sort();
}

/** The studies that have at least one artefact. */
export function listStudies(options: StoreOptions = {}): string[] {
  const folder = options.folder ?? workspace().models;
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => studyNamePattern.test(name) && listVersions(name, options).length > 0)
    .sort();
}

/** The version that `study@alias`, `study@version` or `study` (its champion) means. Throws `store-…`. */
export function resolveReference(
  reference: string,
  options: StoreOptions = {},
): { study: string; version: string } {
  const [study = '', name = 'champion', ...rest] = reference.split('@');
  if (rest.length > 0) throw badReference(reference, '"study", "study@alias" or "study@version"');
  const version = versionPattern.test(name) ? name : readAliases(study, options)[name];
  if (version === undefined || !listVersions(study, options).includes(version)) {
    throw unknownVersion(study, name, options);
  }
  return { study, version };
}

/** Reads the files of an artefact; nothing in them is believed yet. */
export function readArtefactFiles(reference: string, options: StoreOptions = {}): StoredArtefact {
  const { study, version } = resolveReference(reference, options);
  const place = join(studyFolder(study, options), version);
  const files = new Map(
    readdirSync(place).map((name) => [name, new Uint8Array(readFileSync(join(place, name)))]),
  );
  return { study, version, files };
}

function studyFolder(study: string, options: StoreOptions): string {
  if (!studyNamePattern.test(study)) {
    throw badReference(
      study,
      'a study called by lower-case words joined by hyphens, such as "bank-marketing"',
    );
  }
  return join(options.folder ?? workspace().models, study);
}

// What a crash left half-written: temporary places (`name.<pid>.tmp`) whose writer is no longer alive.
function sweep(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const writer = /\.(\d+)\.tmp$/.exec(name)?.[1];
    if (writer && !isAlive(Number(writer))) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem({
      code: 'store-damaged',
      what: 'the file is not JSON',
      where: { file },
      remedy: 'restore it from a copy',
    });
  }
}

function badReference(got: string, expected: string): Problem {
  return new Problem({
    code: 'store-reference',
    what: 'no artefact can be called that',
    got: `"${got}"`,
    expected,
  });
}

function unknownVersion(study: string, name: string, options: StoreOptions): Problem {
  const versions = listVersions(study, options);
  return new Problem({
    code: 'store-unknown-artefact',
    what: `there is no artefact "${name}" of the study "${study}"`,
    expected:
      versions.length > 0
        ? `one of the aliases ${listNames(Object.keys(readAliases(study, options)))} or versions ${listNames(versions, { most: 5 })}`
        : undefined,
    remedy: versions.length > 0 ? undefined : 'run the study first: npm run study',
  });
}
