/** The study bank-offers, distilled from its notebooks. Do not edit: change the notebook and distil again. */
// Distilled by alambique 0.1.0 with `alambique distil bank-offers` from:
//   notebooks/bank-offers/1-bank-offers.ipynb
import {
  atCutoff,
  baseline,
  boosting,
  byF1,
  category,
  type DataSpec,
  defineSchema,
  defineStudy,
  forwardChaining,
  logistic,
  naiveBayes,
  number,
  type Pipeline,
  type Policy,
  pipeline,
  plainRecipe,
  type Recipe,
  rawRecipe,
  type Schema,
  type Study,
  stratifiedFolds,
  withCalibration,
  withSmote,
  yesNo,
} from 'alambique';

// ── notebooks/bank-offers/1-bank-offers.ipynb, cell schema

export const schema: Schema<
  | 'age'
  | 'job'
  | 'marital'
  | 'education'
  | 'default'
  | 'housing'
  | 'loan'
  | 'contact'
  | 'month'
  | 'day_of_week'
  | 'campaign'
  | 'pdays'
  | 'previous'
  | 'poutcome'
  | 'emp.var.rate'
  | 'cons.price.idx'
  | 'cons.conf.idx'
  | 'euribor3m'
  | 'nr.employed',
  'duration'
> = defineSchema({
  moment: 'the call is placed',
  target: yesNo('y'), // "yes" says yes by itself
  order: 'rows', // "month" runs through the calendar in 26 stretches of rows
  before: {
    age: number({ unit: 'years' }), // its values are numbers
    job: category(), // 12 texts that repeat
    marital: category(), // 4 texts that repeat
    education: category(), // 8 texts that repeat
    default: category(), // 3 texts that repeat
    housing: category(), // 3 texts that repeat
    loan: category(), // 3 texts that repeat
    contact: category(), // 2 texts that repeat
    month: category(), // 10 texts that repeat
    day_of_week: category(), // 5 texts that repeat
    campaign: number(), // its values are numbers
    pdays: number({ unit: 'days', missing: [999] }), // its values are numbers
    previous: number(), // its values are numbers
    poutcome: category(), // 3 texts that repeat
    'emp.var.rate': number(), // its values are numbers
    'cons.price.idx': number(), // its values are numbers
    'cons.conf.idx': number(), // its values are numbers
    euribor3m: number(), // its values are numbers
    'nr.employed': number(), // its values are numbers
  },
  // Doubtful, and so out of every feature: move a line to `before` if it is known in time.
  after: {
    duration: number({ because: 'its name says "duration", which is often known only afterwards' }),
  },
});

// ── notebooks/bank-offers/1-bank-offers.ipynb, cell source

/** The file, looked for in data/raw and in the folder of ALAMBIQUE_DATA, and how it is written. */
export const source: DataSpec = { file: 'bank-additional-full.csv.gz', dialect: { separator: ';' } };

// ── notebooks/bank-offers/1-bank-offers.ipynb, cell candidates

/** For linear models: texts as columns of 0 and 1, numbers scaled, gaps filled and flagged. */
export const plain: Recipe = plainRecipe(schema);
/** For trees: everything as it is. */
export const forTrees: Recipe = rawRecipe(schema);
/** The simplest first: of two that are as good, the simpler one is taken. */
export const candidates: Pipeline[] = [
  pipeline(plain, baseline()),
  pipeline(plain, withCalibration(naiveBayes())),
  pipeline(plain, logistic()),
  pipeline(plain, withSmote(logistic())),
  pipeline(forTrees, boosting({ trees: 100, leaves: 15 })),
];

// ── notebooks/bank-offers/1-bank-offers.ipynb, cell policies

/** The first one is served. */
export const policies: Readonly<Record<string, Policy>> = {
  'best F1': byF1(),
  'cut-off of one half': atCutoff(0.5),
};

// ── notebooks/bank-offers/1-bank-offers.ipynb, cell study

export const study: Study = defineStudy({
  name: 'bank-offers',
  title: 'Which customers will accept the offer?',
  question: 'Which customers will accept the offer?',
  schema,
  data: source,
  candidates,
  holdout: 0.2,
  protocol: forwardChaining({ folds: 4 }),
  optimistic: stratifiedFolds({ folds: 5, seed: 7 }),
  segments: 'month',
  policies,
  seed: 7,
});

/** The cells that this module was distilled from, for the chain of custody. */
export const distilledFrom: NonNullable<Study['module']> = {
  path: 'src/studies/bank-offers.ts',
  cells: [
    {
      notebook: 'notebooks/bank-offers/1-bank-offers.ipynb',
      cell: 'schema',
      sha256: 'b68348cf80b1dec669db2aac21366470b3a676adf9617e0a27839e6d6bf00e03',
    },
    {
      notebook: 'notebooks/bank-offers/1-bank-offers.ipynb',
      cell: 'source',
      sha256: 'b69b19f3f72664ee6a6ffc6e167e07b81e73416989fa05457c2b7b471ceea846',
    },
    {
      notebook: 'notebooks/bank-offers/1-bank-offers.ipynb',
      cell: 'candidates',
      sha256: '0b0fcd2e12d6cf7facfe64db3b7bd00226958b10c5e6f93809f94b382588e69d',
    },
    {
      notebook: 'notebooks/bank-offers/1-bank-offers.ipynb',
      cell: 'policies',
      sha256: '656461963120b1cd67837d8c9cf0348dbfce3a77290a25c156aeb717e07408c0',
    },
    {
      notebook: 'notebooks/bank-offers/1-bank-offers.ipynb',
      cell: 'study',
      sha256: '35966e714326d3b498b99279fe175433abf98ad814abd9415367d15f1ff780eb',
    },
  ],
};
