/** Which model of a study is served: its champion, until somebody promotes another, and the record of who decided so. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson, JsonReader } from '../json.js';
import { Problem } from '../problem.js';
import { readArtefact } from '../study/artefact.js';
import { holdsForecasts, proveFiles } from '../study/artefact-files.js';
import type { Manifest } from '../study/manifest.js';
import { userName } from '../this-process.js';
import { writeFileAtomically } from '../write-atomically.js';
import {
  listVersions,
  readAliases,
  readArtefactFiles,
  resolveReference,
  type StoreOptions,
  setAliases,
  studyFolder,
} from './artefact-store.js';
import { whileLocked } from './folder-lock.js';

/** A champion that was set: one line of `decisions.jsonl` beside the aliases. */
export interface Decision {
  /** In ISO 8601. */
  readonly time: string;
  /** Who: the name of the user of the machine, unless another was given. */
  readonly by: string;
  readonly what: 'first' | 'real data' | 'unusable' | 'promoted' | 'updated' | 'rolled back';
  /** The champion before; null where there was none. */
  readonly from: string | null;
  readonly to: string;
  readonly why: string;
}

/** Who decides, when and why. */
export interface DecideOptions extends StoreOptions {
  readonly why: string;
  /** By default the user of this machine. */
  readonly by?: string;
  readonly now: Date;
}

/** What a new model of a study became. */
export interface Registered {
  readonly alias: 'champion' | 'challenger';
  /** What was set, in a sentence for people. */
  readonly said: string;
}

/**
 * Registers a version that was just written. The first of a study becomes its champion; so does one that comes after a
 * champion of simulated data, if it is of real data, or after one that cannot be served (damaged, or of another format).
 * Any other becomes the challenger, unless `promote` is said. What is the champion stays it alone.
 */
export function registerVersion(
  { study, version }: { study: string; version: string },
  options: DecideOptions & { readonly promote?: boolean },
): Promise<Registered> {
  return whileLocked(studyFolder(study, options), async () => {
    const champion = championOf(study, options);
    // Equal runs within a second are one version.
    if (champion === version) return { alias: 'champion', said: 'the champion already' };
    const what = options.promote
      ? 'promoted'
      : champion === undefined
        ? 'first'
        : await whyItGives({ study, champion, version }, options);
    if (what === undefined) {
      setAliases(study, { challenger: version }, options);
      const said = `the challenger; ${champion} stays the champion until somebody promotes this one`;
      return { alias: 'challenger', said };
    }
    decide({ study, what, from: champion ?? null, to: version }, options);
    return { alias: 'champion', said: `the champion${reasons[what]}` };
  });
}

const reasons: Readonly<Record<Exclude<Decision['what'], 'updated' | 'rolled back'>, string>> = {
  first: ', as the first model of its study',
  'real data': ', as the one before was made from simulated data',
  unusable: ', as the one before cannot be served any more',
  promoted: ', promoted',
};

/** Makes a version that is there the champion. Throws `store-already-champion`, and `store-unknown-artefact`. */
export async function promoteVersion(reference: string, options: DecideOptions): Promise<Decision> {
  const { study, version } = resolveReference(reference, options);
  return whileLocked(studyFolder(study, options), () => {
    const champion = championOf(study, options);
    if (champion === version) {
      throw new Problem({
        code: 'store-already-champion',
        what: `${study}@${version} is the champion already`,
      });
    }
    return decide({ study, what: 'promoted', from: champion ?? null, to: version }, options);
  });
}

/**
 * Makes a version the champion that is the champion `from`, moved on to later data. Throws `store-other-champion` where another
 * became it meanwhile.
 */
export function updateChampion(
  { study, from, to }: { study: string; from: string; to: string },
  options: DecideOptions,
): Promise<Decision> {
  return whileLocked(studyFolder(study, options), () => {
    const champion = championOf(study, options);
    if (champion === from) return decide({ study, what: 'updated', from, to }, options);
    throw new Problem({
      code: 'store-other-champion',
      what: `${study}@${from} was updated, and is not the champion any more`,
      expected: `an update of ${champion ?? 'the champion'}`,
      remedy: 'update again',
    });
  });
}

/**
 * Makes the champion before this one the champion again; said twice, the one before that.
 * Throws `store-no-earlier-champion` where the record knows none, and what reading its files throws where it is damaged.
 */
