/** L09: rows or columns bear the marks of resampling or of target encoding done before any split. */
import { formatNumber } from '../../table/print.js';
import type { ColumnProfile } from '../column-profile.js';
import { type Check, decimals, type Finding, percent } from '../leakage.js';
import { findNearDuplicates } from '../near-duplicates.js';
import type { Subject } from '../subject.js';
import { encodedFrom } from '../target-encoding.js';

/** From this share of one class on, copies or made-up rows are no accident. */
const SHARE = 0.05;
/** They must be this many times as frequent in one class as in the other, and as chance would have it. */
const RATIO = 10;
/** Values with more decimals than this are measurements: rows in between do not show. */
const MOST_DECIMALS = 3;
/** The share of the other class that may break the grid all the same: slips of the pen. */
const SLIPS = 0.002;
const FEWEST_ROWS = 5;

export const beforeTheSplit: Check = {
  code: 'L09',
  title: 'resampling or encoding before the split',
  look: (subject) => [
    ...duplicatedClass(subject),
    ...interpolatedRows(subject),
    ...subject.features.flatMap((column) => targetEncoded(subject, column)),
  ],
};

/** Copies of whole rows in one class only: somebody oversampled. */
function duplicatedClass(subject: Subject): Finding[] {
  const { dataset, labels, features, yesCount, rowCount } = subject;
  const columns = features.map(({ name }) => name);
  const { duplicateOf, byChance } = findNearDuplicates(dataset.table, { columns });
  const copies = [0, 0];
  const expected = [0, 0];
  for (let i = 0; i < rowCount; i++) {
    expected[labels[i]!]! += byChance[i]!;
    if (duplicateOf[i]! >= 0 && labels[duplicateOf[i]!] === labels[i]) copies[labels[i]!]!++;
  }
  const sizes = [rowCount - yesCount, yesCount];
  return [0, 1].flatMap((label): Finding[] => {
    const share = copies[label]! / sizes[label]!;
    const other = copies[1 - label]! / sizes[1 - label]!;
    const enough = copies[label]! >= FEWEST_ROWS && share >= SHARE;
    if (!enough || share < RATIO * other || copies[label]! < RATIO * expected[label]!) return [];
    const name = label === 1 ? 'yes' : 'no';
    return [
      {
        code: 'L09',
        severity: 'leak',
        columns: [],
        what: `${percent(share)} of the ${name} rows are exact copies, ${percent(other)} of the others: ${name} was duplicated.`,
        evidence: { copies: copies[label]!, share, shareOfOthers: other, class: name },
        remedy: 'Go back to the rows as they were; resample inside the fit (`withSmote`, `withWeights`).',
      },
    ];
  });
}

/** Values between the grid's lines in one class only: rows were interpolated, as SMOTE does. */
function interpolatedRows(subject: Subject): Finding[] {
  const { yesCount, rowCount } = subject;
  const sizes = [rowCount - yesCount, yesCount];
  const found = subject.features.flatMap((column) => {
    if (!column.values || column.type.kind !== 'number') return [];
    const grid = offGrid(column, column.values, sizes);
    return grid ? [{ column: column.name, ...grid }] : [];
  });
  if (found.length === 0) return [];
  const worst = found.reduce((a, b) => (b.share > a.share ? b : a));
  return [
    {
      code: 'L09',
      severity: 'leak',
      columns: found.map(({ column }) => column),
      what:
        `${percent(worst.share)} of the ${worst.class} rows have values between the steps of ` +
        `${decimals(10 ** -worst.decimals, worst.decimals)} that all others keep to ("${worst.column}" first): ` +
        'rows were interpolated, as SMOTE does.',
      evidence: { columns: found },
      remedy:
        'Go back to the rows as they were; resample inside the fit (`withSmote`), where no test row is touched.',
    },
  ];
}

/** The coarsest grid of decimals that one class keeps to and the other breaks. */
function offGrid(
  { rows, yes }: ColumnProfile,
  values: Float64Array,
  sizes: readonly number[],
): { class: string; decimals: number; share: number; rows: number } | undefined {
  for (let digits = 0; digits <= MOST_DECIMALS; digits++) {
    const off = [0, 0];
    for (let code = 0; code < values.length; code++) {
      const scaled = values[code]! * 10 ** digits;
      if (Math.abs(scaled - Math.round(scaled)) < 1e-7 * Math.max(1, Math.abs(scaled))) continue;
      off[1]! += yes[code]!;
      off[0]! += rows[code]! - yes[code]!;
    }
    for (const label of [1, 0]) {
      const share = off[label]! / sizes[label]!;
      const keeps = off[1 - label]! <= SLIPS * sizes[1 - label]!;
      if (keeps && share >= SHARE && off[label]! >= FEWEST_ROWS && sizes[1 - label]! >= FEWEST_ROWS) {
        return { class: label === 1 ? 'yes' : 'no', decimals: digits, share, rows: off[label]! };
      }
    }
  }
  return undefined;
}

function targetEncoded(subject: Subject, column: ColumnProfile): Finding[] {
  const encoding = encodedFrom(subject, column);
  if (!encoding) return [];
  const of = encoding.category === undefined ? '' : ` of "${encoding.category}"`;
  return [
    {
      code: 'L09',
      severity: 'leak',
      columns: [column.name],
      what: `Its ${formatNumber(column.distinct)} values are the ${encoding.kind}${of}, worked out over all rows, test rows too.`,
      evidence: {
        distinct: column.distinct,
        largestDifference: encoding.largestDifference,
        priorRows: encoding.priorRows,
      },
      remedy:
        'Keep the category and encode it inside the recipe (`targetMean`), which learns it out of fold.',
    },
  ];
}
