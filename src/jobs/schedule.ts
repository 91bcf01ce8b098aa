/** When something is due: patterns of cron in a time zone. Clock changes are croner's: a night of 23 or 25 hours has one run. */
import { type Issue, Problem, show } from '../problem.js';
import { makeCron } from './make-cron.js';

/** A pattern of cron and where its clock hangs. */
export interface Schedule {
  /** Five fields: minute, hour, day, month, day of the week; six where seconds stand first. */
  readonly at: string;
  readonly timeZone: string;
}

/** What is wrong with a schedule. */
export function scheduleIssue({ at, timeZone }: Partial<Schedule>): Issue[] {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch {
    const expected = 'a name such as Europe/Madrid';
    return [{ code: 'job-time-zone', what: 'there is no such time zone', got: show(timeZone), expected }];
  }
  if (at === undefined) return [];
  try {
    makeCron(at, { timezone: timeZone, paused: true }).stop();
    return [];
  } catch (error) {
    if (error instanceof Problem) throw error;
    const expected = 'a pattern of cron, such as 0 2 * * *';
    return [{ code: 'job-time', what: '`at` is no time', got: show(at), expected }];
  }
}

/** The first time after `from`; undefined where there is none. */
export function nextDue({ at, timeZone }: Schedule, from: Date): Date | undefined {
  return makeCron(at, { timezone: timeZone, paused: true }).nextRun(from) ?? undefined;
}

/** The last time that is not after `now`; undefined where there is none. */
export function lastDue({ at, timeZone }: Schedule, now: Date): Date | undefined {
  // croner tells what lies before a time, and counts whole seconds.
  const next = new Date(Math.floor(now.getTime() / 1000) * 1000 + 1000);
  const [last] = makeCron(at, { timezone: timeZone, paused: true }).previousRuns(1, next);
  return last;
}

/** The date on the calendar of that zone: "2026-11-28". */
export function localDate(instant: Date, timeZone: string): string {
  const options = { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  const parts = new Intl.DateTimeFormat('en', options).formatToParts(instant);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
}

/** The date for which something that is started now counts: that of the last time it was due, or today. */
export function dueDate({ at, timeZone }: Partial<Schedule> & { timeZone: string }, now: Date): string {
  const due = at === undefined ? now : (lastDue({ at, timeZone }, now) ?? now);
  return localDate(due, timeZone);
}

/** The dates between two others on which something was due, `after` and `before` left out. */
export function datesDue(
  { at, timeZone }: Schedule,
  { after, before }: { after: string; before: string },
): string[] {
  const schedule = makeCron(at, { timezone: timeZone, paused: true });
  const dates = new Set<string>();
  // A day earlier than the date in UTC is before it in every zone.
  let from: Date | null = new Date(Date.parse(after) - 86_400_000);
  for (let i = 0; i < mostDates && from !== null; i++) {
    from = schedule.nextRun(from);
    const date: string = from === null ? before : localDate(from, timeZone);
    if (date >= before) break;
    if (date > after) dates.add(date);
  }
  return [...dates];
}

/** Beyond so many, a gap is told by its beginning. */
const mostDates = 2000;
