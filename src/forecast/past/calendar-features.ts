/** What the calendar says of a period: its place in the day, the week and the year. */
import { parseDate } from '../../table/date-text.js';
import { periodText } from '../panel/calendar.js';
import type { Panel } from '../panel/panel.js';

/** A feature of the calendar: a name, and a number for each period from the panel's first on. */
export interface CalendarFeature {
  readonly name: string;
  readonly values: Float64Array;
}

const dayLong = 86_400_000;

/** The features that the length of the periods gives, for the panel's periods and `beyond` more; counted ones have their place in each season. */
export function calendarFeatures({ periods, seasons }: Panel, beyond: number): CalendarFeature[] {
  const length = periods.count + beyond;
  const of = (name: string, value: (time: Date, place: number) => number): CalendarFeature => ({
    name,
    values: Float64Array.from({ length }, (_, place) => value(middles[place]!, place)),
  });
  const { every } = periods;
  // The middle of a week says which month it belongs to, as ISO 8601 has it.
  const shift = every === 'week' ? 3 * dayLong : 0;
  const middles =
    every === undefined
      ? new Array<Date>(length).fill(new Date(0))
      : Array.from({ length }, (_, place) => new Date(parseDate(periodText(periods, place)) + shift));
  if (every === undefined)
    return seasons.map((season) => of(`place in ${season}`, (_, place) => place % season));
  const hour = of('hour of the day', (time) => time.getUTCHours());
  const weekday = of('day of the week', (time) => time.getUTCDay());
  const day = of('day of the month', (time) => time.getUTCDate());
  const week = of('week of the year', (time) => Math.floor((time.getTime() - Date.UTC(time.getUTCFullYear(), 0, 1)) / (7 * dayLong)) + 1); // biome-ignore format: one thought
  const month = of('month', (time) => time.getUTCMonth() + 1);
  const quarter = of('quarter', (time) => Math.floor(time.getUTCMonth() / 3) + 1);
  if (every === 'hour') return [hour, weekday, month];
  if (every === 'day') return [weekday, day, week, month];
  if (every === 'week') return [week, month];
  if (every === 'month') return [month];
  return every === 'quarter' ? [quarter] : [];
}
