/** Loads the predictions of a sealed log into the database, each exactly once, however often and by how many it is done. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import type { Insertable, Transaction } from 'kysely';
import type { Database } from '../database/database.js';
import type { PredictionsTable } from '../database/tables/predictions.js';
import type { Tables } from '../database/tables.js';
import type { Issue } from '../problem.js';
import { writeFileAtomically } from '../write-atomically.js';
import type { PredictionsFolder } from './prediction-logs.js';
import { logFiles } from './prediction-seal.js';
import { isPlace, type LogPlace, logStart, type ReadCommit, readCommits } from './read-commits.js';

/** What a call has loaded. */
export interface LoadedPredictions {
  readonly study: string;
  readonly loaded: number;
  /** Predictions that the log no longer keeps, and the database now neither. */
  readonly removed: number;
  /** How often something was missing between two commits: it was removed from the log before it was loaded. */
  readonly gaps: number;
  /** Commits that cannot be believed; nothing of them is loaded. */
  readonly issues: readonly Issue[];
}

/** In predictions: how many are inserted by one statement. */
const inStatement = 500;

/**
 * Loads what was committed since the last call, and removes the days that the log has removed. What is sealed with the
 * key of a person stays sealed. A call that was killed is taken up by the next one; where several run at once, each
 * prediction is still kept once. About `inTransaction` of them are kept at a time.
 */
export async function loadPredictions(
  database: Database,
  { folder, study, inTransaction = 2000 }: PredictionsFolder & { readonly inTransaction?: number },
): Promise<LoadedPredictions> {
  const nothing = { study, loaded: 0, removed: 0, gaps: 0, issues: [] };
  if (!existsSync(folder)) return nothing;
  if (logFiles(folder).length === 0 && !existsSync(join(folder, idFile))) return nothing;
  const log = logId(folder);
  const place = placeNamed(folder);
  await database.query
    .insertInto('prediction_logs')
    .values({ log, study, file: logStart.file, offset_bytes: logStart.offset, head: logStart.head, place })
    .onConflict((conflict) => conflict.column('log').doUpdateSet({ place }))
    .execute();
  let removed = await takeBack(database, { log, folder });
  let [loaded, gaps] = [0, 0];
  const issues: Issue[] = [];
  for (let isDone = false; !isDone; ) {
    isDone = true;
    let from = await placeOf(database, log);
    for await (const commits of groups(readCommits(folder, from), inTransaction)) {
      const to = commits.at(-1)!.end;
      const rows = commits.flatMap((commit) => rowsOf(commit, { log, study }));
      const added = await keep(database, { log, from, to, rows });
      if (added === undefined) {
        // Another process was quicker: what it has loaded is not read again.
        isDone = false;
        break;
      }
      loaded += added;
      gaps += commits.filter(({ follows }) => !follows).length;
      for (const { issue } of commits) if (issue) issues.push(issue);
      from = to;
    }
  }
  removed += await removeOld(database, { log, folder });
  return { study, loaded, removed, gaps, issues };
}

/**
 * Removes what was loaded from logs of this machine that are not there any more: their folders are gone, or another log
 * stands in them. How many predictions that were. A log that comes back is loaded again.
 */
export async function removeGoneLogs({ query }: Database): Promise<number> {
  const logs = await query.selectFrom('prediction_logs').select(['log', 'place']).execute();
  const here = placeNamed('');
  const gone = logs.filter(({ log, place }) => {
    if (place === null || !place.startsWith(here)) return false;
    const path = join(place.slice(here.length), idFile);
    return !existsSync(path) || readFileSync(path, 'utf8') !== log;
  });
  let removed = 0;
  for (const { log } of gone) {
    removed += await query.transaction().execute(async (transaction) => {
      const { numDeletedRows } = await transaction
        .deleteFrom('predictions')
        .where('log', '=', log)
        .executeTakeFirstOrThrow();
      await transaction.deleteFrom('prediction_logs').where('log', '=', log).execute();
      return Number(numDeletedRows);
    });
  }
  return removed;
}

/** The machine and a folder on it. */
function placeNamed(folder: string): string {
  return `${hostname()}:${folder === '' ? '' : resolve(folder)}`;
}

/** Commits until they hold enough for a transaction. */
async function* groups(commits: AsyncIterable<ReadCommit>, least: number): AsyncGenerator<ReadCommit[]> {
  let group: ReadCommit[] = [];
  let count = 0;
  for await (const commit of commits) {
    group.push(commit);
    count += commit.lines.length;
    if (count < least) continue;
    yield group;
    [group, count] = [[], 0];
  }
  if (group.length > 0) yield group;
}

