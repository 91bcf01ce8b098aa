/** The study bank-marketing, distilled from its notebooks. Do not edit: change the notebook and distil again. */
// Distilled by alambique 0.1.0 with `alambique distil bank-marketing` from:
//   notebooks/bank-marketing/5-choose.ipynb
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
  type Learner,
  logistic,
  naiveBayes,
  number,
  numbers,
  type Pipeline,
  pipeline,
  type Recipe,
  randomForest,
  type Schema,
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

// ── notebooks/bank-marketing/5-choose.ipynb, cell schema

export const bank: Schema<
  | 'age'
  | 'job'
  | 'marital'
  | 'education'
  | 'default'
  | 'balance'
  | 'housing'
  | 'loan'
  | 'contact'
  | 'day'
  | 'month'
  | 'campaign'
  | 'pdays'
  | 'previous'
  | 'poutcome',
  'duration'
> = defineSchema({
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

// ── notebooks/bank-marketing/5-choose.ipynb, cell columns

export const texts: readonly [
  'job',
  'marital',
  'education',
  'default',
  'housing',
  'loan',
  'contact',
  'month',
  'poutcome',
] = ['job', 'marital', 'education', 'default', 'housing', 'loan', 'contact', 'month', 'poutcome'] as const;
export const lastingTexts: readonly [
  'job',
  'marital',
  'education',
  'default',
  'housing',
  'loan',
  'poutcome',
] = ['job', 'marital', 'education', 'default', 'housing', 'loan', 'poutcome'] as const;
export const lastingNumbers: readonly ['age', 'balance', 'campaign', 'pdays', 'previous'] = [
  'age',
  'balance',
  'campaign',
  'pdays',
  'previous',
] as const;

// ── notebooks/bank-marketing/5-choose.ipynb, cell recipes

/** Numbers in deciles, texts as they are: what naive Bayes and the crosses are made of. */
export const binned: Recipe = features(bank, [codes(...texts), bins([...lastingNumbers, 'day'])]);
/** The same without month, day and contact, which carry the habits of one year into the next. */
export const lasting: Recipe = features(bank, [codes(...lastingTexts), bins(lastingNumbers)]);
/** Every number as it is: the textbook's recipe. */
export const plain: Recipe = features(bank, [
  codes(...texts),
  scale('age', 'day', signedLog('balance', 'campaign', 'previous')),
  scale(impute('pdays')),
]);
/** Which months are good differs by everything else. */
export const crossed: Recipe = features(bank, [
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
export const forTrees: Recipe = features(bank, [codes(...texts), numbers(...lastingNumbers, 'day')]);
export const lastingForTrees: Recipe = features(bank, [codes(...lastingTexts), numbers(...lastingNumbers)]);

// ── notebooks/bank-marketing/5-choose.ipynb, cell candidates

export const fewLeaves: Learner = boosting({ trees: 100, leaves: 8, minLeaf: 50 });
export const everyColumn: Pipeline = pipeline(binned, naiveBayes(), { name: 'naive Bayes' });
export const lastingBayes: Pipeline = pipeline(lasting, naiveBayes(), {
  name: 'naive Bayes without month, day, contact',
});
export const lastingLogistic: Pipeline = pipeline(lasting, logistic(), {
  name: 'logistic without month, day, contact',
});
export const lastingBoosting: Pipeline = pipeline(lastingForTrees, fewLeaves, {
  name: 'boosting without month, day, contact',
});

// ── notebooks/bank-marketing/5-choose.ipynb, cell study

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
    pipeline(forTrees, randomForest({ trees: 50, minLeaf: 5 }), { name: 'forest' }),
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
    'a call costs 5 EUR, a sale earns 60 EUR': byMoney({
      costPerCall: 5,
      marginPerSale: 60,
      verb: 'call',
    }),
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
    {
      question: 'Does calibration change the ranking?',
      compare: ['naive Bayes, calibrated', 'naive Bayes'],
    },
    {
      question: 'Does leaving them out help boosting?',
      compare: ['boosting without month, day, contact', 'boosting'],
    },
    { question: 'Are trees better than logistic?', compare: ['boosting', 'logistic'] },
    { question: 'Does a blend help?', compare: ['blend of four', 'naive Bayes'] },
  ],
  seed: 7,
});

/** The cells that this module was distilled from, for the chain of custody. */
export const distilledFrom: NonNullable<Study['module']> = {
  path: 'src/studies/bank-marketing.ts',
  cells: [
    {
      notebook: 'notebooks/bank-marketing/5-choose.ipynb',
      cell: 'schema',
      sha256: '61c9f4cbe4a0e38ed9e6a14c516adb4be2c250a4705970ad58fd0c71954607bb',
    },
    {
      notebook: 'notebooks/bank-marketing/5-choose.ipynb',
      cell: 'columns',
      sha256: '87eb451e775c6291cba1f3d80a0f927facfdb04519baea603c2a93f9ada68213',
    },
    {
      notebook: 'notebooks/bank-marketing/5-choose.ipynb',
      cell: 'recipes',
      sha256: '1fdcbd1c44cb1eb4cc628409f422444b4d70c0c3698e42a67a087c65d04d0290',
    },
    {
      notebook: 'notebooks/bank-marketing/5-choose.ipynb',
      cell: 'candidates',
      sha256: 'f98cd2075260d4fbdbdb6877559c8a98c678c80a37d95d818a84894bede288d8',
    },
    {
      notebook: 'notebooks/bank-marketing/5-choose.ipynb',
      cell: 'study',
      sha256: 'a05ac5bad740a8bc78c037ebedb7e183df983eba1c84096dc7cae77574927c11',
    },
  ],
};
