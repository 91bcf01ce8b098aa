/** Whether the rows stand in time order: by a date that only rises, or by months that come round in their order. */
import { parseDate } from '../table/date-text.js';
import { months } from '../table/months.js';
import { nameWords } from '../table/name-words.js';
import type { ColumnLook, RowOrder } from './look.js';
import type { Sample, SampleColumn } from './sample.js';

const FEWEST_VALUES = 3;
/** So many rows must have a date. */
const PRESENT = 0.98;
const YEAR_WORDS = ['year', 'yyyy', 'jahr', 'ano'];
/** A stretch of one month holds so many rows on average, and the next stretch is so few months later. */
const ROWS_IN_STRETCH = 20;
const MONTHS_ON = 3;

/** The order of the rows, or undefined where none shows. */
export function orderOfRows(columns: readonly ColumnLook[], sample: Sample): RowOrder | undefined {
  const sampled = (name: string): SampleColumn => sample.columns.find((column) => column.name === name)!;
  for (const column of columns) {
    const { name, kind, constant, follows } = column;
    const year = kind === 'number' && nameWords(name).some((word) => YEAR_WORDS.includes(word));
    if (constant || follows === undefined || (kind !== 'date' && !year)) continue;
    return {
      by: name,
      column: name,
      why: `"${name}" never ${follows === 'rising' ? 'falls' : 'rises'} from one row to the next`,
    };
  }
  for (const { name, kind, distinct } of columns) {
    if (kind !== 'category' || distinct < FEWEST_VALUES || distinct > 12) continue;
    const why = monthsComeRound(sampled(name));
    if (why !== undefined) return { by: 'rows', column: name, why: `"${name}" ${why}` };
  }
  return undefined;
}

/** Whether numbers or dates only ever rise (or fall), where they are present; `read` gives the value of a text. */
export function followsRows(
  { texts, codes }: SampleColumn,
  read: (text: string) => number,
): 'rising' | 'falling' | undefined {
  const values = texts.map(read);
  let [rises, falls, present] = [0, 0, 0];
  let previous = Number.NaN;
  for (const code of codes) {
    const value = values[code]!;
    if (Number.isNaN(value)) continue;
    present++;
    if (value > previous) rises++;
    else if (value < previous) falls++;
    if (rises > 0 && falls > 0) return undefined;
    previous = value;
  }
  if (present < PRESENT * codes.length || rises + falls < FEWEST_VALUES - 1) return undefined;
  return falls === 0 ? 'rising' : 'falling';
}

function monthsComeRound({ texts, codes }: SampleColumn): string | undefined {
  const month = texts.map((text) => monthOf(text));
  if (month.some((one) => one < 0)) return undefined;
  let stretches = 1;
  let later = 0;
  for (let row = 1; row < codes.length; row++) {
    if (codes[row] === codes[row - 1]) continue;
    stretches++;
    later += (month[codes[row]!]! - month[codes[row - 1]!]! + 12) % 12;
  }
  if (stretches < FEWEST_VALUES || stretches * ROWS_IN_STRETCH > codes.length) return undefined;
  return later <= MONTHS_ON * (stretches - 1)
    ? `runs through the calendar in ${stretches} stretches of rows`
    : undefined;
}

/** 0 to 11; -1 where the text is no English month. */
function monthOf(text: string): number {
  const word = text.trim().toLowerCase();
  const at = months.indexOf(word.slice(0, 3));
  return at >= 0 && !Number.isNaN(parseDate(`1 ${word} 2000`, 'dmy')) ? at : -1;
}