/** Keeps rows and the place behind them, both or none; how many were new. Undefined where the log is no longer at `from`. */
async function keep(
  { query }: Database,
  { log, from, to, rows }: { log: string; from: LogPlace; to: LogPlace; rows: readonly Row[] },
): Promise<number | undefined> {
  return query.transaction().execute(async (transaction) => {
    return (await move(transaction, { log, from, to })) ? insert(transaction, rows) : undefined;
  });
}

/** Moves the mark of how far the log is loaded; false where it is not at `from` any more. */
async function move(
  transaction: Transaction<Tables>,
  { log, from, to }: { log: string; from: LogPlace; to: LogPlace },
): Promise<boolean> {
  const { numUpdatedRows } = await transaction
    .updateTable('prediction_logs')
    .set({ file: to.file, offset_bytes: to.offset, head: to.head })
    .where('log', '=', log)
    .where('file', '=', from.file)
    .where('offset_bytes', '=', from.offset)
    .where('head', '=', from.head)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

async function insert(transaction: Transaction<Tables>, rows: readonly Row[]): Promise<number> {
  let added = 0;
  for (let at = 0; at < rows.length; at += inStatement) {
    const { numInsertedOrUpdatedRows } = await transaction
      .insertInto('predictions')
      .values(rows.slice(at, at + inStatement))
      .onConflict((conflict) => conflict.columns(['commit_hash', 'line_number']).doNothing())
      .executeTakeFirstOrThrow();
    added += Number(numInsertedOrUpdatedRows);
  }
  return added;
}

type Row = Insertable<PredictionsTable>;

function rowsOf({ lines, end }: ReadCommit, { log, study }: { log: string; study: string }): Row[] {
  return lines.map((line, i) => {
    const record = JSON.parse(line) as Readonly<Record<string, unknown>>;
    return {
      commit_hash: end.head,
      line_number: i,
      study,
      log,
      day: end.file.slice(0, 10),
      id: text(record.id) ?? '',
      time: text(record.time) ?? '',
      model: text(record.model) ?? '',
      caller: text(record.caller),
      person: text(record.person),
      probability: number(record.probability),
      prediction: number(record.prediction),
      decision: text(record.decision),
      line,
    };
  });
}

/** A text as every database keeps it; `line` has it as it was. */
function text(value: unknown): string | null {
  return typeof value === 'string' ? Buffer.from(value.replaceAll('\0', '\ufffd')).toString() : null;
}

function number(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

async function placeOf({ query }: Database, log: string): Promise<LogPlace> {
  const { file, offset_bytes, head } = await query
    .selectFrom('prediction_logs')
    .select(['file', 'offset_bytes', 'head'])
    .where('log', '=', log)
    .executeTakeFirstOrThrow();
  return { file, offset: offset_bytes, head };
}

/** A day whose file is not what was loaded is loaded anew: what the log does not have is not kept here. */
async function takeBack(
  database: Database,
  { log, folder }: { log: string; folder: string },
): Promise<number> {
  const place = await placeOf(database, log);
  if (await isPlace(folder, place)) return 0;
  return database.query.transaction().execute(async (transaction) => {
    const day = { ...logStart, file: place.file };
    if (!(await move(transaction, { log, from: place, to: day }))) return 0;
    const { numDeletedRows } = await transaction
      .deleteFrom('predictions')
      .where('log', '=', log)
      .where('day', '=', place.file.slice(0, 10))
      .executeTakeFirstOrThrow();
    return Number(numDeletedRows);
  });
}

/** What the log removes after its time, or for want of room, is not kept here either. */
async function removeOld(
  { query }: Database,
  { log, folder }: { log: string; folder: string },
): Promise<number> {
  const [oldest] = logFiles(folder);
  const ofLog = query.deleteFrom('predictions').where('log', '=', log);
  const old = oldest === undefined ? ofLog : ofLog.where('day', '<', oldest.slice(0, 10));
  const { numDeletedRows } = await old.executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

const idFile = 'log.id';

/** The name of a log, which stands in it: a folder may be moved, and another machine may have a study of that name. */
function logId(folder: string): string {
  const path = join(folder, idFile);
  const id = randomBytes(12).toString('hex');
  try {
    writeFileSync(path, id, { flag: 'wx', mode: 0o600 });
    return id;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const known = readFileSync(path, 'utf8');
  if (known.length === id.length) return known;
  // A crash came before it was written.
  writeFileAtomically(path, id, { mode: 0o600 });
  return id;
}
