/** Which columns seem to be written too late: by their names and by what the leakage audit finds in the rows. */
import type { Audit } from '../leakage/audit.js';
import { auditLeakage } from '../leakage/audit-leakage.js';
import { lateWordIn } from '../leakage/evidence/late-word.js';
import type { FindingCode } from '../leakage/leakage.js';
import type { Dataset } from '../schema/schema.js';

/** Findings that make a column doubtful. The others speak of whole rows, of identifiers, or of what is declared already. */
const DOUBTS: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'L02',
  'L03',
  'L08',
  'L09',
  'L10',
  'L12',
  'L13',
  'L14',
  'L15',
  'L16',
]);
/** Columns that are out may let others stand out, or be what others repeat. */
const MOST_ROUNDS = 4;

/** Why a column is taken for late: a clause. */
export type Doubts = ReadonlyMap<string, string>;

/** Columns whose names speak of the end of something, or of the target. */
export function lateByName(names: readonly string[], target: string): Doubts {
  return new Map(
    names.flatMap((name): [string, string][] => {
      const word = lateWordIn(name, target)?.word;
      return word === undefined
        ? []
        : [[name, `its name says "${word}", which is often known only afterwards`]];
    }),
  );
}

/**
 * The doubts by name, and those that the audit adds, until it finds no more. `make` gives the schema, and the rows under it,
 * in which these columns are late.
 */
export function lateByAudit(
  known: Doubts,
  make: (late: Doubts) => Dataset | undefined,
): { late: Doubts; audit: Audit | undefined } {
  const late = new Map(known);
  let audit: Audit | undefined;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const dataset = make(late);
    if (!dataset) return { late, audit };
    audit = auditLeakage(dataset);
    const found = audit.findings.filter(({ code, severity }) => DOUBTS.has(code) && severity !== 'note');
    const fresh = found.flatMap(({ columns, what }) =>
      columns.filter((column) => !late.has(column)).map((column) => [column, what] as const),
    );
    if (fresh.length === 0) break;
    for (const [column, what] of fresh)
      if (!late.has(column)) late.set(column, lowerFirst(what.replace(/\.$/, '')));
  }
  return { late, audit };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
