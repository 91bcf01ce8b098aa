/** The study credit-risk, distilled from its notebooks. Do not edit: change the notebook and distil again. */
// Distilled by alambique 0.1.0 with `alambique distil credit-risk` from:
//   notebooks/credit-risk/5-choose.ipynb
import {
  auc,
  aucWithinFolds,
  averagePrecision,
  baseline,
  bins,
  boosting,
  brier,
  byCapacity,
  byF1,
  byMoney,
  category,
  date,
  defineSchema,
  defineStudy,
  f1,
  features,
  forwardChaining,
  id,
  impute,
  logistic,
  naiveBayes,
  number,
  numbers,
  ordinal,
  pipeline,
  type Recipe,
  type Schema,
  type Study,
  scale,
  signedLog,
  stratifiedFolds,
  withSmote,
  withWeights,
  yesNo,
} from 'alambique';
import {
  type Clients,
  countBefore,
  defineClients,
  latest,
  meanBefore,
  shareBefore,
  yearsSince,
} from 'alambique/clients';
import { loansFile } from './source.js';

// ── notebooks/credit-risk/5-choose.ipynb, cell schema

/** The bank's file: one row for each loan. */
export const loans: Schema<
  | 'loan_date'
  | 'id'
  | 'loan_id'
  | 'code_gender'
  | 'flag_own_car'
  | 'flag_own_realty'
  | 'cnt_children'
  | 'amt_income_total'
  | 'name_income_type'
  | 'name_education_type'
  | 'name_family_status'
  | 'name_housing_type'
  | 'flag_mobil'
  | 'flag_work_phone'
  | 'flag_phone'
  | 'flag_email'
  | 'occupation_type'
  | 'cnt_fam_members'
  | 'birthday'
  | 'job_start_date'
  | 'loan_amount',
  'days_birth' | 'days_employed'
> = defineSchema({
  moment: 'the loan is granted',
  target: yesNo('status', { yes: '1', no: '0', because: 'whether the loan fell behind' }),
  order: 'loan_date',
  group: 'id',
  before: {
    loan_id: id(),
    id: id(),
    code_gender: category({ because: 'kept for checks of fairness; no feature reads it' }),
    flag_own_car: yesNo({ yes: 'Y', no: 'N' }),
    flag_own_realty: yesNo({ yes: 'Y', no: 'N' }),
    cnt_children: number({ integer: true, range: [0, 30] }),
    amt_income_total: number({ unit: 'EUR a year' }),
    name_income_type: category(),
    name_education_type: category(),
    name_family_status: category(),
    name_housing_type: category(),
    flag_mobil: number({ integer: true }),
    flag_work_phone: number({ integer: true }),
    flag_phone: number({ integer: true }),
    flag_email: number({ integer: true }),
    occupation_type: category({ optional: true }),
    cnt_fam_members: number({ integer: true }),
    birthday: date(),
    job_start_date: date({ because: 'of pensioners it lies a thousand years ahead' }),
    loan_date: date(),
    loan_amount: number({ unit: 'EUR' }),
  },
  after: {
    days_birth: number({ because: 'counted back from the day on which the file was written' }),
    days_employed: number({ because: 'counted back from the day on which the file was written' }),
  },
});

// ── notebooks/credit-risk/5-choose.ipynb, cell clients

/** Who is asked about by id. */
export const borrowers: Clients<
  | 'loan_date'
  | 'id'
  | 'flag_own_car'
  | 'amt_income_total'
  | 'name_income_type'
  | 'name_housing_type'
  | 'nb_previous_loans'
  | 'avg_amount_loans_previous'
  | 'age'
  | 'years_on_the_job'
  | 'late_before',
  'days_birth' | 'days_employed'
> = defineClients({
  id: 'id',
  from: loans,
  moment: 'loan_date',
  features: {
    nb_previous_loans: countBefore(),
    avg_amount_loans_previous: meanBefore('loan_amount'),
    age: yearsSince('birthday'),
    years_on_the_job: yearsSince('job_start_date'),
    flag_own_car: latest('flag_own_car'),
    amt_income_total: latest('amt_income_total'),
    name_income_type: latest('name_income_type'),
    name_housing_type: latest('name_housing_type'),
    late_before: shareBefore('status', { is: '1', knownAfterDays: 60 }),
  },
});

// ── notebooks/credit-risk/5-choose.ipynb, cell recipes

export const schema: Schema<
  | 'loan_date'
  | 'id'
  | 'flag_own_car'
  | 'amt_income_total'
  | 'name_income_type'
  | 'name_housing_type'
  | 'nb_previous_loans'
  | 'avg_amount_loans_previous'
  | 'age'
  | 'years_on_the_job'
  | 'late_before',
  'days_birth' | 'days_employed'
