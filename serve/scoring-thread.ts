/** A thread that answers questions of many rows, so that the event loop stays free; it starts at the first of them. */
import { constants, setPriority } from 'node:os';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { isMainThread, type MessagePort, parentPort, Worker, workerData } from 'node:worker_threads';
import { createScorer, loadArtefact, type NewPrediction, Problem, type Scorer } from '../src/serving.js';
import { answerQuestion } from './answer-question.js';
import { type FormName, forms } from './forms.js';
import type { Answered, Question } from './question.js';
import type { BodyLimits } from './read-body.js';

/** One thread, for all models of a folder. */
export interface ScoringThread {
  /**
   * The answer, but for its predictions, which come part by part before it. Undefined where the model cannot be loaded from the
   * folder. Rejects where the thread fails.
   */
  answer(asked: ThreadQuestion): Promise<Answered | undefined>;
  close(): Promise<void>;
}

/** What the thread is asked. */
export interface ThreadQuestion {
  readonly form: FormName;
  readonly question: Question;
  /** The model's study and version. */
  readonly reference: string;
  readonly limits: BodyLimits;
  /** Takes the predictions, in parts that are small enough for one turn of the event loop. */
  readonly onPredictions: (predictions: readonly NewPrediction[]) => void;
}

/** A question on its way to the thread. */
type Sent = Omit<ThreadQuestion, 'onPredictions'> & { readonly number: number };

/** What comes back: parts of the predictions, then the rest of the answer. */
type Returned = { readonly number: number } & (
  | { readonly part: readonly NewPrediction[] }
  | { readonly answered: Answered }
  | { readonly missing: true }
  | { readonly fault: string }
);

/** What the thread is told at its start. */
interface Told {
  readonly scoringFolder: string;
}

/** Models that the thread holds at once. */
const mostModels = 4;
/** Predictions that are sent, copied and kept in one turn of the event loop. */
const partSize = 500;

/** A question that has no answer yet. */
interface Waiting extends Pick<ThreadQuestion, 'onPredictions'> {
  resolve(answered: Answered | undefined): void;
  reject(error: Error): void;
}

/** A thread for the models of this folder. */
export function openScoringThread(folder: string): ScoringThread {
  let worker: Worker | undefined;
  let last = 0;
  const waiting = new Map<number, Waiting>();

  const start = (): Worker => {
    const started = new Worker(new URL(import.meta.url), {
      workerData: { scoringFolder: folder } satisfies Told,
    });
    // The service ends when its connections have ended, not when the thread does.
    started.unref();
    started.on('message', (returned: Returned) => {
      const asked = waiting.get(returned.number);
      if ('part' in returned) {
        asked?.onPredictions(returned.part);
        return;
      }
      waiting.delete(returned.number);
      if ('fault' in returned) asked?.reject(new Error(returned.fault));
      else asked?.resolve('missing' in returned ? undefined : returned.answered);
    });
    const fail = (error: Error): void => {
      if (worker === started) worker = undefined;
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    };
    started.on('error', fail);
    started.on('exit', () => fail(new Error('The thread that scores many rows has ended.')));
    return started;
  };

  return {
    answer: ({ onPredictions, ...asked }) =>
      new Promise((resolve, reject) => {
        worker ??= start();
        const number = ++last;
        waiting.set(number, { resolve, reject, onPredictions });
        worker.postMessage({ ...asked, number } satisfies Sent);
      }),
    async close() {
      await worker?.terminate();
    },
  };
}

/** The thread's own side. */
function answerQuestions(port: MessagePort, folder: string): void {
  const scorers = new Map<string, Promise<Scorer>>();
  const scorerOf = (reference: string): Promise<Scorer> => {
    const known = scorers.get(reference);
    if (known) return known;
    const [oldest] = scorers.keys();
    if (scorers.size === mostModels) scorers.delete(oldest!);
    const loaded = loadArtefact(reference, { folder }).then(createScorer);
    scorers.set(reference, loaded);
    return loaded;
  };
  const answer = async ({ number, form, question, reference, limits }: Sent): Promise<Returned> => {
    let scorer: Scorer;
    try {
      scorer = await scorerOf(reference);
    } catch (error) {
      scorers.delete(reference);
      if (error instanceof Problem) return { number, missing: true };
      throw error;
    }
    const { reply, effects } = answerQuestion(forms[form], question, { scorer, limits });
    const { predictions } = effects;
    for (let i = 0; i < predictions.length; i += partSize) {
      // A row travels as its text, which is what the log keeps.
      const part = predictions
        .slice(i, i + partSize)
        .map(({ row, ...one }) => ({ ...one, rowText: one.rowText ?? JSON.stringify(row) }));
      port.postMessage({ number, part } satisfies Returned);
      await nextTurn();
    }
    return { number, answered: { reply, effects: { ...effects, predictions: [] } } };
  };
  port.on('message', (sent: Sent) => {
    answer(sent).then(
      (returned) => port.postMessage(returned),
      (error: unknown) => {
        const fault = String((error as Error)?.stack ?? error);
        port.postMessage({ number: sent.number, fault } satisfies Returned);
      },
    );
  });
}

const told = (workerData ?? {}) as Partial<Told>;
if (!isMainThread && parentPort && told.scoringFolder !== undefined) {
  // Small requests go before large ones where all cores are busy. Elsewhere than on Linux this would be the priority of the process.
  if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  answerQuestions(parentPort, told.scoringFolder);
}
