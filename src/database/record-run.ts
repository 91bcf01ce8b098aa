/** Records a run: a row when it begins, which says how it ended when it ends. A record that fails harms no run. */
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { failureReason } from '../failure-reason.js';
import { canonicalJson, type JsonObject } from '../json.js';
import { processMark, userName } from '../this-process.js';
import { programVersion } from '../workspace.js';
import type { Database } from './database.js';
import type { RunKind, RunState } from './run.js';

/** What a run adds to its record while it goes on. */
export interface RunNotes {
  /** What went in that was not known at the start. */
  readonly input?: JsonObject;
  readonly output?: JsonObject;
  /** How it ended, where that is not `ended`. */
  readonly state?: 'ended' | 'failed' | 'quarantined';
  /** Why, where it did not end well; without values of rows. */
  readonly error?: string;
}

/** A run that goes on. */
export interface OpenRun {
  readonly id: string;
  /** Adds to what will be recorded; fields of `input` and `output` are joined to those before. */
  note(notes: RunNotes): void;
}

/** What a run is, and its work. */
export interface RunOptions<T> {
  readonly kind: RunKind;
  /** Of the study, copy, job or batch. */
  readonly name: string;
  /** By default the user of this machine. */
  readonly who?: string;
  readonly input?: JsonObject;
  readonly now: () => Date;
  readonly work: (run: OpenRun) => Promise<T>;
  /** Told where the record could not be written; the work goes on. */
  readonly onFailure?: (error: Error) => void;
}

/** How often a run says that it goes on, in milliseconds. */
const beatMs = 60_000;

/**
 * Does the work, and records it; gives what the work gives, or throws what it throws. Of an error the record keeps the
 * sentence without the values in it.
 *
 * @example
 * const database = await openDatabase({ url: ':memory:' });
 * const work = async (run: { note(notes: object): void }) => {
 *   run.note({ output: { rows: 3 } });
 *   return 3;
 * };
 * await recordRun(database, { kind: 'job', name: 'tidy', now: () => new Date(), work }); // → 3
 * await database.close();
 */
export async function recordRun<T>(database: Database, options: RunOptions<T>): Promise<T> {
  const { kind, name, who = userName(), now, work, onFailure } = options;
  const { query } = database;
  const started = now();
  const id = newRunId(started);
  let notes: Required<Pick<RunNotes, 'input' | 'output'>> & RunNotes = {
    input: options.input ?? {},
    output: {},
  };
  /** A value that JSON cannot hold must not leave a run that seems to go on. */
  const jsonText = (value: JsonObject): string => {
    try {
      return canonicalJson(value);
    } catch (error) {
      onFailure?.(error as Error);
      return '{}';
    }
  };
  const write = async (act: () => Promise<unknown>): Promise<void> => {
    try {
      await act();
    } catch (error) {
      onFailure?.(error as Error);
    }
  };

  await write(() =>
    query
      .insertInto('runs')
      .values({
        id,
        kind,
        name,
        who,
        started: started.toISOString(),
        seen: started.toISOString(),
        ended: null,
        state: 'running',
        seconds: null,
        input: jsonText(notes.input),
        output: '{}',
        error: null,
        program: programVersion(),
        host: hostname(),
        process: processMark(),
      })
      .execute(),
  );
  const beat = setInterval(
    () =>
      void write(() =>
        query.updateTable('runs').set({ seen: now().toISOString() }).where('id', '=', id).execute(),
      ),
    beatMs,
  );
  beat.unref();
  const end = (state: RunState, error: string | null): Promise<void> => {
    clearInterval(beat);
    const ended = now();
    return write(() =>
      query
        .updateTable('runs')
        .set({
          state,
          error,
          ended: ended.toISOString(),
          seen: ended.toISOString(),
          seconds: Math.max(0, ended.getTime() - started.getTime()) / 1000,
          input: jsonText(notes.input),
          output: jsonText(notes.output),
        })
        .where('id', '=', id)
        .execute(),
    );
  };

  try {
    const result = await work({
      id,
      note({ input, output, ...rest }) {
        notes = {
          ...notes,
          ...rest,
          input: { ...notes.input, ...input },
          output: { ...notes.output, ...output },
        };
      },
    });
    await end(notes.state ?? 'ended', notes.error ?? null);
    return result;
  } catch (error) {
    const stopped = (error as Error | undefined)?.name === 'AbortError';
    await end(stopped ? 'stopped' : 'failed', failureReason(error));
    throw error;
  }
}

/** Sorts by time: "20261128-021503-3f9a1c2b". */
function newRunId(time: Date): string {
  const [day = '', clock = ''] = time.toISOString().split(/[T.]/);
  return `${day.replaceAll('-', '')}-${clock.replaceAll(':', '')}-${randomBytes(4).toString('hex')}`;
}