> = borrowers.schema;
/** The five features of the published service. */
export const five: Recipe = features(schema, [
  ordinal('flag_own_car'),
  scale(signedLog('nb_previous_loans'), 'age'),
  scale(impute('avg_amount_loans_previous')),
  scale(impute('years_on_the_job')),
]);
/** The same in bins, for naive Bayes. */
export const fiveInBins: Recipe = features(schema, [
  ordinal('flag_own_car'),
  bins(['nb_previous_loans', 'avg_amount_loans_previous', 'age', 'years_on_the_job'], { count: 5 }),
]);
/** And what else the books say of the client. */
export const books: Recipe = features(schema, [
  ordinal('flag_own_car', 'name_income_type', 'name_housing_type'),
  scale(signedLog('nb_previous_loans', 'amt_income_total'), 'age'),
  scale(impute('avg_amount_loans_previous')),
  scale(impute('years_on_the_job')),
]);
/** The five and how the client's earlier loans came out. */
export const record: Recipe = features(schema, [
  ordinal('flag_own_car'),
  scale(signedLog('nb_previous_loans'), 'age'),
  scale(impute('avg_amount_loans_previous')),
  scale(impute('years_on_the_job')),
  scale(impute('late_before')),
]);
/** Trees take numbers as they are. */
export const recordForTrees: Recipe = features(schema, [
  ordinal('flag_own_car', 'name_income_type', 'name_housing_type'),
  numbers(
    'nb_previous_loans',
    'avg_amount_loans_previous',
    'age',
    'years_on_the_job',
    'amt_income_total',
    'late_before',
  ),
]);

// ── notebooks/credit-risk/5-choose.ipynb, cell study

export const study: Study = defineStudy({
  name: 'credit-risk',
  title: 'Who will fall behind on a loan?',
  question: 'Which client will fall behind on a loan?',
  schema,
  clients: borrowers,
  data: loansFile,
  candidates: [
    pipeline(five, baseline(), { name: 'baseline' }),
    pipeline(fiveInBins, naiveBayes(), { name: 'naive Bayes, five features' }),
    pipeline(five, logistic(), { name: 'logistic, five features' }),
    pipeline(books, logistic(), { name: 'logistic, with the books' }),
    pipeline(record, logistic(), { name: 'logistic, with the record' }),
    pipeline(record, withWeights(logistic(), 'balanced'), { name: 'logistic, with the record, weighted' }),
    pipeline(record, withSmote(logistic()), { name: 'logistic, with the record + SMOTE' }),
    pipeline(recordForTrees, boosting({ trees: 60, leaves: 8, minLeaf: 100 }), {
      name: 'boosting, with all',
    }),
  ],
  holdout: 0.25,
  metrics: [aucWithinFolds, auc, averagePrecision, f1, brier],
  protocol: forwardChaining({ folds: 3, parts: 3, gap: 3200 }),
  optimistic: stratifiedFolds({ folds: 3, seed: 7 }),
  policies: {
    'a review costs 3 EUR and saves 60 EUR of a late loan': byMoney({
      costPerAction: 3,
      gainPerYes: 60,
      verb: 'review',
    }),
    'best F1': byF1({ verb: 'review' }),
    'time for 50 reviews of 1,000 clients': byCapacity({
      actionsPerDay: 50,
      rowsPerDay: 1000,
      verb: 'review',
    }),
  },
  waive: {
    'L02:late_before':
      "it is the share of a client's earlier loans that fell behind, each read 60 days after it was granted, and never of the loan itself",
  },
  ablations: [
    {
      question: 'Do the published five features tell anything?',
      compare: ['logistic, five features', 'baseline'],
    },
    { question: 'Do the books help?', compare: ['logistic, with the books', 'logistic, five features'] },
    {
      question: "Does the client's own record help?",
      compare: ['logistic, with the record', 'logistic, five features'],
    },
    {
      question: 'Do class weights help?',
      compare: ['logistic, with the record, weighted', 'logistic, with the record'],
    },
    {
      question: 'Does SMOTE help?',
      compare: ['logistic, with the record + SMOTE', 'logistic, with the record'],
    },
    { question: 'Are trees better?', compare: ['boosting, with all', 'logistic, with the record'] },
  ],
  seed: 7,
});

/** The cells that this module was distilled from, for the chain of custody. */
export const distilledFrom: NonNullable<Study['module']> = {
  path: 'src/studies/credit-risk/study.ts',
  cells: [
    {
      notebook: 'notebooks/credit-risk/5-choose.ipynb',
      cell: 'schema',
      sha256: '59e8a8adbdfe54dc206539b3415db27d9dbe6e64a30a2e3b3173574534fabfaa',
    },
    {
      notebook: 'notebooks/credit-risk/5-choose.ipynb',
      cell: 'clients',
      sha256: '1ea8ebb45a359c164049433e7fb7bc28836b76a85f3858e791961814316d8749',
    },
    {
      notebook: 'notebooks/credit-risk/5-choose.ipynb',
      cell: 'recipes',
      sha256: '0182f701de672970af96923c4b47bed4d1e2ce95209be302998662199b5e8892',
    },
    {
      notebook: 'notebooks/credit-risk/5-choose.ipynb',
      cell: 'study',
      sha256: '2604d35162dccea8e01cd0846729b566519346a4ffe8446f89671c6f5c4b1862',
    },
  ],
};
