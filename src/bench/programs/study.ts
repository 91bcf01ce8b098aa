/** A whole study by this package, as its users would write it; see `peers/study.py` for its like. */
import {
  auc,
  averagePrecision,
  baseline,
  boosting,
  category,
  compare,
  defineSchema,
  f1,
  features,
  logistic,
  naiveBayes,
  number,
  oneHot,
  ordinal,
  randomForest,
  readCsv,
  saveArtefact,
  scale,
  stratifiedFolds,
  withSmote,
  yesNo,
} from '../../index.js';
import { measure, readTask } from './measure.js';

const task = readTask<{ path: string; folder: string; encoding: 'mixed' | 'one-hot' }>();

// No order is stated: the peer shuffles, and so does this.
const bank = defineSchema({
  moment: 'the call is placed',
  target: yesNo('y'),
  before: {
    ...{ age: number(), job: category(), marital: category(), education: category(), default: category() },
    ...{ balance: number(), housing: category(), loan: category(), contact: category(), day: number() },
    ...{ month: category(), campaign: number(), pdays: number(), previous: number(), poutcome: category() },
  },
  after: { duration: number() },
});

const texts = [
  'job',
  'marital',
  'education',
  'default',
  'housing',
  'loan',
  'contact',
  'month',
  'poutcome',
] as const;

async function work(): Promise<Record<string, Record<string, number>>> {
  const calls = await readCsv(task.path, bank, { separator: ';' });
  const recipe = features(bank, [
    task.encoding === 'mixed' ? ordinal(...texts) : oneHot(...texts),
    scale('age', 'balance', 'day', 'campaign', 'pdays', 'previous'),
  ]);
  const learners = [
    baseline(),
    naiveBayes(),
    logistic(),
    randomForest({ trees: 100, minLeaf: 5 }),
    boosting({ trees: 200, leaves: 31, learningRate: 0.05 }),
  ];
  const race = await compare(calls, {
    features: recipe,
    learners: learners.flatMap((learner) => [learner, withSmote(learner)]),
    metrics: [auc, averagePrecision, f1],
    protocols: [stratifiedFolds({ folds: 5, seed: 7 })],
    cutoff: false,
    seed: 7,
  });
  const model = race.best().fit(calls, { threads: 2 });
  await saveArtefact('bench', model, {
    trainedOn: calls,
    measuredOn: calls,
    why: 'It ranks best.',
    folder: task.folder,
    reports: false,
  });
  return Object.fromEntries(
    race.rows.map(({ name }) => [
      name.replace('random forest', 'forest'),
      { AUC: race.estimate(name, 'auc').value, F1: race.estimate(name, 'f1').value },
    ]),
  );
}

void measure(task, work, (boards) => boards);
