/** Accepts findings for a written reason; refuses waivers without one, or for what cannot be found. */
import { type Issue, listNames, Problem } from '../problem.js';
import { didYouMean } from '../table/nearest-name.js';
import type { Finding } from './leakage.js';
import { ROW_INDEX } from './subject.js';

/** Reasons by finding: `'L02:poutcome'`, `'L07:row index'`, and the bare code (`'L05'`) for findings on whole rows. */
export type Waivers = Readonly<Record<string, string>>;

/**
 * The findings with their reasons. One that speaks of several columns is waived when each of them is.
 * Throws `leakage-waiver-without-reason` and `leakage-unknown-waiver`.
 */
export function applyWaivers(
  findings: readonly Finding[],
  waivers: Waivers,
  known: { codes: readonly string[]; columns: readonly string[] },
): { findings: readonly Finding[]; unused: readonly string[] } {
  const issues = Object.entries(waivers).flatMap(([key, reason]) => issuesOf(key, reason, known));
  if (issues.length > 0) throw new Problem(issues);
  const used = new Set<string>();
  const waived = findings.map((finding): Finding => {
    const keys = keysOf(finding).filter((key) => Object.hasOwn(waivers, key));
    for (const key of keys) used.add(key);
    if (keys.length < keysOf(finding).length) return finding;
    return { ...finding, waived: [...new Set(keys.map((key) => waivers[key]!.trim()))].join(' ') };
  });
  return { findings: waived, unused: Object.keys(waivers).filter((key) => !used.has(key)) };
}

function keysOf({ code, columns }: Finding): string[] {
  return columns.length === 0 ? [code] : columns.map((column) => `${code}:${column}`);
}

function issuesOf(
  key: string,
  reason: string,
  known: { codes: readonly string[]; columns: readonly string[] },
): Issue[] {
  const colon = key.indexOf(':');
  const code = colon < 0 ? key : key.slice(0, colon);
  const column = colon < 0 ? undefined : key.slice(colon + 1);
  const columns = [...known.columns, ROW_INDEX];
  const issues: Issue[] = [];
  if (typeof reason !== 'string' || reason.trim() === '') {
    issues.push({
      code: 'leakage-waiver-without-reason',
      what: `the waiver "${key}" gives no reason`,
      expected: 'a sentence that says why the finding does no harm',
    });
  }
  if (!known.codes.includes(code)) {
    issues.push({
      code: 'leakage-unknown-waiver',
      what: `the waiver "${key}" names no check`,
      expected: `one of ${listNames(known.codes, { last: 'or' })}, then ":" and a column`,
    });
  }
  if (column !== undefined && !columns.includes(column)) {
    issues.push({
      code: 'leakage-unknown-waiver',
      what: `the waiver "${key}" names no column`,
      expected: `one of ${listNames(columns, { most: 24, last: 'or' })}`,
      remedy: didYouMean(column, columns),
    });
  }
  return issues;
}
