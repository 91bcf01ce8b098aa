/** L05: rows that equal other rows, or nearly; across a split, the test then asks what training has told. */
import { formatNumber } from '../../table/print.js';
import { percent } from '../../task/percent.js';
import type { Check, Finding } from '../leakage.js';
import { findNearDuplicates } from '../near-duplicates.js';
import type { Subject } from '../subject.js';

/** From this share of rows on, duplicates move a score. */
const SHARE = 0.01;
/** Duplicates must be this many times as many as chance would make. */
const BEYOND_CHANCE = 10;
const FEWEST = 3;
const LOG_CHANCE = Math.log(1e-5);
/** Numbers that agree to so many significant digits are near. */
const DIGITS = 3;

export const nearDuplicatesAcross: Check = {
  code: 'L05',
  title: 'duplicates and near-duplicates',
  look({ subject }) {
    const shared = sharedRows(subject);
    if (shared) return [shared];
    const exact = countDuplicates(subject, { differ: 0 });
    // With three columns, two that agree say little.
    const near =
      subject.features.length > 3 ? countDuplicates(subject, { differ: 1, digits: DIGITS }) : undefined;
    if (exact.telling) return [report(subject, exact, 'exact')];
    if (near?.telling && near.share >= SHARE) return [report(subject, near, 'near')];
    return [];
  },
};

/** A split that puts the very same rows on both sides. */
function sharedRows({ split }: Subject): Finding | undefined {
  if (!split) return undefined;
  const training = new Set(split.train);
  const found = split.test.reduce((sum, row) => sum + (training.has(row) ? 1 : 0), 0);
  if (found === 0) return undefined;
  const share = found / split.test.length;
  return {
    code: 'L05',
    severity: 'leak',
    columns: [],
    what: `${formatNumber(found)} test rows (${percent(share)}) are training rows as well: the test asks what training has told.`,
    evidence: { found, share, kind: 'shared' },
    remedy: 'Split again, each row to one side only.',
  };
}

interface DuplicateCount {
  readonly found: number;
  readonly expected: number;
  readonly share: number;
  readonly telling: boolean;
  readonly sameOutcome: number;
}

function countDuplicates(subject: Subject, options: { differ: 0 | 1; digits?: number }): DuplicateCount {
  const { dataset, split, target, rowCount } = subject;
  const columns = subject.features.map(({ name }) => name);
  // Rows of different identifiers are different cases, however alike.
  const same = subject.columns.filter(({ type }) => type.kind === 'id').map(({ name }) => name);
  const { duplicateOf, byChance } = findNearDuplicates(dataset.table, {
    ...options,
    columns,
    same,
    among: split?.train,
  });
  const judged = split?.test ?? Uint32Array.from({ length: rowCount }, (_, row) => row);
  let [found, expected, sameOutcome] = [0, 0, 0];
  for (const row of judged) {
    expected += byChance[row]!;
    const duplicate = duplicateOf[row]!;
    if (duplicate < 0) continue;
    found++;
    if (target.outcomes.codes[row] === target.outcomes.codes[duplicate]) sameOutcome++;
  }
  const share = found / Math.max(1, judged.length);
  // Chernoff's bound on a Poisson count: the log of the chance of so many or more.
  const logChance = found - expected - found * Math.log(found / expected);
  const telling = found >= FEWEST && found > BEYOND_CHANCE * expected && logChance < LOG_CHANCE;
  return { found, expected, share, sameOutcome, telling };
}

function report(
  { split, dataset }: Subject,
  { found, share, sameOutcome, expected }: DuplicateCount,
  kind: 'exact' | 'near',
): Finding {
  const equal = `equal ${split ? 'a training row' : 'another row'}${kind === 'exact' ? '' : ' in all columns but one'}`;
  const serious = share >= SHARE;
  const { group } = dataset.schema;
  return {
    code: 'L05',
    severity: serious ? (split ? 'leak' : 'suspect') : 'note',
    columns: [],
    what:
      `${formatNumber(found)} ${split ? 'test rows' : 'rows'} (${percent(share)}) ${equal}; ` +
      `chance would make about ${formatNumber(Math.round(expected))}.` +
      (split ? '' : ' A random split puts equal rows on both sides.'),
    evidence: { found, share, expected, sameOutcome, kind },
    remedy: serious
      ? 'Drop the copies, or name what they share (a client, a shop) as `group` so that no split parts them.'
      : 'Nothing, unless you know them to be copies.',
    ...(group !== undefined && !split
      ? { contained: `the rows of one ${group} stay together in a split by group` }
      : {}),
  };
}
