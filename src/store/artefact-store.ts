/** Keeps artefacts on disk: `data/models/<study>/<version>/`, and the aliases that point at versions. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setting, thisPlace } from '../config/read-settings.js';
import { canonicalJson, JsonReader } from '../json.js';
import { listNames, Problem } from '../problem.js';
import { altered, studyNamePattern, versionPattern } from '../study/manifest.js';
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

const aliasPattern = /^[a-z][a-z0-9-]*$/;

/** Writes an artefact as one step: after a crash it is there whole, or not at all. */
export function writeArtefact({ study, version, files }: StoredArtefact, options: StoreOptions = {}): void {
  if (!versionPattern.test(version)) throw badReference(version, 'a version as `artefactVersion` makes it');
  const place = join(studyFolder(study, options), version);
  if (existsSync(place)) return; // The version names the content: what stands there is the same.
  writeFolderAtomically(place, files);
}

/** Points an alias (`champion`) at a version that is there. */
export function setAlias(study: string, alias: string, version: string, options: StoreOptions = {}): void {
  setAliases(study, { [alias]: version }, options);
}

/** Points several aliases at versions that are there, all or none; one that is undefined is taken away. */
export function setAliases(
  study: string,
  changes: Readonly<Record<string, string | undefined>>,
  options: StoreOptions = {},
): void {
  const folder = studyFolder(study, options);
  for (const [alias, version] of Object.entries(changes)) {
    if (!aliasPattern.test(alias))
      throw badReference(alias, 'an alias of lower-case letters, digits and hyphens');
    if (version !== undefined && !listVersions(study, options).includes(version))
      throw unknownVersion(study, version, options);
  }
  const all = Object.entries({ ...readAliases(study, options), ...changes });
  const set = all.filter((entry): entry is [string, string] => entry[1] !== undefined);
  writeFileAtomically(join(folder, 'aliases.json'), `${canonicalJson(Object.fromEntries(set))}\n`);
}

/** The aliases of a study and the versions they point at. */
export function readAliases(study: string, options: StoreOptions = {}): Record<string, string> {
  const path = join(studyFolder(study, options), 'aliases.json');
  if (!existsSync(path)) return {};
  try {
    const root = new JsonReader(JSON.parse(readFileSync(path, 'utf8')));
    return Object.fromEntries(root.keys().map((alias) => [alias, root.field(alias).string()]));
  } catch (error) {
    if (!(error instanceof Problem || error instanceof SyntaxError)) throw error;
    throw new Problem({
      code: 'store-damaged',
      what: 'this is no list of aliases',
      where: { file: path },
      remedy: 'remove it and set the aliases anew, or name a version instead of an alias',
    });
  }
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
  const folder = options.folder ?? setting('models', thisPlace());
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
  if (rest.length > 0 || !(versionPattern.test(name) || aliasPattern.test(name)))
    throw badReference(reference, '"study", "study@alias" or "study@version"');
  const version = versionPattern.test(name)
    ? name
    : new Map(Object.entries(readAliases(study, options))).get(name);
  if (version === undefined || !listVersions(study, options).includes(version)) {
    throw unknownVersion(study, version ?? name, options);
  }
  return { study, version };
}

/** Reads the files of an artefact; nothing in them is believed yet. */
export function readArtefactFiles(reference: string, options: StoreOptions = {}): StoredArtefact {
  const { study, version } = resolveReference(reference, options);
  const place = join(studyFolder(study, options), version);
  const entries = readdirSync(place, { withFileTypes: true });
  const other = entries.find((entry) => !entry.isFile());
  if (other) throw altered(other.name, 'something stands there that is no file');
  const files = new Map(entries.map(({ name }) => [name, new Uint8Array(readFileSync(join(place, name)))]));
  return { study, version, files };
}

/** The folder of a study's artefacts, aliases and decisions. Throws `store-reference`. */
export function studyFolder(study: string, options: StoreOptions): string {
  if (!studyNamePattern.test(study)) {
    throw badReference(
      study,
      'a study called by lower-case words joined by hyphens, such as "bank-marketing"',
    );
  }
  return join(options.folder ?? setting('models', thisPlace()), study);
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
  const aliases = Object.keys(readAliases(study, options));
  const newest = listNames([...versions].reverse(), { most: 5, last: 'or' });
  return new Problem({
    code: 'store-unknown-artefact',
    what: `there is no artefact "${name}" of the study "${study}"`,
    ...(versions.length === 0
      ? { remedy: `"npx alambique run ${study}" makes one` }
      : {
          expected:
            aliases.length > 0
              ? `the alias ${listNames(aliases, { last: 'or' })}, or the version ${newest}`
              : `the version ${newest}`,
        }),
  });
}
