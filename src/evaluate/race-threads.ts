/** Runs the tasks of a race: in worker threads where candidates can be rebuilt there, else here. */
import { canonicalJson, type JsonObject } from '../json.js';
import type { Dataset } from '../schema/schema.js';
import type { Threads } from '../threads.js';
import { pipelineFromJson } from './pipeline-from-json.js';
import type { RaceAnswer, RaceTask } from './race-worker.js';

/** Who works, and until when. */
export interface RaceThreads {
  pool: Threads<RaceTask, RaceAnswer>;
  signal: AbortSignal | undefined;
}

/** Runs the tasks that can travel in threads, and the others here, in between other events. */
export async function inThreads<Task extends RaceTask>(
  { pool, signal }: RaceThreads,
  work: {
    tasks: readonly Task[];
    away: readonly boolean[];
    onProgress?: (task: number, share: number) => void;
  },
  here: (task: Task, onProgress: (share: number) => void) => RaceAnswer,
): Promise<RaceAnswer[]> {
  const { tasks, away, onProgress } = work;
  // The last first: candidates stand in order of simplicity, and the longest work should not begin at the end.
  const travelling = [...tasks.keys()].filter((i) => away[i]).reverse();
  const answers = new Array<RaceAnswer>(tasks.length);
  const ended = new AbortController();
  const stopped = signal ? AbortSignal.any([signal, ended.signal]) : ended.signal;
  const travelled = pool.run(
    travelling.map((i) => tasks[i]!),
    {
      signal: stopped,
      onProgress: (k, share) => onProgress?.(travelling[k]!, share),
      onResult: (k, answer) => {
        answers[travelling[k]!] = answer;
      },
    },
  );
  const stayed = (async () => {
    for (const [i, task] of tasks.entries()) {
      if (away[i]) continue;
      await new Promise((resolve) => setImmediate(resolve));
      stopped.throwIfAborted();
      answers[i] = here(task, (share) => onProgress?.(i, share));
      onProgress?.(i, 1);
    }
  })();
  try {
    await Promise.all([travelled, stayed]);
  } catch (error) {
    ended.abort(error);
    await Promise.allSettled([travelled, stayed]);
    throw error;
  }
  return answers;
}

/** Whether another thread can rebuild the candidate: one made by a caller's own code stays in this thread. */
export function canTravel({ schema }: Dataset, json: JsonObject): boolean {
  try {
    return canonicalJson(pipelineFromJson(schema, json).toJSON()) === canonicalJson(json);
  } catch {
    return false;
  }
}
