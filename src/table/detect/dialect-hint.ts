/** Says what to state where a file was refused for its form: the dialect that its bytes show, beside the one that was stated. */
import { type Issue, Problem } from '../../problem.js';
import { literal } from '../code-text.js';
import type { Dialect } from '../dialect.js';
import { detectDialect } from './detect-dialect.js';

const formCodes: ReadonlySet<string> = new Set([
  'csv-unknown-column',
  'csv-missing-column',
  'csv-repeated-column',
  'csv-ragged-row',
  'csv-blank-line',
  'csv-stray-quote',
  'csv-text-after-quote',
  'csv-unterminated-quote',
  'csv-bad-utf8',
  'csv-nul-byte',
]);

/** The problem with a word before it, where options that were not stated would make the file readable; else as it was. */
export async function withDialectHint(
  problem: Problem,
  { path, name, stated = {} }: { path: string; name: string; stated?: Dialect },
): Promise<Problem> {
  if (!problem.issues.some(({ code }) => formCodes.has(code))) return problem;
  const found = await detectDialect(path, stated).catch(() => undefined);
  const reasons = (found?.reasons ?? []).filter(({ option }) => stated[option] === undefined);
  if (!found || reasons.length === 0) return problem;
  const more = Object.fromEntries(reasons.map(({ option }) => [option, found.dialect[option]]));
  const hint: Issue = {
    code: 'csv-dialect',
    what: `the file is not written as stated: ${reasons.map(({ because }) => because).join('; ')}`,
    where: { file: name },
    remedy: `state dialect: ${literal({ ...stated, ...more })}`,
  };
  return new Problem([hint, ...problem.issues], problem.total + 1);
}
