/** Tells the separator and the quote: those under which the records of a sample look most like a table. */
import type { Dialect, DialectQuestion, Separator } from '../dialect.js';
import { type SampleRecord, sampleRecords } from './sample-records.js';

/** What was found. */
export interface FormFound {
  readonly separator: Separator;
  readonly quote: NonNullable<Dialect['quote']>;
  readonly records: readonly SampleRecord[];
  /** How many fields most records have. */
  readonly width: number;
  readonly question: DialectQuestion | undefined;
}

const separators: readonly Separator[] = [',', ';', '\t', '|', ' '];
const singleQuoted = /(?:^|[,;\t| ])'[^'\n]*'(?=\r?$|[,;\t| ])/gm;
/** In the score: a second reading that is nearly as good makes a question. */
const nearlyAsGood = 0.97;

/**
 * The reading that scores highest. A reading scores the share of its records that have the commonest number of fields and no fault,
 * times how many of their fields are plain values (numbers, dates, words), after van den Burg, Nazábal and Sutton, «Wrangling
 * messy CSV files by detecting row and type patterns», 2019. One field a record is a table only where nothing else is.
 */
export function detectForm(
  bytes: Uint8Array,
  { final, separator }: { final: boolean; separator?: Separator },
): FormFound {
  const readings = quotesIn(bytes).flatMap((quote) =>
    (separator === undefined ? separators : [separator]).map((candidate) => {
      const records = sampleRecords(bytes, candidate, { quote, final });
      return { separator: candidate, quote, records, ...score(records, { separator: candidate, quote }) };
    }),
  );
  // The order of the candidates decides between equals: sort is stable.
  const [best, ...others] = readings.sort((a, b) => b.score - a.score);
  const { width, score: high } = best!;
  const rival = others.find(
    (other) => other.separator !== best!.separator && other.width > 1 && other.score >= high * nearlyAsGood,
  );
  const question: DialectQuestion | undefined =
    rival && width > 1
      ? {
          option: 'separator',
          what: `Is ${JSON.stringify(best!.separator)} or ${JSON.stringify(rival.separator)} the separator? Both give equal rows.`,
          choices: [{ separator: best!.separator }, { separator: rival.separator }],
        }
      : undefined;
  return { separator: best!.separator, quote: best!.quote, records: best!.records, width, question };
}

/** Single quotes are looked for where no double quote stands, and fields begin and end with one. */
function quotesIn(bytes: Uint8Array): readonly ('"' | "'" | '')[] {
  const text = new TextDecoder().decode(bytes.subarray(0, 1 << 16));
  const lines = text.split('\n').length;
  const isSingle = !text.includes('"') && (text.match(singleQuoted)?.length ?? 0) > lines / 4;
  return isSingle ? ["'"] : ['"', ''];
}

function score(
  records: readonly SampleRecord[],
  { separator, quote }: { separator: Separator; quote: string },
): { score: number; width: number } {
  const counts = new Map<number, number>();
  const full = records.filter(({ isBlank }) => !isBlank);
  for (const { fields } of full) counts.set(fields.length, (counts.get(fields.length) ?? 0) + 1);
  const width = [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best), [1, 0])[0];
  let sound = 0;
  let plain = 0;
  for (const { fields, faults } of full) {
    if (fields.length !== width || faults > 0) continue;
    sound++;
    plain += fields.reduce((sum, field) => sum + Number(isPlainValue(field, quote)), 0) / width;
  }
  if (sound === 0) return { score: 0, width };
  const pattern = (sound / full.length) * (0.5 + plain / sound / 2);
  // Spaces stand in texts as well, and a column alone is the last resort.
  const doubt =
    (width === 1 ? 0.1 : 1 - 0.01 / width) * (separator === ' ' ? 0.8 : 1) * (quote === '' ? 0.98 : 1);
  return { score: pattern * doubt, width };
}

/** A number with point or comma, a date or time, a word or several; not a piece of something that was cut in the wrong place. */
const plainValue =
  /^\s*(?:[+-]?[\d.,'\u00a0 ]*\d[\d.,]*(?:e[+-]?\d+)?\s?\p{Sc}?%?|\p{Sc}\s?[\d.,]+|\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{1,4})?(?:[T ][\d:.]+Z?)?|[\p{L}\d_<>=?*#][\p{L}\p{M}\p{N}_<>=+&()/.:@#*%!?' -]*|)\s*$/iu;

function isPlainValue(field: string, quote: string): boolean {
  if (quote !== '"' && field.includes('"')) return false;
  return plainValue.test(field);
}
