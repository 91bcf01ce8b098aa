/** The columns of the real bank file, for the tests that read it: the plainest schema that holds. */
import { type ColumnType, category, number, yesNo } from '../schema/column-types.js';
import { defineSchema } from '../schema/define-schema.js';
import type { Schema } from '../schema/schema.js';

type Known =
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
  | 'poutcome';

/** What is known before the call. */
export const bankColumns: Record<Known, ColumnType> = {
  age: number(),
  job: category(),
  marital: category(),
  education: category(),
  default: yesNo(),
  balance: number(),
  housing: yesNo(),
  loan: yesNo(),
  contact: category(),
  day: number(),
  month: category(),
  campaign: number(),
  pdays: number({ missing: [-1] }),
  previous: number(),
  poutcome: category(),
};

const rest = {
  moment: 'the call is placed',
  target: yesNo('y'),
  order: 'rows',
  after: { duration: number({ unit: 's', because: 'known when we hang up' }) },
} as const;

/** bank-full.csv; -1 days since the last campaign are missing. */
export const realBank: Schema<Known, 'duration'> = defineSchema({ ...rest, before: bankColumns });

/** The same with -1 as a number of days, as those whose scores it is compared with left it. */
export const realBankAsNumbers: Schema<Known, 'duration'> = defineSchema({
  ...rest,
  before: { ...bankColumns, pdays: number() },
});
