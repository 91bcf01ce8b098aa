/** Who will take the term deposit, asked before the call is placed? UCI bank marketing (Moro, Laureano, Cortez 2011). */
import {
  auc,
  aucWithinFolds,
  averagePrecision,
  baseline,
  bins,
  blend,
  boosting,
  brier,
  byCapacity,
  byF1,
  byMoney,
  category,
  codes,
  cross,
  defineSchema,
  defineStudy,
  f1,
  features,
  formatCsv,
  forwardChaining,
  impute,
  logistic,
  naiveBayes,
  number,
  numbers,
  pipeline,
  randomForest,
  type Study,
  scale,
  signedLog,
  simulateBank,
  stratifiedFolds,
  withCalibration,
  withSmote,
  withWeights,
  yesNo,
} from '../index.js';

const bank = defineSchema({
  moment: 'the call is placed',
  target: yesNo('y'),
  order: 'rows',
  before: {
    age: number({ unit: 'years', range: [0, 120], integer: true }),
    job: category(),
    marital: category(),
    education: category(),
    default: yesNo({ because: 'has credit in default, from the books' }),
    balance: number({ unit: 'EUR', because: 'average yearly balance, from the books' }),
    housing: yesNo({ because: 'has a housing loan, from the books' }),
    loan: yesNo({ because: 'has a personal loan, from the books' }),
    contact: category({ because: 'the number we are about to dial' }),
    day: number({ range: [1, 31], integer: true, because: 'the day we dial' }),
    month: category({ because: 'the month we dial' }),
    campaign: number({
      range: [1, 1000],
      integer: true,
      because: 'calls in this campaign, counting the one about to be placed',
    }),
    pdays: number({
      unit: 'days',
      missing: [-1],
      because: 'since the last contact of an earlier campaign; -1: never contacted',
    }),
    previous: number({ range: [0, 1000], integer: true, because: 'contacts in earlier campaigns' }),
    poutcome: category({ because: 'how the earlier campaign ended' }),
  },
  after: { duration: number({ unit: 's', because: 'it is known when we hang up' }) },
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
const lastingTexts = ['job', 'marital', 'education', 'default', 'housing', 'loan', 'poutcome'] as const;
const lastingNumbers = ['age', 'balance', 'campaign', 'pdays', 'previous'] as const;

/** Numbers in deciles, texts as they are: what naive Bayes and the crosses are made of. */
const binned = features(bank, [codes(...texts), bins([...lastingNumbers, 'day'])]);
/** The same without month, day and contact, which carry the habits of one year into the next. */
const lasting = features(bank, [codes(...lastingTexts), bins(lastingNumbers)]);
/** Every number as it is: the textbook's recipe. */
const plain = features(bank, [
  codes(...texts),
  scale('age', 'day', signedLog('balance', 'campaign', 'previous')),
  scale(impute('pdays')),
]);
/** Which months are good differs by everything else. */
const crossed = features(bank, [
  codes(...texts),
  bins([...lastingNumbers, 'day']),
  codes(
    cross('month', 'contact'),
    cross('month', 'poutcome'),
    cross('month', 'housing'),
    cross('month', 'job'),
    cross('month', bins('day', { count: 31 })),
  ),
]);

/** Trees take numbers as they are and texts as sets. */
const forTrees = features(bank, [codes(...texts), numbers(...lastingNumbers, 'day')]);
const lastingForTrees = features(bank, [codes(...lastingTexts), numbers(...lastingNumbers)]);
const fewLeaves = boosting({ trees: 100, leaves: 8, minLeaf: 50 });

const everyColumn = pipeline(binned, naiveBayes(), { name: 'naive Bayes' });
const lastingBayes = pipeline(lasting, naiveBayes(), { name: 'naive Bayes without month, day, contact' });
const lastingLogistic = pipeline(lasting, logistic(), { name: 'logistic without month, day, contact' });
const lastingBoosting = pipeline(lastingForTrees, fewLeaves, {
  name: 'boosting without month, day, contact',
});

export const study: Study = defineStudy({
  name: 'bank-marketing',
  title: 'Who will take the term deposit?',
  question:
    'Whom should we call with the term deposit, when we can make 200 calls for every 1,000 names on the list?',
  schema: bank,
  data: {
    file: 'bank-full.csv',
    separator: ';',
    sha256: 'd1513ec63b385506f7cfce9f2c5caa9fe99e7ba4e8c3fa264b3aaf0f849ed32d',
    archive: {
      url: 'https://archive.ics.uci.edu/static/public/222/bank+marketing.zip',
      members: ['bank.zip', 'bank-full.csv'],
      timeoutSeconds: 20,
    },
    simulate: () => formatCsv(simulateBank({ seed: 2008 }).table, { separator: ';' }),
  },
  candidates: [
    pipeline(plain, baseline(), { name: 'baseline' }),
    everyColumn,
    lastingBayes,
    pipeline(plain, logistic(), { name: 'logistic' }),
    lastingLogistic,
    pipeline(plain, withWeights(logistic(), 'balanced'), { name: 'logistic, weighted' }),
    pipeline(plain, withSmote(logistic()), { name: 'logistic + SMOTE' }),
    pipeline(binned, withCalibration(naiveBayes()), { name: 'naive Bayes, calibrated' }),
    pipeline(crossed, logistic({ l2: 3 }), { name: 'logistic with crosses' }),
    pipeline(forTrees, randomForest({ trees: 100, minLeaf: 5 }), { name: 'forest' }),
    pipeline(forTrees, boosting({ trees: 200, leaves: 31 }), { name: 'boosting' }),
    lastingBoosting,
    blend('blend of two', [everyColumn, lastingLogistic]),
    blend('blend of four', [everyColumn, lastingBayes, lastingLogistic, lastingBoosting]),
  ],
  locked: 0.2,
  scores: [aucWithinFolds, auc, averagePrecision, f1, brier],
  protocol: forwardChaining({ folds: 5, firstShare: 0.75 }),
  flattering: stratifiedFolds({ folds: 5, seed: 7 }),
  policies: {
    'capacity of 200 calls for a list of 1,000': byCapacity({
      callsPerDay: 200,
      rowsPerDay: 1000,
      verb: 'call',
    }),
    'best F1': byF1({ verb: 'call' }),
    'a call costs 5 EUR, a sale earns 60 EUR': byMoney({ costPerCall: 5, marginPerSale: 60, verb: 'call' }),
  },
  segments: 'month',
  waive: {},
  lessons: [
    {
      question: 'Does leaving out month, day and contact help logistic?',
      compare: ['logistic without month, day, contact', 'logistic'],
    },
    {
      question: 'Does leaving them out help naive Bayes?',
      compare: ['naive Bayes without month, day, contact', 'naive Bayes'],
    },
    { question: 'Do crosses with the month help?', compare: ['logistic with crosses', 'logistic'] },
    { question: 'Do class weights help?', compare: ['logistic, weighted', 'logistic'] },
    { question: 'Does SMOTE help?', compare: ['logistic + SMOTE', 'logistic'] },
    { question: 'Does calibration change the ranking?', compare: ['naive Bayes, calibrated', 'naive Bayes'] },
    {
      question: 'Does leaving them out help boosting?',
      compare: ['boosting without month, day, contact', 'boosting'],
    },
    { question: 'Are trees better than logistic?', compare: ['boosting', 'logistic'] },
    { question: 'Does a blend help?', compare: ['blend of four', 'naive Bayes'] },
  ],
  seed: 7,
  module: { path: 'src/studies/bank-marketing.ts', cells: [] },
});
