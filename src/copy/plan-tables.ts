/** Which tables and columns are copied: what was declared, found in the catalogue. */
import type { DatabaseColumn, DatabaseTable } from '../io/databases/database-snapshot.js';
import { type Issue, listNames, Problem } from '../problem.js';
import type { TableSpec } from './copy.js';

/** A table as it will be copied. */
export interface TablePlan {
  /** As it was declared. */
  readonly name: string;
  /** The name of its file without an ending. */
  readonly file: string;
  readonly table: DatabaseTable;
  readonly columns: readonly DatabaseColumn[];
  readonly spec: TableSpec;
}

/** The tables in the order of the declaration. Throws a `Problem` with everything that the source does not have. */
export function planTables(
  specs: Readonly<Record<string, TableSpec>>,
  tables: readonly DatabaseTable[],
): TablePlan[] {
  const issues: Issue[] = [];
  const files = new Set<string>();
  const plans = Object.entries(specs).flatMap(([name, spec]): TablePlan[] => {
    const table = tableNamed(name, tables);
    if (table === undefined) {
      const known = tables.filter(({ isVisible }) => isVisible).map((one) => one.name);
      issues.push({
        code: 'copy-no-table',
        what: `the source has no table "${name}"`,
        expected: listNames(known, { last: 'or' }) || undefined,
      });
      return [];
    }
    const named = [
      ...(spec.columns ?? []),
      ...(spec.keys ?? []),
      ...(spec.drop ?? []),
      ...(spec.pseudonymise ?? []),
      ...(spec.person === undefined ? [] : [spec.person]),
      ...Object.keys(spec.expectations?.columns ?? {}),
    ];
    const missing = [...new Set(named)].filter((column) => !table.columns.some((one) => one.name === column));
    for (const column of missing) {
      const expected = listNames(
        table.columns.map((one) => one.name),
        { last: 'or' },
      );
      issues.push({
        code: 'copy-no-column',
        what: `the table "${name}" has no column "${column}"`,
        expected,
      });
    }
    const columns = (spec.columns ?? table.columns.map((one) => one.name))
      .filter((column) => !spec.drop?.includes(column))
      .flatMap((column) => table.columns.filter((one) => one.name === column));
    const used = [
      ...(spec.pseudonymise ?? []),
      ...(spec.person === undefined ? [] : [spec.person]),
      ...Object.keys(spec.expectations?.columns ?? {}),
    ];
    for (const column of new Set(used)) {
      if (missing.includes(column) || columns.some((one) => one.name === column)) continue;
      const what = `the column "${column}" of the table "${name}" is needed for more than is copied of it`;
      const remedy = 'copy it, where it says whom a row is about as a pseudonym';
      issues.push({ code: 'copy-column-left-out', what, remedy });
    }
    if (columns.length === 0 && missing.length === 0) {
      issues.push({ code: 'copy-no-column', what: `of the table "${name}" no column is left` });
    }
    return [{ name, file: fileName(name, files), table, columns, spec }];
  });
  if (issues.length > 0) throw new Problem(issues);
  return plans;
}

/** The table that a name means: of the schema where names are looked for, else `schema.table`. */
function tableNamed(name: string, tables: readonly DatabaseTable[]): DatabaseTable | undefined {
  return (
    tables.find((table) => table.isVisible && table.name === name) ??
    tables.find((table) => `${table.schema}.${table.name}` === name)
  );
}

/** A name that every disk and store takes, another for each table, also where large and small letters are the same. */
function fileName(table: string, taken: Set<string>): string {
  const plain = table.replace(/[^\p{L}\p{N}_-]+/gu, '_').slice(0, 60);
  let name = plain;
  for (let i = 2; taken.has(name.toLowerCase()); i++) name = `${plain}-${i}`;
  taken.add(name.toLowerCase());
  return name;
}
