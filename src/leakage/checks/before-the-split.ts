/** L09: rows or columns bear the marks of resampling or of target encoding done before any split. */

import { decimals } from '../../table/decimals.js';
import { formatNumber } from '../../table/print.js';
import type { Contrast } from '../../task/aspects/aspects.js';
import { percent } from '../../task/percent.js';
import type { ColumnEvidence } from '../column-evidence.js';
import { type ColumnProfile, sumByCode } from '../column-profile.js';
import type { Check, Finding } from '../leakage.js';
import { findNearDuplicates, type NearDuplicates } from '../near-duplicates.js';
import type { Subject } from '../subject.js';

/** From this share of one class on, copies or made-up rows are no accident. */
const SHARE = 0.05;
/** They must be this many times as frequent in one class as in the other, and as chance would have it. */
const RATIO = 10;
/** Values with more decimals than this are measurements: rows in between do not show. */
const MOST_DECIMALS = 3;
/** The share of the other class that may break the grid all the same: slips of the pen. */
const SLIPS = 0.002;
const FEWEST_ROWS = 5;
/** A grid shows in so many values of the others, and in this share of their rows beside the commonest value. */
const FEWEST_ON_GRID = 5;
const SPREAD = 0.1;

export const beforeTheSplit: Check = {
  code: 'L09',
  title: 'resampling or encoding before the split',
  look({ subject, features }) {
    const sides = sidesOf(subject);
    const columns = subject.features.map(({ name }) => name);
    const duplicates = sides.length > 0 ? findNearDuplicates(subject.dataset.table, { columns }) : undefined;
    return [
      ...sides.flatMap((side) => (duplicates ? duplicatedClass(duplicates, side) : [])),
      ...sides.flatMap((side) => interpolatedRows(subject, side)),
      ...features.flatMap(targetEncoded),
    ];
  },
};

/** One class beside all other rows. */
interface Side {
  readonly name: string;
  /** 1 for each row of the class. */
  readonly member: Uint8Array;
  readonly rows: number;
  readonly otherRows: number;
}

/** Each class that can have been made larger; of two classes both. Numbers have none. */
function sidesOf({ target, rowCount }: Subject): Side[] {
  const { contrasts, outcomes } = target;
  if (!outcomes.areClasses) return [];
  const side = ({ holds, count, names }: Contrast, is: 0 | 1): Side => {
    const rows = is === 1 ? count : rowCount - count;
    const member = is === 1 ? holds : holds.map((bit) => 1 - bit);
    return { name: names[is], member, rows, otherRows: rowCount - rows };
  };
  return contrasts.flatMap((contrast) =>
    contrasts.length === 1 ? [side(contrast, 0), side(contrast, 1)] : [side(contrast, 1)],
  );
}

/** Copies of whole rows in one class only: somebody oversampled. */
function duplicatedClass(
  { duplicateOf, byChance }: NearDuplicates,
  { name, member, rows, otherRows }: Side,
): Finding[] {
  let [copies, otherCopies, expected] = [0, 0, 0];
  for (let i = 0; i < member.length; i++) {
    expected += member[i]! * byChance[i]!;
    if (duplicateOf[i]! < 0 || member[duplicateOf[i]!] !== member[i]) continue;
    if (member[i] === 1) copies++;
    else otherCopies++;
  }
  const [share, other] = [copies / rows, otherCopies / otherRows];
  if (copies < FEWEST_ROWS || share < SHARE || share < RATIO * other || copies < RATIO * expected) return [];
  return [
    {
      code: 'L09',
      severity: 'leak',
      columns: [],
      what: `${percent(share)} of the ${name} rows are exact copies, ${percent(other)} of the others: ${name} was duplicated.`,
      evidence: { copies, share, shareOfOthers: other, class: name },
      remedy: 'Go back to the rows as they were; resample inside the fit (`withSmote`, `withWeights`).',
    },
  ];
}

/** Values between the grid's lines in one class only: rows were interpolated, as SMOTE does. */
function interpolatedRows({ features }: Subject, side: Side): Finding[] {
  const found = features.flatMap((column) => {
    const grid = column.type.kind === 'number' ? offGrid(column, side) : undefined;
    return grid ? [{ column: column.name, class: side.name, ...grid }] : [];
  });
  if (found.length === 0) return [];
  const worst = found.reduce((a, b) => (b.share > a.share ? b : a));
  return [
    {
      code: 'L09',
      severity: 'leak',
      columns: found.map(({ column }) => column),
      what:
        `${percent(worst.share)} of the ${side.name} rows have values between the steps of ` +
        `${decimals(10 ** -worst.decimals, worst.decimals)} that all others keep to ("${worst.column}" first): ` +
        'rows were interpolated, as SMOTE does.',
      evidence: { columns: found },
      remedy:
        'Go back to the rows as they were; resample inside the fit (`withSmote`), where no test row is touched.',
    },
  ];
}

/** The coarsest grid of decimals that the other rows keep to and this class breaks. */
function offGrid(
  column: ColumnProfile,
  { member, rows, otherRows }: Side,
): { decimals: number; share: number; rows: number } | undefined {
  const { values } = column;
  if (!values || otherRows < FEWEST_ROWS) return undefined;
  const members = sumByCode(column, member);
  for (let digits = 0; digits <= MOST_DECIMALS; digits++) {
    let [off, othersOff, gridValues, gridRows, commonest] = [0, 0, 0, 0, 0];
    for (let code = 0; code < values.length; code++) {
      const others = column.rows[code]! - members[code]!;
      if (isOnGrid(values[code]!, digits)) {
        if (others > 0) gridValues++;
        gridRows += others;
        commonest = Math.max(commonest, others);
      } else {
        off += members[code]!;
        othersOff += others;
      }
    }
    const gridIsReal = gridValues >= FEWEST_ON_GRID && gridRows - commonest >= SPREAD * otherRows;
    const isMixed = off >= Math.max(FEWEST_ROWS, SHARE * rows) && othersOff <= SLIPS * otherRows;
    if (gridIsReal && isMixed) return { decimals: digits, share: off / rows, rows: off };
  }
  return undefined;
}

function isOnGrid(value: number, digits: number): boolean {
  const scaled = value * 10 ** digits;
  return Math.abs(scaled - Math.round(scaled)) < 1e-7 * Math.max(1, Math.abs(scaled));
}

function targetEncoded({ column, distinct, encoding }: ColumnEvidence): Finding[] {
  if (!encoding) return [];
  const of = encoding.category === undefined ? '' : ` of "${encoding.category}"`;
  return [
    {
      code: 'L09',
      severity: 'leak',
      columns: [column],
      what: `Its ${formatNumber(distinct)} values are the ${encoding.kind}${of}, worked out over all rows, test rows too.`,
      evidence: {
        distinct,
        largestDifference: encoding.largestDifference,
        priorRows: encoding.priorRows,
      },
      remedy:
        'Keep the category and encode it inside the recipe (`targetMean`), which learns it out of fold.',
    },
  ];
}
