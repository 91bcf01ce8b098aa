/** The study bank-marketing, distilled from its notebooks. Do not edit: change the notebook and distil again. */
// Distilled by alambique 0.1.0 with `alambique distil bank-marketing` from:
//   notebooks/bank-marketing/5-choose.ipynb
import {
  auc,
  aucWithinFolds,
  averagePrecision,
  baseline,
  between,
  bins,
  blend,
  boosting,
  brier,
  byCapacity,
  byF1,
  byMoney,
  category,
  cross,
  type Dataset,
  defineSchema,
  defineStudy,
  extendDataset,
  extendSchema,
  f1,
  features,
  forwardChaining,
  impute,
  type Learner,
  logistic,
  naiveBayes,
  number,
  numberColumn,
  numbers,
  oneOf,
  ordinal,
  type Pipeline,
  pipeline,
  type Recipe,
  randomForest,
  type Schema,
  type Study,
  scale,
  signedLog,
  stratifiedFolds,
  tune,
  withCalibration,
  withSmote,
  withWeights,
  yesNo,
} from 'alambique';
import { daysInOrder, daysOfLast } from './days.js';
import { bankFile } from './source.js';

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

// ── notebooks/bank-marketing/5-choose.ipynb, cell pace

/** What the file holds, and how many days the 200 calls before took. */
export const paced: Schema<
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
  | 'poutcome'
  | 'daysOfLast200',
  'duration'
> = extendSchema(bank, {
  daysOfLast200: number({
    unit: 'days',
    range: [0, 3660],
    integer: true,
    optional: true,
    because: 'how many days the last 200 calls took; today, less the day of the call 200 calls ago',
  }),
});
export const withPace: (file: Dataset) => Dataset = (file: Dataset): Dataset => {
  const days = daysInOrder(file.table, { month: 'month', day: 'day', firstYear: 2008 });
  return extendDataset(file, paced, [numberColumn('daysOfLast200', daysOfLast(days, 200))]);
};

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
export const binned: Recipe = features(paced, [ordinal(...texts), bins([...lastingNumbers, 'day'])]);
/** The same without month, day and contact, which carry the habits of one year into the next. */
export const lasting: Recipe = features(paced, [ordinal(...lastingTexts), bins(lastingNumbers)]);
/** What lasts, and the pace: in bins, and as a logarithm, along which a line can go on beyond what it has seen. */
export const pacedBins: Recipe = features(paced, [
  ordinal(...lastingTexts),
  bins([...lastingNumbers, 'daysOfLast200']),
]);
export const pacedLine: Recipe = features(paced, [
  ordinal(...lastingTexts),
  bins(lastingNumbers),
  scale(impute(signedLog('daysOfLast200'))),
]);
/** Every number as it is: the textbook's recipe. */
export const plain: Recipe = features(paced, [
  ordinal(...texts),
  scale('age', 'day', signedLog('balance', 'campaign', 'previous')),
  scale(impute('pdays')),
]);
/** Which months are good differs by everything else. */
export const crossed: Recipe = features(paced, [
  ordinal(...texts),
  bins([...lastingNumbers, 'day']),
  ordinal(
    cross('month', 'contact'),
    cross('month', 'poutcome'),
    cross('month', 'housing'),
    cross('month', 'job'),
    cross('month', bins('day', { count: 31 })),
  ),
]);
/** Trees take numbers as they are and texts as sets. */
export const forTrees: Recipe = features(paced, [ordinal(...texts), numbers(...lastingNumbers, 'day')]);
export const lastingForTrees: Recipe = features(paced, [
  ordinal(...lastingTexts),
  numbers(...lastingNumbers),
]);
/** SMOTE needs every number; a flag says where there was none. */
export const filledForTrees: Recipe = features(paced, [
  ordinal(...lastingTexts),
  numbers('age', 'balance', 'campaign', 'previous', impute('pdays')),
]);
export const pacedForTrees: Recipe = features(paced, [
  ordinal(...lastingTexts),
  numbers(...lastingNumbers, 'daysOfLast200'),
]);

// ── notebooks/bank-marketing/5-choose.ipynb, cell candidates

export const fewLeaves: Learner = boosting({ trees: 100, leaves: 8, minLeaf: 50 });
export const forest: Learner = randomForest({ trees: 50, minLeaf: 5 });
export const everyColumn: Pipeline = pipeline(binned, naiveBayes(), { name: 'naive Bayes' });
export const lastingLogistic: Pipeline = pipeline(lasting, logistic(), {
  name: 'logistic without month, day, contact',
});
export const pacedBayes: Pipeline = pipeline(pacedBins, naiveBayes(), { name: 'naive Bayes with the pace' });
export const pacedLogistic: Pipeline = pipeline(pacedLine, logistic(), { name: 'logistic with the pace' });
export const pacedBoosting: Pipeline = pipeline(pacedForTrees, fewLeaves, { name: 'boosting with the pace' });

// ── notebooks/bank-marketing/5-choose.ipynb, cell study

