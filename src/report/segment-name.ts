/** Reads year and month out of the segments' names, where they have them: "2008-05", or names of months in their order. */
import type { SegmentRow } from '../study/study-report.js';

/** In these languages a name of a month is known: whole, or as it is abbreviated. */
const languages = ['en', 'es', 'pt', 'fr', 'de', 'it', 'nl'];

/** Segments of one year, with its rows and its rate. */
export interface Regime {
  readonly name: string;
  /** Index of the first and of the last segment, both inclusive. */
  readonly from: number;
  readonly to: number;
  readonly rows: number;
  readonly rate: number;
}

/**
 * The segments' names for a person: "2008-05" becomes "May 2008"; months that return are told apart by their year ("feb",
 * "feb, year 2"), any other name that returns by how often it did.
 */
export function segmentLabels(segments: readonly Pick<SegmentRow, 'name'>[]): string[] {
  const years = countedYears(segments);
  return segments.map(({ name }, i) => {
    const date = /^(\d{4})-(\d{2})$/.exec(name);
    const month = date && monthsIn('en', 'short')[Number(date[2]) - 1];
    if (date && month) return `${month} ${date[1]}`;
    const again = / \((\d+)\)$/.exec(name);
    const plain = again ? name.slice(0, again.index) : name;
    if (years) return years[i] === 'year 1' ? plain : `${plain}, ${years[i]}`;
    return again ? `${plain}, run ${again[1]}` : name;
  });
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

function countedYears(segments: readonly Pick<SegmentRow, 'name'>[]): string[] | undefined {
  const months = segments.map(({ name }) => monthOf(/^\p{L}+/u.exec(name)?.[0] ?? ''));
  if (months.includes(-1)) return undefined;
  let year = 1;
  return months.map((month, i) => {
    if (i > 0 && month <= months[i - 1]!) year++;
    return `year ${year}`;
  });
}

/** The place of a month in the year, from its name; -1 where it is none. */
function monthOf(word: string): number {
  const wanted = plainText(word);
  for (const language of languages) {
    for (const width of ['long', 'short'] as const) {
      const at = monthsIn(language, width).findIndex((month) => plainText(month) === wanted);
      if (at >= 0) return at;
    }
  }
  return -1;
}

function monthsIn(language: string, width: 'long' | 'short'): string[] {
  const format = new Intl.DateTimeFormat(language, { month: width, timeZone: 'UTC' });
  return Array.from({ length: 12 }, (_, month) => format.format(Date.UTC(2000, month, 15)));
}

/** Without accents, full stops and capitals. */
function plainText(word: string): string {
  return word
    .normalize('NFD')
    .replace(/[\p{M}.]/gu, '')
    .toLowerCase();
}
