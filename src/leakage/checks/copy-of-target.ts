/** L03: a column says the target in other words: a copy, an affine or monotone image, or a recoding into texts. */
import { formatNumber } from '../../table/print.js';
import type { ColumnProfile } from '../column-profile.js';
import type { Check, Finding } from '../leakage.js';
import type { Subject } from '../subject.js';

/** How improbable purity must be before it counts; one in a billion, for a table may have many columns. */
const LOG_CHANCE = Math.log(1e-9);

/** A recoding has few values for its rows; a number of many values is pure by having few rows for each. */
const MOST_VALUES = 0.1;

export const copyOfTarget: Check = {
  code: 'L03',
  title: 'copy of the target',
  look(subject) {
    return subject.features.flatMap((column): Finding[] => {
      const kind = separatedByOneCut(subject, column)
        ? 'cut'
        : isPure(subject, column)
          ? 'values'
          : undefined;
      if (kind === undefined) return [];
      const what =
        kind === 'cut'
          ? 'One cut through its values separates all yes from all no: it is the target, rescaled.'
          : `Each of its ${formatNumber(column.distinct)} values goes with one class only: it is the target in other words.`;
      return [
        {
          code: 'L03',
          severity: 'leak',
          columns: [column.name],
          what,
          evidence: { distinct: column.distinct, purity: 1, rows: subject.rowCount },
          remedy: 'Leave it out: move it to `after`, or drop it from the schema.',
        },
      ];
    });
  },
};

/** True where a threshold tells the classes apart without a mistake and chance would not: 2 / C(n, yes). */
function separatedByOneCut({ yesCount, rowCount }: Subject, { values, rows, yes }: ColumnProfile): boolean {
  if (!values || rows[values.length]! > 0) return false;
  let changes = 0;
  let previous: boolean | undefined;
  for (let code = 0; code < values.length; code++) {
    if (rows[code] === 0) continue;
    if (yes[code] !== 0 && yes[code] !== rows[code]) return false;
    const isYes = yes[code]! > 0;
    if (previous !== undefined && previous !== isYes) changes++;
    previous = isYes;
  }
  let logChance = Math.LN2;
  const fewer = Math.min(yesCount, rowCount - yesCount);
  for (let k = 1; k <= fewer; k++) logChance += Math.log(k / (rowCount - fewer + k));
  return changes === 1 && logChance < LOG_CHANCE;
}

/**
 * True where no value (missing being one) is shared by both classes and chance would not explain it: a value of n
 * rows is pure by chance with p^n + (1 - p)^n. Values of a single row prove nothing and count for nothing.
 */
function isPure({ baseRate, rowCount }: Subject, { rows, yes, distinct }: ColumnProfile): boolean {
  if (distinct > MOST_VALUES * rowCount) return false;
  let logChance = 0;
  for (let code = 0; code < rows.length; code++) {
    const n = rows[code]!;
    if (yes[code] !== 0 && yes[code] !== n) return false;
    if (n > 1) logChance += Math.log(baseRate ** n + (1 - baseRate) ** n);
  }
  return logChance < LOG_CHANCE;
}
