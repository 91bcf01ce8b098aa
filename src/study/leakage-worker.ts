/** A worker thread that puts a price on leakage and shows the dishonest ways, while the race goes on in others. */
import type { Fold, Protocol } from '../evaluate/evaluate.js';
import { stratifiedFolds } from '../evaluate/protocols/stratified-folds.js';
import { receiveDataset, type SharedDataset } from '../evaluate/shared-dataset.js';
import { type DishonestWay, demonstrateLeakage } from '../leakage/demonstrate.js';
import { priceLeakage, type SuspectPrice } from '../leakage/price.js';
import { answerTasks } from '../threads.js';

/** What both tasks share. */
export interface LeakageShared {
  readonly dataset: SharedDataset;
  /** The protocol of the prices, its folds drawn already. */
  readonly protocol: Pick<Protocol, 'name' | 'kind' | 'meaning' | 'params'>;
  readonly folds: readonly Fold[];
  readonly suspects: readonly string[];
  readonly seed: number;
}

export type LeakageTask = 'price' | 'demonstration';

/** The answer to the one task or the other. */
export type LeakageAnswer =
  | { readonly prices: readonly SuspectPrice[] }
  | { readonly ways: readonly DishonestWay[] };

answerTasks<LeakageShared, LeakageTask, LeakageAnswer>(
  ({ dataset: shared, protocol, folds, suspects, seed }) => {
    const dataset = receiveDataset(shared);
    return (task, onProgress) => {
      if (task === 'price') {
        if (suspects.length === 0) return { prices: [] };
        const { prices } = priceLeakage(dataset, {
          protocol: { ...protocol, folds: () => folds },
          suspects,
          seed,
          onProgress,
        });
        return { prices };
      }
      // Three folds show as well as five what cannot be believed anyway.
      const { ways } = demonstrateLeakage(dataset, {
        protocol: stratifiedFolds({ folds: 3, seed }),
        seed,
        onProgress,
      });
      return { ways };
    };
  },
);
