/** Scores the rows of one request: all of them, or none with everything that is wrong. */
import type { Issue } from '../problem.js';
import type { CheckedRow } from '../schema/check-row.js';
import { policyNote } from './scorer.js';
import type { Scored, Scorer, Unusual } from './scoring.js';

/** How rows are to be taken. */
export interface ScoreRowsOptions {
  /** Where the rows stand in the body; `''` for a body that is one row, else a prefix such as "/rows/3". */
  readonly pointer?: (row: number) => string;
  /** Refuses what else would only be warned about. */
  readonly strict?: boolean;
  /** Acts on so many of the rows, the highest by rank; by default each row is decided by the cut-off. */
  readonly choose?: number;
}

const none: readonly Unusual[] = [];

/** More would not help the person who mends a file of thousands of wrong rows. */
const mostIssues = 100;
/** Then no further row is looked at. */
const mostCounted = 10_000;

export function scoreRows(
  scorer: Scorer,
  rows: readonly unknown[],
  { pointer = rowPointer, strict = false, choose }: ScoreRowsOptions = {},
): Scored {
  const checked: CheckedRow[] = [];
  const issues: Issue[] = [];
  let total = 0;
  const add = (found: readonly Issue[]): void => {
    total += found.length;
    for (const issue of found) if (issues.length < mostIssues) issues.push(issue);
  };
  /** Where the rows that passed stand among all. */
  const places: number[] = [];
  let read = 0;
  for (; read < rows.length && total < mostCounted; read++) {
    const i = read;
    const verdict = scorer.check(rows[i], pointer(i));
    if (verdict.row === undefined) add(verdict.issues);
    else {
      checked.push(verdict.row);
      places.push(i);
    }
  }
  const table = scorer.tableOf(checked);
  const unusual = scorer.unusual(table);
  if (strict) {
    for (const [row, found] of [...unusual].sort(([a], [b]) => a - b))
      add(found.map((one) => scorer.describe(one, pointer(places[row]!))));
  }
  if (total > 0) return { issues, total, unread: rows.length - read };
  const predictions = scorer.predict(table);
  const fields =
    choose === undefined
      ? checked.map((_, i) => scorer.answer(predictions, i))
      : scorer.choose(predictions, choose);
  return {
    rows: fields.map((one, i) => ({ fields: one, unusual: unusual.get(i) ?? none })),
    table,
    policy: choose === undefined ? scorer.policy : policyNote(scorer.artefact, choose),
  };
}

function rowPointer(row: number): string {
  return `/${row}`;
}
