/** Looks at a file that nobody has declared yet. */
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { setting, thisPlace } from '../config/read-settings.js';
import { isUrl } from '../io/object-url.js';
import { formatIssue, Problem } from '../problem.js';
import { findLocalData } from '../study/find-data.js';
import { takeFields } from '../table/csv/take-fields.js';
import { detectDialect } from '../table/detect/detect-dialect.js';
import type { Dialect } from '../table/dialect.js';
import { formatNumber } from '../table/print.js';
import { ColumnTally } from './column-tally.js';
import type { Look } from './look.js';
import { lookOf } from './look-of.js';

/** What a look may be told. */
export interface LookOptions {
  /** How the file is written, where what its bytes tell is wrong; the rest is found. */
  readonly dialect?: Dialect;
}

const MOST_FAULTS = 3;

/**
 * What stands in a file: how it is written, how many rows it has, and for each column its kind, unit, missing codes, range and levels;
 * the order of the rows, groups, candidates for the target, and what to ask about it. The path may be the name of a file in
 * `data/raw` or in the folder of ALAMBIQUE_DATA, or the URL of an object. It reads the whole file, in bounded memory.
 *
 * Throws `look-no-file`, `csv-…` for a file that is none of rows, `io-…` for what a store refuses.
 *
 * @example
 * const seen = await look('calls.csv');
 * seen.columns.find(({ name }) => name === 'job')?.kind // → 'category'
 */
export async function look(path: string, options: LookOptions = {}): Promise<Look> {
  const found = await findFile(path);
  const detected = await detectDialect(found);
  const dialect = { ...detected.dialect, ...options.dialect };
  const tallies: ColumnTally[] = [];
  const taker = (): ColumnTally => {
    const tally = new ColumnTally(dialect);
    tallies.push(tally);
    return tally;
  };
  const { names, issues, issueCount } = await takeFields(found, { dialect, taker });
  return lookOf({
    file: basename(found),
    dialect,
    names,
    tallies,
    questions: [
      ...(issueCount > 0
        ? [
            `What is wrong with ${formatNumber(issueCount)} rows that were passed over? ${issues
              .slice(0, MOST_FAULTS)
              .map((issue) => formatIssue(issue))
              .join(' ')}`,
          ]
        : []),
      ...detected.questions
        .filter(({ option }) => options.dialect?.[option] === undefined)
        .map(({ what }) => what),
    ],
  });
}

/** The path or URL, or the path of a file of this name where studies find their data. */
export async function findFile(path: string): Promise<string> {
  if (isUrl(path) || existsSync(path)) return path;
  const local = await findLocalData({ file: path }, { folder: setting('data', thisPlace()) });
  if (local) return local.path;
  throw new Problem({
    code: 'look-no-file',
    what: 'there is no such file',
    where: { file: path },
    remedy: 'give its path, or put it into data/raw',
  });
}
