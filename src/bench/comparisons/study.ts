/** A whole study as a process from a cold start: read, encode, race, choose, save. */
import { join } from 'node:path';
import { Problem } from '../../problem.js';
import type { Case, Comparison } from '../bench.js';

/** The scores of each candidate, by its name. */
type Boards = Readonly<Record<string, { readonly AUC: number }>>;

const python = 'scikit-learn, imbalanced-learn, LightGBM';

export const comparison: Comparison = {
  name: 'study',
  what: 'A whole study as a process, from its start to its end: read the bank file, encode it, race five learners without SMOTE and with it over five stratified folds by AUC, average precision and F1 at .5, fit the winner on all rows, save it. Baseline, naive Bayes, logistic, a forest of 100 and boosting of 200 trees of 31 leaves, the same settings as far as they mean the same; two processes or threads. Ours also checks every value, brings probabilities back to the true rate after SMOTE, gives every score an interval, and proves the saved model by golden rows. The guide of imbalanced-learn wants SMOTE-NC for columns of both kinds; many take SMOTE on one-hot columns all the same, and the second case does.',
  async cases(tools) {
    const of = (name: string, encoding: 'mixed' | 'one-hot'): Case => ({
      name: `five learners, five folds, without SMOTE and with ${name}`,
      input: { path: tools.data('bank-full.csv'), folder: join(tools.folder, 'study'), encoding },
      contenders: [
        { name: 'alambique', kind: 'node', program: 'study' },
        { name: python, kind: 'python', program: 'study' },
      ],
      wholeProcess: true,
      rounds: 2,
      limit: { timesPeer: { [python]: 0.5 } },
      agree,
    });
    return [of('SMOTE-NC', 'mixed'), of('SMOTE on one-hot columns', 'one-hot')];
  },
};

/** Learners of the same name must be as good, or their times mean nothing. */
const agree: NonNullable<Case['agree']> = (answers) => {
  const [ours, theirs] = [answers[0]!, answers.at(-1)!].map(({ answer }) => answer as unknown as Boards);
  for (const [name, { AUC }] of Object.entries(theirs!)) {
    const own = ours![name]?.AUC ?? Number.NaN;
    if (own >= AUC - 0.01) continue;
    throw new Problem({
      code: 'bench-disagree',
      what: `our "${name}" is behind that of a peer`,
      got: `an AUC of ${own.toFixed(4)}`,
      expected: `at least ${(AUC - 0.01).toFixed(4)}, .01 below the peer's`,
    });
  }
};