export async function rollBack(study: string, options: DecideOptions): Promise<Decision> {
  const noEarlier = new Problem({
    code: 'store-no-earlier-champion',
    what: `no earlier champion of "${study}" is known`,
    remedy: 'name a version: alambique promote study@version --why "…"',
  });
  if (listVersions(study, options).length === 0) throw noEarlier;
  return whileLocked(studyFolder(study, options), () => {
    const champions: string[] = [];
    for (const { what, from, to } of readDecisions(study, options)) {
      if (what === 'rolled back') champions.pop();
      else {
        if (from !== null && champions.at(-1) !== from) champions.push(from);
        champions.push(to);
      }
    }
    const to = champions.at(-2);
    if (to === undefined || !listVersions(study, options).includes(to)) throw noEarlier;
    provedManifest(`${study}@${to}`, options);
    const from = championOf(study, options) ?? null;
    return decide({ study, what: 'rolled back', from, to }, options);
  });
}

/** Every decision about a study's champion, oldest first. Throws `store-damaged`. */
export function readDecisions(study: string, options: StoreOptions = {}): Decision[] {
  const path = join(studyFolder(study, options), 'decisions.jsonl');
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean);
  return lines.map((line, i) => {
    try {
      const field = (name: string): JsonReader => new JsonReader(JSON.parse(line)).field(name);
      const from = field('from');
      return {
        time: field('time').string(),
        by: field('by').string(),
        what: field('what').string() as Decision['what'],
        from: from.value === null ? null : from.string(),
        to: field('to').string(),
        why: field('why').string(),
      };
    } catch (error) {
      if (!(error instanceof Problem || error instanceof SyntaxError)) throw error;
      throw new Problem({
        code: 'store-damaged',
        what: 'this is no decision about a champion',
        where: { file: path, line: i + 1 },
        remedy: 'restore the file from a copy, or remove the line',
      });
    }
  });
}

/** The challenger of a study, where it is newer than the champion, or than the run that an updated champion comes from. */
export function waitingChallenger(study: string, options: StoreOptions = {}): string | undefined {
  const { challenger } = readAliases(study, options);
  const champion = learnedVersion(study, options);
  const there = challenger !== undefined && listVersions(study, options).includes(challenger);
  return there && champion !== undefined && challenger > champion ? challenger : undefined;
}

/** The version that `champion` points at, if it is there. */
function championOf(study: string, options: StoreOptions): string | undefined {
  const { champion } = readAliases(study, options);
  return champion !== undefined && listVersions(study, options).includes(champion) ? champion : undefined;
}

/** The version that learned what the champion knows: the champion, or that from which it was updated. */
function learnedVersion(study: string, options: StoreOptions): string | undefined {
  let version = championOf(study, options);
  for (const { what, from, to } of readDecisions(study, options).reverse())
    if (what === 'updated' && to === version && from !== null) version = from;
  return version;
}

/** Written down first: after a crash between the two a decision may stand there that was not carried out, never the other way. */
function decide(
  { study, what, from, to }: Pick<Decision, 'what' | 'from' | 'to'> & { study: string },
  options: DecideOptions,
): Decision {
  const path = join(studyFolder(study, options), 'decisions.jsonl');
  const by = options.by ?? userName();
  const decision: Decision = { time: options.now.toISOString(), by, what, from, to, why: options.why };
  const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
  writeFileAtomically(path, `${before}${canonicalJson({ ...decision })}\n`);
  const { challenger } = readAliases(study, options);
  setAliases(study, { champion: to, ...(challenger === to && { challenger: undefined }) }, options);
  return decision;
}

/** Why a champion gives its place to a new version by itself; undefined where it keeps it. */
async function whyItGives(
  { study, champion, version }: { study: string; champion: string; version: string },
  options: StoreOptions,
): Promise<'real data' | 'unusable' | undefined> {
  try {
    const isSimulated = (one: string): boolean => provedManifest(`${study}@${one}`, options).data.simulated;
    return isSimulated(champion) && !isSimulated(version) ? 'real data' : undefined;
  } catch (error) {
    if (error instanceof Problem) return 'unusable';
    throw error;
  }
}

/** The manifest of a kept model, which can be served. Throws what is wrong with its files. */
function provedManifest(reference: string, options: StoreOptions): Pick<Manifest, 'data'> {
  const files = readArtefactFiles(reference, options);
  // What reads forecasts stands above this room: here their files are proved to be whole.
  return (holdsForecasts(files) ? proveFiles(files) : readArtefact(files)).manifest;
}
