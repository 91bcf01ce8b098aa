/** L10: a level, or a missing value, that goes with one class only, too often for chance. */

import { formatNumber } from '../../table/print.js';
import type { ColumnProfile } from '../column-profile.js';
import { type Check, type Finding, percent } from '../leakage.js';
import type { Subject } from '../subject.js';

/** The chance of one false finding in a whole table, shared out over all the values that are looked at. */
const CHANCE = 1e-4;
/** Of a number's values only those this frequent are looked at: codes such as -1 or 999. */
const FREQUENT = 0.005;

interface Candidate {
  readonly column: ColumnProfile;
  readonly code: number;
}

export const oneClassValues: Check = {
  code: 'L10',
  title: 'values of one class only',
  look(subject) {
    const candidates = subject.features.flatMap((column) => candidatesOf(subject, column));
    const limit = Math.log(CHANCE / Math.max(1, candidates.length));
    const telling = candidates.filter((candidate) => logChance(subject, candidate) < limit);
    const columns = [...new Set(telling.map(({ column }) => column))];
    return columns.map((column) =>
      report(
        column,
        telling.filter((candidate) => candidate.column === column).map(({ code }) => code),
      ),
    );
  },
};

function candidatesOf({ rowCount }: Subject, column: ColumnProfile): Candidate[] {
  const { rows, values } = column;
  const missing = rows.length - 1;
  return [...rows.keys()]
    .filter((code) => rows[code]! > (values && code < missing ? FREQUENT * rowCount : 0))
    .map((code) => ({ column, code }));
}

/** The log of the probability that all rows of a value fall into one class: p^n or (1 - p)^n. */
function logChance({ baseRate }: Subject, { column: { rows, yes }, code }: Candidate): number {
  if (yes[code] === rows[code]) return rows[code]! * Math.log(baseRate);
  if (yes[code] === 0) return rows[code]! * Math.log(1 - baseRate);
  return 0;
}

function report(column: ColumnProfile, codes: readonly number[]): Finding {
  const values = codes
    .map((code) => ({
      value: column.nameOf(code),
      rows: column.rows[code]!,
      class: column.yes[code] === 0 ? 'no' : 'yes',
    }))
    .sort((a, b) => b.rows - a.rows);
  const all = column.rows.reduce((sum, n) => sum + n, 0);
  const [first] = values;
  const others = values.length > 1 ? `; so do ${values.length - 1} other values` : '';
  const held = first!.value === 'missing' ? 'rows without a value' : `rows that hold "${first!.value}"`;
  return {
    code: 'L10',
    severity: 'suspect',
    columns: [column.name],
    what: `All ${formatNumber(first!.rows)} ${held} (${percent(first!.rows / all)}) are ${first!.class}${others}.`,
    evidence: { values },
    remedy:
      'Find out when and why the value is written (or left empty): often only once the outcome is known.',
  };
}
