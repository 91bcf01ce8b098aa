/** Reads year and month out of the segments' names, where they have them: "2008-05", or "may", "jun" in order. */
import type { SegmentRow } from '../study/study-report.js';

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** Segments of one year, with its rows and its rate. */
export interface Regime {
  readonly name: string;
  /** Index of the first and of the last segment, both inclusive. */
  readonly from: number;
  readonly to: number;
  readonly rows: number;
  readonly rate: number;
}

/** The segment's name for a person: "2008-05" becomes "May 2008"; any other name stays as it is. */
export function segmentLabel(name: string): string {
  const found = /^(\d{4})-(\d{2})$/.exec(name);
  const month = found && MONTHS[Number(found[2]) - 1];
  return found && month ? `${month.slice(0, 3)} ${found[1]}` : name;
}

/**
 * Runs of segments of the same year, in order. Where names are months only, a month that does not come later than the
 * one before begins another year ("year 2"). Empty where names tell no years, or all are of one.
 */
export function regimes(segments: readonly SegmentRow[]): Regime[] {
  const years = writtenYears(segments) ?? countedYears(segments);
  if (!years || new Set(years).size < 2) return [];
  const out: Regime[] = [];
  segments.forEach(({ rows, rate }, i) => {
    const name = years[i]!;
    const last = out[out.length - 1];
    if (last?.name !== name) out.push({ name, from: i, to: i, rows, rate: rate ?? 0 });
    else {
      const together = last.rows + rows;
      const yes = last.rate * last.rows + (rate ?? 0) * rows;
      out[out.length - 1] = { ...last, to: i, rows: together, rate: together ? yes / together : 0 };
    }
  });
  return out;
}

function writtenYears(segments: readonly SegmentRow[]): string[] | undefined {
  const years = segments.flatMap(({ name }) => /\b(?:19|20)\d\d\b/.exec(name)?.[0] ?? []);
  return years.length === segments.length ? years : undefined;
}

function countedYears(segments: readonly SegmentRow[]): string[] | undefined {
  const months = segments.map(({ name }) => {
    const word = /^\p{L}+/u.exec(name)?.[0].toLowerCase();
    return MONTHS.map((month) => month.toLowerCase()).findIndex(
      (month) => word === month || word === month.slice(0, 3),
    );
  });
  if (months.includes(-1)) return undefined;
  let year = 1;
  return months.map((month, i) => {
    if (i > 0 && month <= months[i - 1]!) year++;
    return `year ${year}`;
  });
}
