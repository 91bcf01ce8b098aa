/** The cut-off of F1 and its like: how it is found, the one definition of races and studies, and its words. */
import type { Targets } from '../table/matrix.js';
import { bestF1Cutoff } from '../task/metrics/best-f1-cutoff.js';
import type { Metric } from '../task/predictions.js';
import type { Protocol } from './evaluate.js';

/**
 * How the cut-off of best F1 is found on training rows: from a quarter held out ('hold-out', which makes a fold cost less
 * than two fits), from predictions out of three inner folds ('out-of-fold', three fits), or not at all (false). Ordered
 * rows always hold out their last fifth.
 */
export type CutoffSearch = 'out-of-fold' | 'hold-out' | false;

/** What `compare`, `crossValidate` and every study do unless told otherwise. */
export const usualCutoffSearch: CutoffSearch = 'hold-out';

/** Where metrics that act say yes, as a sentence; undefined where none of them acts. */
export function cutoffSentence(
  metrics: readonly Metric[],
  { protocols, how }: { protocols: readonly Protocol[]; how: CutoffSearch },
): string | undefined {
  const names = metrics.filter(({ atCutoff }) => atCutoff).map(({ name }) => name);
  if (names.length === 0) return undefined;
  const say = `${names.join(', ')} ${names.length === 1 ? 'says' : 'say'} yes from`;
  if (how === false) return `${say} a probability of .5.`;
  const parts = [
    ...(protocols.some(({ kind }) => kind === 'ordered') ? ['the last fifth in time order'] : []),
    ...(protocols.some(({ kind }) => kind !== 'ordered')
      ? [how === 'hold-out' ? 'a quarter' : 'each third in turn']
      : []),
  ];
  return `${say} the cut-off of best F1 on a part of each fold's training rows: ${parts.join('; without an order ')}.`;
}

/**
 * The cut-off of best F1 on these held-out predictions, for rows that are still to come: 0 where saying yes to every row is
 * best, for it then is on the others, too, however little lower their lowest probability may be.
 */
export function cutoffFor(targets: Targets, predicted: Float64Array): number {
  const cutoff = bestF1Cutoff(targets, predicted);
  return predicted.some((probability) => probability < cutoff) ? cutoff : 0;
}
