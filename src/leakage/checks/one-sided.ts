/** L10, L12, L13 and L14: rows that a column picks out and that all came out alike, too many for chance. */
import { formatNumber } from '../../table/print.js';
import { percent } from '../../task/percent.js';
import type { ColumnEvidence, Evidence } from '../column-evidence.js';
import type { OneSided, OneSidedKind } from '../evidence/one-sided.js';
import type { Check, Finding, FindingCode } from '../leakage.js';

/** L10: a level, a gap, or a number such as 999. */
export const oneSidedValues: Check = check('value', {
  code: 'L10',
  title: 'values of one outcome only',
  remedy: 'Find out when and why the value is written (or left empty): often only once the outcome is known.',
});

/** L12: any value at all, where many rows have none. */
export const oneSidedPresence: Check = check('presence', {
  code: 'L12',
  title: 'present for one outcome only',
  remedy:
    'Ask when the column is filled: if only once the outcome is known, move it to `after`; else waive this with the reason.',
});

/** L13: any number above 0 (or below it), where many rows have 0 or none. */
export const oneSidedZero: Check = check('above zero', {
  code: 'L13',
  title: 'above zero for one outcome only',
  remedy:
    'Ask when the number leaves 0: if only once the outcome is known, move the column to `after`; else waive this with the reason.',
});

/** L14: the numbers or dates from some value on. */
export const oneSidedRanges: Check = check('range', {
  code: 'L14',
  title: 'a range of one outcome only',
  remedy:
    'Ask whether the outcome changes the value: if so, move the column to `after`; else waive this with the reason.',
});

interface Words {
  readonly code: FindingCode;
  readonly title: string;
  readonly remedy: string;
}

function check(kind: OneSidedKind, { code, title, remedy }: Words): Check {
  return {
    code,
    title,
    look: ({ features }: Evidence) =>
      features.flatMap(({ column, oneSided }: ColumnEvidence): Finding[] => {
        const found = oneSided.filter((one) => one.kind === kind);
        // Those that say it without exception first, of these the one that speaks of the most rows.
        found.sort((a, b) => Number(b.alike === 1) - Number(a.alike === 1) || b.rows - a.rows);
        if (found.length === 0) return [];
        return [
          {
            code,
            severity: 'suspect',
            columns: [column],
            what: sentence(found),
            evidence: numbers(found),
            remedy,
          },
        ];
      }),
  };
}

function sentence(found: readonly OneSided[]): string {
  const [{ rows, words, share, outcome, alike, others }] = found as [OneSided];
  if (alike < 1) {
    return `Of ${formatNumber(rows)} ${words} (${percent(share)}) ${percent(alike)} are ${outcome}, of the others ${percent(others)}.`;
  }
  const more = found.length - 1;
  const so =
    found[0]!.kind !== 'value' || more === 0
      ? ''
      : `; so are those of ${more} other value${more === 1 ? '' : 's'}`;
  return `All ${formatNumber(rows)} ${words} (${percent(share)}) are ${outcome}${so}.`;
}

function numbers(found: readonly OneSided[]): Finding['evidence'] {
  const [first] = found as [OneSided];
  if (first.value === undefined) {
    const { rows, share, outcome, alike, others } = first;
    return { rows, share, class: outcome, shareOfClass: alike, amongOthers: others };
  }
  return { values: found.map(({ value, rows, outcome }) => ({ value: value!, rows, class: outcome })) };
}
