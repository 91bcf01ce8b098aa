/** L07: the order of the rows tells the outcome: the row index ranks it, a column repeats it, a split ignores it. */

import { decimals } from '../../table/decimals.js';
import { formatNumber } from '../../table/print.js';
import type { Response } from '../../task/aspects/aspects.js';
import { percent } from '../../task/percent.js';
import type { ColumnEvidence } from '../column-evidence.js';
import type { ColumnProfile } from '../column-profile.js';
import type { Strength } from '../evidence/strength.js';
import { type Check, type Finding, strengthEvidence, strengthInWords } from '../leakage.js';
import { ROW_INDEX, type RowSplit, type Subject } from '../subject.js';

/** From this share of the way from nothing to all on, the row index is worth having for a model, and so a leak. */
const TELLING = 0.2;
/** Standard errors above nothing that it takes to be no accident. */
const ERRORS = 4;
/** A rank correlation from which on a column is the row index in other words. */
const SAME_ORDER = 0.95;
const FEWEST_ROWS = 20;
const TENTHS = 10;
/** Stretches of rows whose means are compared where no trend from first to last explains the strength. */
const STRETCHES = 64;
/** A trend explains the strength where it makes up this share of it. */
const TREND = 0.9;

export const rowOrder: Check = {
  code: 'L07',
  title: 'order information',
  look({ subject, features }) {
    const { nothing } = subject.target.measure;
    const strength = subject.strength(subject.rowIndex);
    const telling = (strength.value - nothing) / (1 - nothing) >= TELLING && strength.significance >= ERRORS;
    return [
      ...(telling ? [indexPredicts(subject, strength)] : []),
      ...features.flatMap((column) => repeatsOrder(subject, { column, telling })),
      ...trainsOnTheFuture(subject),
    ];
  },
};

function indexPredicts(subject: Subject, strength: Strength): Finding {
  const { measure } = subject.target;
  const declared = subject.dataset.schema.order !== undefined;
  return {
    code: 'L07',
    severity: 'suspect',
    columns: [ROW_INDEX],
    what:
      `The position of a row alone reaches ${strengthInWords(measure.name, strength.value)}: ` +
      `${whatChanges(subject, strength)}.`,
    evidence: {
      ...strengthEvidence(subject, strength),
      [`${measure.key}ByValue`]: strength.byValue,
      meanByTenth: meansOfStretches(strength.response, TENTHS),
    },
    remedy: declared
      ? 'Judge by an ordered split; a random one lets a model look up the rate of the day.'
      : "If the file stands in time order, declare `order: 'rows'`; if it was sorted by the target, shuffle it.",
    ...(declared ? { contained: 'the order is declared, so evaluation respects it' } : {}),
  };
}

/** A trend by its first and last tenth; else what comes and goes by the stretches that differ most. */
function whatChanges({ target, rowCount }: Subject, { value, byValue, response }: Strength): string {
  const { nothing } = target.measure;
  if (byValue - nothing >= TREND * (value - nothing)) {
    const means = meansOfStretches(response, TENTHS);
    const [first, last] = [response.format(means[0]!), response.format(means[means.length - 1]!)];
    return `${response.words} goes from ${first} in the first tenth of the rows to ${last} in the last`;
  }
  const means = meansOfStretches(response, STRETCHES).sort((a, b) => a - b);
  const [low, high] = [response.format(means[0]!), response.format(means[means.length - 1]!)];
  const length = formatNumber(Math.round(rowCount / means.length));
  return `${response.words} comes and goes, from ${low} to ${high} in stretches of ${length} rows`;
}

function meansOfStretches({ values }: Response, most: number): number[] {
  const count = Math.min(most, values.length);
  return Array.from({ length: count }, (_, stretch) => {
    const from = Math.floor((stretch * values.length) / count);
    const to = Math.floor(((stretch + 1) * values.length) / count);
    return values.subarray(from, to).reduce((sum, value) => sum + value, 0) / (to - from);
  });
}

/** A feature that is the row index in other words; L04 speaks of those that never repeat. */
function repeatsOrder(
  { dataset, rowCount }: Subject,
  {
    column: { column, correlationWithRows, distinct },
    telling,
  }: { column: ColumnEvidence; telling: boolean },
): Finding[] {
  if (distinct < 3 || rowCount < FEWEST_ROWS || column === dataset.schema.order) return [];
  if (Math.abs(correlationWithRows) < SAME_ORDER) return [];
  return [
    {
      code: 'L07',
      severity: telling ? 'suspect' : 'note',
      columns: [column],
      what: `It follows the order of the rows (rank correlation ${decimals(correlationWithRows, 2)}): a model reads the date from it.`,
      evidence: { rankCorrelation: correlationWithRows },
      remedy: 'Keep it only if the same order will hold for the rows to come; judge by an ordered split.',
    },
  ];
}

function trainsOnTheFuture(subject: Subject): Finding[] {
  const { split, dataset } = subject;
  const { order } = dataset.schema;
  if (!split || order === undefined) return [];
  const time = order === 'rows' ? subject.rowIndex : subject.columns.find(({ name }) => name === order);
  const later = time ? rowsLaterThanTest(time, split) : 0;
  if (later === 0) return [];
  const share = later / split.train.length;
  return [
    {
      code: 'L07',
      severity: 'leak',
      columns: [order === 'rows' ? ROW_INDEX : order],
      what: `${percent(share)} of the training rows are later than the first test row: the model is taught by the future.`,
      evidence: { laterTrainingRows: later, share },
      remedy: 'Split by order: the last rows judge, all before them teach.',
    },
  ];
}

function rowsLaterThanTest({ codes }: ColumnProfile, { train, test }: RowSplit): number {
  let first = Number.POSITIVE_INFINITY;
  for (const row of test) if (codes[row]! >= 0) first = Math.min(first, codes[row]!);
  return train.reduce((sum, row) => sum + (codes[row]! > first ? 1 : 0), 0);
}