export const study: Study = defineStudy({
  name: 'bank-marketing',
  title: 'Who will take the term deposit?',
  question:
    'Whom should we call with the term deposit, when we can make 200 calls for every 1,000 names on the list?',
  schema: paced,
  derive: { from: bank, rows: withPace },
  data: bankFile,
  candidates: [
    pipeline(plain, baseline(), { name: 'baseline' }),
    everyColumn,
    pipeline(lasting, naiveBayes(), { name: 'naive Bayes without month, day, contact' }),
    pacedBayes,
    pipeline(plain, logistic(), { name: 'logistic' }),
    lastingLogistic,
    pacedLogistic,
    pipeline(plain, withWeights(logistic(), 'balanced'), { name: 'logistic, weighted' }),
    pipeline(plain, withSmote(logistic()), { name: 'logistic + SMOTE' }),
    pipeline(binned, withCalibration(naiveBayes()), { name: 'naive Bayes, calibrated' }),
    pipeline(crossed, logistic({ l2: 3 }), { name: 'logistic with crosses' }),
    pipeline(forTrees, forest, { name: 'forest' }),
    pipeline(forTrees, withWeights(forest, 'balanced'), { name: 'forest, weighted' }),
    pipeline(forTrees, boosting({ trees: 200, leaves: 31 }), { name: 'boosting' }),
    pipeline(lastingForTrees, fewLeaves, { name: 'boosting without month, day, contact' }),
    pipeline(lastingForTrees, withWeights(fewLeaves, 'balanced'), { name: 'boosting, weighted' }),
    pipeline(filledForTrees, withSmote(fewLeaves), { name: 'boosting + SMOTE' }),
    pacedBoosting,
    tune(pacedForTrees, fewLeaves, {
      name: 'boosting with the pace, tuned',
      space: {
        leaves: oneOf(4, 8, 16),
        l2: between(1, 100, { log: true }),
        learningRate: between(0.03, 0.2, { log: true }),
      },
      candidates: 6,
      rounds: 2,
      folds: 2,
    }),
    blend('blend', [pacedBayes, pacedLogistic, pacedBoosting]),
  ],
  holdout: 0.3,
  metrics: [aucWithinFolds, auc, averagePrecision, f1, brier],
  protocol: forwardChaining({ folds: 5, firstShare: 0.75 }),
  optimistic: stratifiedFolds({ folds: 5, seed: 7 }),
  policies: {
    'capacity of 200 calls for a list of 1,000': byCapacity({
      actionsPerDay: 200,
      rowsPerDay: 1000,
      verb: 'call',
    }),
    'best F1': byF1({ verb: 'call' }),
    'a call costs 5 EUR, a sale earns 60 EUR': byMoney({
      costPerAction: 5,
      gainPerYes: 60,
      verb: 'call',
    }),
  },
  segments: 'month',
  waive: {},
  ablations: [
    {
      question: 'Does leaving out month, day and contact help logistic?',
      compare: ['logistic without month, day, contact', 'logistic'],
    },
    {
      question: 'Does leaving them out help naive Bayes?',
      compare: ['naive Bayes without month, day, contact', 'naive Bayes'],
    },
    {
      question: 'Does leaving them out help boosting?',
      compare: ['boosting without month, day, contact', 'boosting'],
    },
    {
      question: 'Does the pace of calling help logistic?',
      compare: ['logistic with the pace', 'logistic without month, day, contact'],
    },
    {
      question: 'Does it help naive Bayes?',
      compare: ['naive Bayes with the pace', 'naive Bayes without month, day, contact'],
    },
    {
      question: 'Does it help boosting?',
      compare: ['boosting with the pace', 'boosting without month, day, contact'],
    },
    { question: 'Do crosses with the month help?', compare: ['logistic with crosses', 'logistic'] },
    { question: 'Do class weights help logistic?', compare: ['logistic, weighted', 'logistic'] },
    { question: 'Do they help a forest?', compare: ['forest, weighted', 'forest'] },
    {
      question: 'Do they help boosting?',
      compare: ['boosting, weighted', 'boosting without month, day, contact'],
    },
    { question: 'Does SMOTE help logistic?', compare: ['logistic + SMOTE', 'logistic'] },
    {
      question: 'Does SMOTE help boosting?',
      compare: ['boosting + SMOTE', 'boosting without month, day, contact'],
    },
    {
      question: 'Does calibration change the ranking?',
      compare: ['naive Bayes, calibrated', 'naive Bayes'],
    },
    {
      question: 'Does tuning help boosting?',
      compare: ['boosting with the pace, tuned', 'boosting with the pace'],
    },
    { question: 'Are trees better than logistic?', compare: ['boosting', 'logistic'] },
    { question: 'Does a blend help?', compare: ['blend', 'logistic with the pace'] },
  ],
  seed: 7,
});

/** The cells that this module was distilled from, for the chain of custody. */
export const distilledFrom: NonNullable<Study['module']> = {
  path: 'src/studies/bank-marketing/study.ts',
  cells: [
    {
      notebook: 'notebooks/bank-marketing/5-choose.ipynb',
      cell: 'schema',
      sha256: '61c9f4cbe4a0e38ed9e6a14c516adb4be2c250a4705970ad58fd0c71954607bb',
    },
    {
      notebook: 'notebooks/bank-marketing/5-choose.ipynb',
      cell: 'pace',
      sha256: 'd4210ccbd42d81850b4af5eb9a51f7d5b2fc4e591aa756b76055b6b29f57e4b8',
    },
    {
      notebook: 'notebooks/bank-marketing/5-choose.ipynb',
      cell: 'columns',
      sha256: '87eb451e775c6291cba1f3d80a0f927facfdb04519baea603c2a93f9ada68213',
    },
    {
      notebook: 'notebooks/bank-marketing/5-choose.ipynb',
      cell: 'recipes',
      sha256: '39c8c7c6a57cef867ecaa07439adb7a469067386cbd85baa182e59e9dd5b4f0a',
    },
    {
      notebook: 'notebooks/bank-marketing/5-choose.ipynb',
      cell: 'candidates',
      sha256: '37355487a4a18152dfb701a36f6edc3d4163df33a75438f6be68371553672735',
    },
    {
      notebook: 'notebooks/bank-marketing/5-choose.ipynb',
      cell: 'study',
      sha256: '8a928676167523f86ff497a0ffee0d3da0e373c857d99719e6fba23066a23b14',
    },
  ],
};
