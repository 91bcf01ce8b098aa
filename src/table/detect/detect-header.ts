/** Tells whether the first record names the columns or is a row like the others. */
import type { DialectQuestion } from '../dialect.js';

/** What was found. */
export interface HeaderFound {
  readonly header: boolean;
  readonly because: string | undefined;
  readonly question: DialectQuestion | undefined;
}

const number = /^\s*[+-]?\p{Sc}?\s?\d[\d.,' \u00a0]*(?:e[+-]?\d+)?\s?\p{Sc}?%?\s*$/iu;
const date = /^\s*\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T ][\d:.]+\S*)?\s*$/;
const missing = /^\s*(?:\?|n\/?a|null|none|nan|-|\.)?\s*$/i;

/** The records must be of equal width; the first is the one in question. */
export function detectHeader(records: readonly (readonly string[])[]): HeaderFound {
  const [first = [], ...rows] = records;
  const named: string[] = [];
  const alike: string[] = [];
  for (const [j, cell] of first.entries()) {
    const values = rows.map((row) => row[j] ?? '').filter((value) => !missing.test(value));
    if (values.length === 0 || missing.test(cell)) continue;
    const measured = values.filter((value) => number.test(value) || date.test(value)).length;
    const isMeasured = number.test(cell) || date.test(cell);
    // A day above numbers or words is the name of a column, as in a table that has one for each week.
    if (date.test(cell) && !values.some((value) => date.test(value))) {
      named.push(cell);
      continue;
    }
    if (measured >= values.length * 0.9) (isMeasured ? alike : named).push(cell);
    else if (measured <= values.length * 0.1) {
      if (isMeasured || values.includes(cell)) alike.push(cell);
      // A word that never comes again above words that come again and again.
      else if (new Set(values).size <= values.length / 2) named.push(cell);
    }
  }
  const question = (taken: boolean): DialectQuestion => ({
    option: 'header',
    what: `Is the first line a header? It says ${first.slice(0, 4).map(quoted).join(', ')}${first.length > 4 ? ', …' : ''}.`,
    choices: [{ header: taken }, { header: !taken }],
  });
  const isUnique = new Set(first).size === first.length;
  if (alike.length === 0 && named.length > 0)
    return { header: true, because: undefined, question: undefined };
  if (named.length === 0 && alike.length > 0) {
    const because = `the first line holds values like those below it: ${alike.slice(0, 3).map(quoted).join(', ')}`;
    // Years may well be the names of columns.
    const isYear = (text: string): boolean => /^(?:19|20)\d\d$/.test(text.trim());
    const areNames = isUnique && alike.every(isYear) && !rows.some((row) => row.some(isYear));
    return areNames
      ? { header: true, because: undefined, question: question(true) }
      : { header: false, because, question: undefined };
  }
  const header = named.length >= alike.length;
  return {
    header,
    because: header ? undefined : 'most of the first line is like what stands below',
    question: question(header),
  };
}

function quoted(text: string): string {
  return `"${text}"`;
}
