/** Refuses weights for learners that would pass over them in silence. */
import { Problem } from '../../problem.js';
import type { FitOptions } from '../models.js';

/** Throws `models-no-weights` where weights that differ are given: the package behind the learner knows none. */
export function refuseWeights(learner: string, { weights }: FitOptions): void {
  if (!weights?.some((weight) => weight !== weights[0])) return;
  throw new Problem({
    code: 'models-no-weights',
    what: `${learner} knows no weights`,
    expected: 'rows that all weigh the same',
    remedy: 'use `withSmote`, or a learner that knows them (logistic, randomForest, boosting)',
  });
}
