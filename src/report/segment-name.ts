/** Reads the year and the month out of a segment's name, where it has them: "2008-05" is May 2008. */
import type { SegmentRow } from '../study/study-report.js';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

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
  return found && month ? `${month} ${found[1]}` : name;
}

/** Runs of segments of the same year, in order. Empty where a name holds no year, or where all are of one. */
export function regimes(segments: readonly SegmentRow[]): Regime[] {
  const years = segments.map(({ name }) => /\b(?:19|20)\d\d\b/.exec(name)?.[0]);
  if (years.includes(undefined) || new Set(years).size < 2) return [];
  const out: Regime[] = [];
  segments.forEach(({ rows, rate }, i) => {
    const name = years[i]!;
    const last = out[out.length - 1];
    if (last?.name !== name) out.push({ name, from: i, to: i, rows, rate });
    else {
      const together = last.rows + rows;
      const yes = last.rate * last.rows + rate * rows;
      out[out.length - 1] = { ...last, to: i, rows: together, rate: together ? yes / together : 0 };
    }
  });
  return out;
}
