/** Recognises a number column that is the target's mean, plain, smoothed or leaving one out, over all rows. */
import type { Response } from '../../task/aspects/aspects.js';
import { type ColumnProfile, sumByCode } from '../column-profile.js';
import type { Subject } from '../subject.js';

/** How a column was made from the targets. */
export interface Encoding {
  /** "target's mean", "smoothed target mean", "leave-one-out target mean". */
  readonly kind: string;
  /** The category that it encodes, where the table still has it. */
  readonly category: string | undefined;
  /** The largest difference between the column and what the targets make of it. */
  readonly largestDifference: number;
  /** How many rows of the mean of all each level was smoothed with; 0 for a plain mean. */
  readonly priorRows: number;
}

/** Room for means that were written with three decimals; like all tolerances here it is a share of the range of the targets. */
const TOLERANCE = 5.001e-4;
/** So many different values must fit before the looser tolerance convinces; fewer need agree exactly. */
const ENOUGH_VALUES = 4;
const EXACT = 1e-9;
const NEARLY_EXACT = 1e-6;

/** The encoding that made this column, if one did. */
export function encodedFrom(subject: Subject, column: ColumnProfile): Encoding | undefined {
  const { values, distinct } = column;
  if (!values || column.type.kind !== 'number' || distinct < 2) return undefined;
  for (const response of subject.target.responses) {
    const means = meansOf(column, response);
    if (values[0]! < means.least || values[values.length - 1]! > means.most) continue;
    const encoding = plainMean(subject, means) ?? smoothedMean(subject, means) ?? leaveOneOut(subject, means);
    if (encoding) return encoding;
  }
  return undefined;
}

/** A column beside the response whose means it may hold. */
interface Means {
  readonly column: ColumnProfile;
  readonly values: Float64Array;
  readonly response: Response;
  readonly sums: Float64Array;
  readonly least: number;
  readonly most: number;
  readonly range: number;
}

function meansOf(column: ColumnProfile, response: Response): Means {
  const least = response.values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const most = response.values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const sums = sumByCode(column, response.values);
  return { column, values: column.values!, response, sums, least, most, range: most - least };
}

function plainMean(
  subject: Subject,
  { column, values, sums, least, most, range }: Means,
): Encoding | undefined {
  const { rows, distinct } = column;
  // A column of two values that equals the target is a copy (L03), and a value of one row is its own mean.
  if (values[0] === least && distinct === 2 && values[1] === most) return undefined;
  let largestDifference = 0;
  let repeated = 0;
  for (let code = 0; code < values.length; code++) {
    if (rows[code] === 0) continue;
    if (rows[code]! > 1) repeated++;
    largestDifference = Math.max(largestDifference, Math.abs(values[code]! - sums[code]! / rows[code]!));
  }
  if (repeated < distinct / 2) return undefined;
  if (largestDifference > range * (repeated >= ENOUGH_VALUES ? TOLERANCE : EXACT)) return undefined;
  return {
    kind: "target's mean",
    category: categoryBehind(subject, column),
    largestDifference,
    priorRows: 0,
  };
}

/**
 * value = (sum + m × mean) / (rows + m), so each value tells m = (sum − rows × value) / (value − mean). The median of
 * these is tried; it must remake every value. Levels that happen to share a value are counted together, so a value may
 * stand for two or three equal levels.
 */
function smoothedMean(
  subject: Subject,
  { column, values, response, sums, range }: Means,
): Encoding | undefined {
  const { rows, distinct } = column;
  if (distinct < ENOUGH_VALUES || distinct > subject.rowCount / 4) return undefined;
  const mean = response.values.reduce((sum, value) => sum + value, 0) / subject.rowCount;
  const codes = [...values.keys()];
  const told = codes
    .map((code) => (sums[code]! - rows[code]! * values[code]!) / (values[code]! - mean))
    .filter((m) => m > 0 && m < subject.rowCount)
    .sort((a, b) => a - b);
  const priorRows = told[told.length >> 1];
  if (priorRows === undefined) return undefined;
  const remade = (code: number, levels: number): number =>
    (sums[code]! / levels + priorRows * mean) / (rows[code]! / levels + priorRows);
  let largestDifference = 0;
  for (const code of codes) {
    const differences = [1, 2, 3].map((levels) => Math.abs(values[code]! - remade(code, levels)));
    largestDifference = Math.max(largestDifference, Math.min(...differences));
    if (largestDifference > NEARLY_EXACT * range) return undefined;
  }
  const category = categoryBehind(subject, column);
  return { kind: 'smoothed target mean', category, largestDifference, priorRows };
}

/** value = (sum of the level − own target) / (rows of the level − 1), for a category that the table still has. */
function leaveOneOut(subject: Subject, { column, values, response, range }: Means): Encoding | undefined {
  for (const category of subject.features) {
    if (category.type.kind !== 'category' || category.distinct < 2) continue;
    const missing = category.rows.length - 1;
    const sums = sumByCode(category, response.values);
    let [largestDifference, fits, seen] = [0, true, 0];
    for (let i = 0; fits && i < subject.rowCount; i++) {
      const level = category.codes[i]! < 0 ? missing : category.codes[i]!;
      if (column.codes[i]! < 0 || category.rows[level]! < 2) continue;
      const made = (sums[level]! - response.values[i]!) / (category.rows[level]! - 1);
      const difference = Math.abs(values[column.codes[i]!]! - made);
      largestDifference = Math.max(largestDifference, difference);
      fits = difference <= NEARLY_EXACT * range;
      seen++;
    }
    if (fits && seen > subject.rowCount / 2) {
      return { kind: 'leave-one-out target mean', category: category.name, largestDifference, priorRows: 0 };
    }
  }
  return undefined;
}

/** The category each of whose levels has one value of the column. */
function categoryBehind({ features, rowCount }: Subject, column: ColumnProfile): string | undefined {
  const behind = features.find((category) => {
    if (category.type.kind === 'number' || category.type.kind === 'date') return false;
    if (category.distinct < column.distinct) return false;
    const codeOf = new Int32Array(category.rows.length).fill(-2);
    for (let i = 0; i < rowCount; i++) {
      const level = category.codes[i]! < 0 ? category.rows.length - 1 : category.codes[i]!;
      if (codeOf[level] === -2) codeOf[level] = column.codes[i]!;
      else if (codeOf[level] !== column.codes[i]) return false;
    }
    return true;
  });
  return behind?.name;
}
