/** What leakage would have been worth: the price of each suspect, and what the dishonest ways pretend. */
import type { Protocol } from '../evaluate/evaluate.js';
import { shareDataset } from '../evaluate/shared-dataset.js';
import type { DishonestWay } from '../leakage/demonstrate.js';
import type { SuspectPrice } from '../leakage/price.js';
import type { Dataset } from '../schema/schema.js';
import { runTasks } from '../threads.js';
import type { LeakageAnswer, LeakageShared, LeakageTask } from './leakage-worker.js';

/** Prices and ways, in the order in which the leakage room gives them. */
export interface ExposedLeakage {
  readonly prices: readonly SuspectPrice[];
  readonly ways: readonly DishonestWay[];
}

/** Computes both in a thread of their own; the caller's stays free. */
export async function exposeLeakage(
  dataset: Dataset,
  options: {
    protocol: Protocol;
    /** What has a price. */
    suspects: readonly string[];
    seed: number;
    signal?: AbortSignal;
    onProgress?: (share: number) => void;
  },
): Promise<ExposedLeakage> {
  const { protocol, suspects, seed, signal, onProgress } = options;
  const { name, kind, meaning, params } = protocol;
  const shares = [0, 0];
  const answers = await runTasks<LeakageShared, LeakageTask, LeakageAnswer>({
    worker: new URL('./leakage-worker.js', import.meta.url),
    shared: {
      dataset: shareDataset(dataset),
      protocol: { name, kind, meaning, params },
      folds: protocol.folds(dataset),
      suspects,
      seed,
    },
    tasks: ['price', 'demonstration'],
    threads: 1,
    signal,
    onProgress: (task, share) => {
      shares[task] = share;
      onProgress?.((shares[0]! + shares[1]!) / 2);
    },
  });
  return Object.assign({}, ...answers) as ExposedLeakage;
}
