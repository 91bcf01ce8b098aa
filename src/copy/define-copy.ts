/** Declares a copy: chosen tables of a database, every night, whole or not at all. */
import { setTimeout } from 'node:timers/promises';
import { setting } from '../config/read-settings.js';
import { openSnapshot } from '../io/databases/open-snapshot.js';
import { type JobContext, type JobResult, nameIssues } from '../jobs/job.js';
import { datesDue, scheduleIssue } from '../jobs/schedule.js';
import { type Issue, Problem } from '../problem.js';
import { programVersion } from '../workspace.js';
import type { Copy, CopySpec } from './copy.js';
import { copyNight } from './copy-night.js';
import { keepIssues, removeOld } from './keep.js';
import { openNights } from './open-nights.js';

/**
 * A copy, which is a job: `alambique copy NAME` runs it, and `alambique work` does at its time. Throws a `Problem` with everything that is wrong.
 *
 * @example
 * const crm = defineCopy({
 *   name: 'crm',
 *   from: 'env:CRM_DATABASE',
 *   tables: {
 *     clients: { keys: ['id'], person: 'id', drop: ['name'], pseudonymise: ['email'] },
 *     loans: { keys: ['loan_id'], expectations: { columns: { loan_amount: { least: 0 } } } },
 *   },
 *   to: 'data/raw/crm',
 *   at: '0 2 * * *',
 *   timeZone: 'Europe/Madrid',
 *   keep: '90 days',
 * });
 * crm.at // → '0 2 * * *'
 */
export function defineCopy(spec: CopySpec): Copy {
  const { name, tables, at, timeZone = 'UTC', group, keep, to, from } = spec;
  const issues: Issue[] = [...nameIssues(name), ...scheduleIssue({ at, timeZone }), ...keepIssues(keep)];
  const lacks = (what: string, expected: string): void =>
    void issues.push({ code: 'copy-spec', what, expected });
  if (Object.keys(tables ?? {}).length === 0) lacks('no table is to be copied', 'tables: { name: { … } }');
  if (typeof to !== 'string' || to === '')
    lacks('it is not said where to copy', 'to: a folder, az://… or s3://…');
  if (from === undefined || from === '')
    lacks('it is not said where from', 'from: postgres://…, mysql://…, sqlite:path or env:NAME');
  if (issues.length > 0) throw new Problem(issues);
  return { kind: 'copy', name, at, timeZone, group, spec, run: (context) => untilThere(spec, context) };
}

/** In milliseconds: what was begun so long ago is no longer being written. */
const abandoned = 2 * 86_400_000;

/** In milliseconds: the first pause after the database was lost; each next one is four times as long. */
const firstPause = 30_000;

async function untilThere(spec: CopySpec, context: JobContext): Promise<JobResult> {
  const { retries = 2 } = spec;
  for (let i = 0; ; i++) {
    try {
      return await runCopy(spec, context);
    } catch (error) {
      if (i >= retries || !(error instanceof Problem && error.issues.some(mayPass))) throw error;
      const pause = firstPause * 4 ** i;
      context.say(`${error.message} It is tried again in ${pause / 1000} seconds.`);
      await setTimeout(pause, undefined, { signal: context.signal });
    }
  }
}

function mayPass({ code }: Issue): boolean {
  return code === 'io-lost' || code === 'io-silent';
}

async function runCopy(spec: CopySpec, context: JobContext): Promise<JobResult> {
  const { at, timeZone = 'UTC', silentSeconds = 300, format = 'csv', keep } = spec;
  const { date, signal, workspace } = context;
  const nights = openNights(spec.to, context);
  await nights.sweep(new Date(context.now().getTime() - abandoned));
  const result = await copyNight({
    copy: spec.name,
    date,
    started: context.now(),
    format,
    tables: spec.tables,
    nights,
    open: async () =>
      openSnapshot(await addressOf(spec, context), { root: workspace.root, silentSeconds, signal }),
    missedSince: (last) =>
      at === undefined ? [] : datesDue({ at, timeZone }, { after: last, before: date }),
    pseudonymKey: pseudonymKeyOf(spec, context),
    isForgotten: hasPeople(spec) ? await context.forgotten() : () => false,
    accept: context.accept,
    program: programVersion(),
  });
  const { outcome, manifest } = result;
  const output = {
    to: spec.to,
    tables: manifest.tables.map(({ name, rows, bytes, sha256 }) => ({ name, rows, bytes, sha256 })),
  };
  if (outcome === 'quarantined') {
    const why = `${manifest.quarantined!.join(' ')} It is kept in ${result.address}; the last good night stays.`;
    return { outcome, why, output, missed: manifest.missed };
  }
  if (outcome === 'nothing') return { outcome, why: `The night of ${date} is there already.`, output };
  const removed = await removeOld(nights, { keep, date });
  return { outcome, output: { ...output, removed }, missed: manifest.missed };
}

function hasPeople({ tables }: CopySpec): boolean {
  return Object.values(tables).some(({ person }) => person !== undefined);
}

/** The address of the source. Throws `copy-source` where the environment does not hold it. */
async function addressOf({ from }: CopySpec, { env, workspace, date }: JobContext): Promise<string> {
  const said = typeof from === 'string' ? from : await from({ root: workspace.root, date });
  const [, name] = /^env:(.+)$/s.exec(said) ?? [];
  if (name === undefined) return said;
  const address = env[name];
  if (address) return address;
  throw new Problem({
    code: 'copy-source',
    what: `the environment does not say where ${name} is`,
    expected: 'postgres://…, mysql://… or sqlite:path in that variable',
  });
}

function pseudonymKeyOf({ tables }: CopySpec, context: JobContext): string | undefined {
  const isNeeded = Object.values(tables).some(({ pseudonymise = [] }) => pseudonymise.length > 0);
  if (!isNeeded) return undefined;
  const key = setting('pseudonymKey', context);
  if (key !== undefined) return key;
  throw new Problem({
    code: 'copy-pseudonym-key',
    what: 'columns are to be replaced by pseudonyms, and there is no key',
    expected: 'at least 32 characters in ALAMBIQUE_PSEUDONYM_KEY',
    remedy:
      'make one once, such as with `openssl rand -hex 32`, and keep it: another key gives other pseudonyms',
  });
}
