/** A small model of borrowers, asked by client id; for tests and benches. */
import { atCutoff } from '../decide/at-cutoff.js';
import { pipeline } from '../evaluate/pipeline.js';
import { impute } from '../features/impute.js';
import { numbers } from '../features/numbers.js';
import { ordinal } from '../features/ordinal.js';
import { features } from '../features/recipe.js';
import { logistic } from '../models/logistic.js';
import type { Learner } from '../models/models.js';
import { seededRandom } from '../random.js';
import { labelsOf } from '../schema/dataset.js';
import type { Dataset } from '../schema/schema.js';
import { makeArtefact } from '../study/artefact.js';
import type { ArtefactFiles } from '../study/artefact-files.js';
import { borrowers, type ExampleLoan, loansOf } from './example-loans.js';

/** The study of that model. */
export const borrowersStudy = 'borrowers';

/** Four loans to each of these many clients, who are called "c1", "c2", …; nobody's data. */
export function manyLoans(clients: number): Dataset<string, string> {
  const random = seededRandom(11);
  const rows = Array.from({ length: clients * 4 }, (_, i): ExampleLoan => {
    const client = i % clients;
    return {
      id: `c${client + 1}`,
      date: new Date(Date.UTC(2019, 0, 1) + Math.floor((i / clients) * 180) * 86_400_000)
        .toISOString()
        .slice(0, 10),
      amount: random.uniform() < 0.05 ? null : Math.round(50 + 200 * random.uniform()),
      car: client % 3 === 0 ? 'Y' : 'N',
      birthday: `${1950 + (client % 45)}-0${1 + (client % 9)}-15`,
      job: client % 5 === 0 ? null : `20${10 + (client % 9)}-03-01`,
      status: random.uniform() < 0.15 + (client % 4) * 0.1 ? 'late' : 'paid',
    };
  });
  return loansOf(rows) as Dataset<string, string>;
}

/** Its files. */
export function borrowersArtefact({
  clients = 120,
  learner = logistic(),
}: {
  clients?: number;
  learner?: Learner;
} = {}): ArtefactFiles {
  const rows = borrowers.derive.rows(manyLoans(clients));
  const recipe = features(borrowers.schema, [
    ordinal('flag_own_car'),
    numbers('nb_previous_loans', 'age', impute('avg_amount_loans_previous'), impute('years_on_the_job')),
  ]);
  const fitted = pipeline(recipe, learner).fit(rows, { seed: 7, threads: 1 });
  return makeArtefact(
    {
      ...{ study: borrowersStudy, pipeline: fitted, trainedOn: rows, measuredOn: rows, scores: {}, seed: 7 },
      policy: atCutoff(0.3).fit({ targets: labelsOf(rows), predicted: fitted.predict(rows) }),
      ...{ program: 'alambique test', why: 'It is small.', card: '# Borrowers\n' },
    },
    new Date('2026-11-28T06:00:00Z'),
  );
}
