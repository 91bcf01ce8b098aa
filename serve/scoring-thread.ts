/** A thread that answers questions of many rows, so that the event loop stays free; it starts at the first of them. */
import { constants, setPriority } from 'node:os';
import { isMainThread, type MessagePort, parentPort, Worker, workerData } from 'node:worker_threads';
import { createScorer, loadArtefact, type NewPrediction, Problem, type Scorer } from '../src/serving.js';
import { answerQuestion } from './answer-question.js';
import { type FormName, forms } from './forms.js';
import type { Answered, Question } from './question.js';
import type { BodyLimits } from './read-body.js';
import type { Reply } from './reply.js';

/** One thread, for all models of a folder. */
export interface ScoringThread {
  /**
   * The answer, but for its predictions, which come part by part before it. The body moves to the thread; it comes back where the
   * model cannot be loaded from the folder. Rejects where the thread fails, or what takes the predictions.
   */
  answer(asked: ThreadQuestion): Promise<Answered | { readonly body: Uint8Array }>;
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

/** Says that a part was taken: only then comes the next, so that parts never pile up in one turn of a busy event loop. */
type Taken = { readonly taken: number };

/** What comes back: parts of the predictions, then the rest of the answer. */
type Returned = { readonly number: number } & (
  | { readonly part: readonly NewPrediction[] }
  | { readonly answered: Answered }
  | { readonly missing: Uint8Array }
  | { readonly fault: string }
);

/** What the thread is told at its start. */
interface Told {
  readonly scoringFolder: string;
}

/** Models that the thread holds at once. */
const mostModels = 4;
/** Predictions that are sent, copied and kept in one turn of the event loop. */
const partSize = 250;
/** In characters: a longer answer comes as bytes, which move where a text is copied, and which a socket takes as they are. */
const longText = 65_536;

/** A question that has no answer yet. */
interface Waiting extends Pick<ThreadQuestion, 'onPredictions'> {
  resolve(answered: Answered | { readonly body: Uint8Array }): void;
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
        try {
          asked?.onPredictions(returned.part);
        } catch (error) {
          waiting.delete(returned.number);
          asked?.reject(error as Error);
        }
        started.postMessage({ taken: returned.number } satisfies Taken);
        return;
      }
      waiting.delete(returned.number);
      if ('fault' in returned) asked?.reject(new Error(returned.fault));
      else asked?.resolve('missing' in returned ? { body: returned.missing } : returned.answered);
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
        worker.postMessage({ ...asked, number } satisfies Sent, movable(asked.question.body));
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
  let onTaken = (): void => undefined;
  const taken = (): Promise<void> =>
    new Promise((resolve) => {
      onTaken = resolve;
    });
  const answer = async ({ number, form, question, reference, limits }: Sent): Promise<Returned> => {
    let scorer: Scorer;
    try {
      scorer = await scorerOf(reference);
    } catch (error) {
      scorers.delete(reference);
      if (error instanceof Problem) return { number, missing: question.body };
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
      await taken();
    }
    return { number, answered: { reply: inBytes(reply), effects: { ...effects, predictions: [] } } };
  };
  const send = (returned: Returned): void => {
    const bytes =
      'missing' in returned ? returned.missing : 'answered' in returned && returned.answered.reply.body;
    port.postMessage(returned, bytes instanceof Uint8Array ? movable(bytes) : []);
  };
  // One after the other: the answers of several would fill the memory.
  let last = Promise.resolve();
  port.on('message', (sent: Sent | Taken) => {
    if ('taken' in sent) {
      onTaken();
      return;
    }
    last = last
      .then(() => answer(sent))
      .catch((error: unknown) => ({ number: sent.number, fault: String((error as Error)?.stack ?? error) }))
      .then(send);
  });
}

/** An answer with a long text as bytes. */
function inBytes(reply: Reply): Reply {
  const { status = 200, body } = reply;
  if (status >= 400 || typeof body !== 'string' || body.length < longText) return reply;
  return { ...reply, body: Buffer.from(body) };
}

/** What need not be copied on its way to another thread: the memory of these bytes, where nothing else stands in it. */
function movable({ buffer, byteLength }: Uint8Array): ArrayBuffer[] {
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : [];
}

const told = (workerData ?? {}) as Partial<Told>;
if (!isMainThread && parentPort && told.scoringFolder !== undefined) {
  // Small requests go before large ones where all cores are busy. Elsewhere than on Linux this would be the priority of the process.
  if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  answerQuestions(parentPort, told.scoringFolder);
}
