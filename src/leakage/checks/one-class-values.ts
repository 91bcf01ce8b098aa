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
    const telling = candidates.filter(
      (candidate) => logChance(subject, candidate) < limit && logChanceAmongOthers(candidate) < limit,
    );
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

/** The log of the probability that all rows of a value fall into the class they did: p^n or (1 - p)^n. */
function logChance({ baseRate }: Subject, { column: { rows, yes }, code }: Candidate): number {
  if (yes[code] === rows[code]) return rows[code]! * Math.log(baseRate);
  if (yes[code] === 0) return rows[code]! * Math.log(1 - baseRate);
  return 0;
}

/**
 * The same where values differ in their rates, as shops do: the rate is drawn from the beta distribution that has the
 * mean and the spread of the other values' rates (Kleinman 1973), so that it may come near 0 or 1 without a leak.
 */
function logChanceAmongOthers({ column: { rows, yes }, code }: Candidate): number {
  let [total, totalYes, values, squaredRows] = [0, 0, 0, 0];
  for (let other = 0; other < rows.length; other++) {
    if (other === code || rows[other] === 0) continue;
    total += rows[other]!;
    totalYes += yes[other]!;
    squaredRows += rows[other]! ** 2;
    values++;
  }
  const rate = (totalYes + 0.5) / (total + 1);
  let between = 0;
  for (let other = 0; other < rows.length; other++) {
    if (other !== code && rows[other]! > 0)
      between += rows[other]! * (yes[other]! / rows[other]! - rate) ** 2;
  }
  const free = values - 1;
  const spread = total - squaredRows / Math.max(1, total) - free;
  // Two standard errors off: values that differ by accident are taken for equal.
  const surely = between / (rate * (1 - rate)) - free - 2 * Math.sqrt(2 * Math.max(0, free));
  const alike = spread > 0 ? surely / spread : 0;
  // Two rows of one value are alike by this correlation; below a thousandth it makes no difference.
  const weight = 1 / Math.min(0.999, Math.max(0.001, alike)) - 1;
  const mean = yes[code] === 0 ? 1 - rate : rate;
  let log = 0;
  for (let row = 0; row < rows[code]!; row++) log += Math.log((mean * weight + row) / (weight + row));
  return log;
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
