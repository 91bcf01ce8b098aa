/** How long nights are kept. */
import { type Issue, show } from '../problem.js';
import type { Nights } from './nights.js';

const keepPattern = /^(\d{1,5}) (day|week|month|year)s?$/;
const days: Readonly<Record<string, number>> = { day: 1, week: 7, month: 31, year: 366 };

/** What is wrong with a term. */
export function keepIssues(keep: string | undefined): Issue[] {
  if (keep === undefined || (keepPattern.test(keep) && !keep.startsWith('0'))) return [];
  return [{ code: 'copy-keep', what: '`keep` is no term', got: show(keep), expected: 'such as "90 days"' }];
}

/** Removes the nights that are older than the term, counted from `date`. Their dates. */
export async function removeOld(
  nights: Nights,
  { keep, date }: { keep: string | undefined; date: string },
): Promise<readonly string[]> {
  const [, count, unit] = keepPattern.exec(keep ?? '') ?? [];
  if (count === undefined) return [];
  const term = Number(count) * days[unit!]! * 86_400_000;
  const oldest = new Date(Date.parse(date) - term).toISOString().slice(0, 10);
  return nights.removeBefore(oldest);
}
