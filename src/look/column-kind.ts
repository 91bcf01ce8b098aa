/** Says what a column is, from its values and its name; where two kinds are about as likely it says so. */
import { profileColumn } from '../leakage/column-profile.js';
import { namesRows } from '../leakage/evidence/names-rows.js';
import { answersOf } from '../schema/outcomes.js';
import { nameWords } from '../table/name-words.js';
import { numberColumn } from '../table/table.js';
import type { ColumnValues } from './column-values.js';
import type { LookKind } from './look.js';
import { numberReader } from './number-style.js';
import type { SampleColumn } from './sample.js';
import { rowsIn } from './value-count.js';

/** A kind and its reason, as a clause. */
export interface KindGuess {
  readonly kind: LookKind;
  readonly why: string;
  readonly sure: boolean;
}

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** The name of a thing's name. */
const ID_WORDS = words('id ids uuid guid key ref reference sku iban vin token hash');
const LAST_ID_WORDS = words('no nr code number');
/** Things that rows are about; as the last word of a name they stand for its number. */
const THINGS =
  words(`customer client user member patient person household account card machine device vehicle employee store shop
  product item branch supplier vendor merchant driver student subject session invoice order ticket kunde cliente`);
/** Kinds of things: a number that names one is a level. */
const CLASSES =
  words(`group division department format type class category segment region district area zone code zip postcode postal plz
  cluster channel sector brand model kind grade team gender sex country state city`);
const AMOUNTS = words('n nb num count cnt avg average mean per total sum amount max min share rate ratio');

const UNIQUE = 0.95;
const FEWEST_ROWS = 20;
const MANY = 20;
const MOST_LEVELS = 1000;

/** The kind of a column. `distinct` counts its values, `sample` holds some of its rows in their order. */
export function kindOfColumn(
  column: ColumnValues,
  { distinct, sample }: { distinct: number; sample: SampleColumn },
): KindGuess {
  const { as, values } = column;
  if (as === 'nothing') return { kind: 'category', why: 'it is empty', sure: false };
  if (as === 'dates') return { kind: 'date', why: `its values are dates`, sure: column.sure };
  const texts = values.map(({ text }) => text);
  const answers = column.others ? undefined : answersOf(texts);
  if (answers)
    return { kind: 'yesNo', why: `its two values are ${answers.yes} and ${answers.no}`, sure: true };
  const present = rowsIn(values) + (column.others?.rows ?? 0);
  const about = { present, distinct, words: nameWords(column.name) };
  return as === 'numbers' ? kindOfNumbers(column, { ...about, sample }) : kindOfTexts(column, about);
}

interface About {
  readonly present: number;
  readonly distinct: number;
  readonly words: readonly string[];
}

function kindOfNumbers(column: ColumnValues, about: About & { sample: SampleColumn }): KindGuess {
  const { present, distinct, words, sample } = about;
  const whole =
    column.ascending.every(({ value }) => Number.isInteger(value)) && column.others?.whole !== false;
  if (!whole || distinct < 2) return { kind: 'number', why: 'its values are numbers', sure: true };
  if (column.ascending.some(({ value }) => Math.abs(value) > Number.MAX_SAFE_INTEGER))
    return { kind: 'id', why: 'its numbers have more digits than a number keeps', sure: true };
  const last = words.at(-1) ?? '';
  const counts = words.some((word) => AMOUNTS.has(word));
  const named = namesThing(words) || (!counts && THINGS.has(last));
  const unique = present >= FEWEST_ROWS && distinct >= UNIQUE * present;
  if (named && (distinct > MANY || isKeyOfThing(words))) {
    return {
      kind: 'id',
      why: unique ? 'its name says so, and its values never repeat' : 'its name says so',
      sure: unique || ID_WORDS.has(last),
    };
  }
  if (unique && !counts) {
    const profile = profileColumn(numberColumn(sample.name, numbersOf(sample, column)), {
      known: 'before',
      type: { kind: 'number' },
    });
    const why = namesRows({ rowCount: sample.codes.length }, profile);
    if (why !== undefined) return { kind: 'id', why: lowerFirst(why), sure: true };
  }
  if (
    !counts &&
    (CLASSES.has(last) || named || words.some((word) => CLASSES.has(word) && words[0] === word)) &&
    distinct <= MOST_LEVELS &&
    column.ascending[0]!.value >= 0
  ) {
    return { kind: 'category', why: 'its name says that its numbers stand for things', sure: false };
  }
  if (!unique && distinct > MANY && standsTogether(sample, distinct)) {
    return { kind: 'id', why: 'rows of one value stand together, and its values have no order', sure: false };
  }
  return { kind: 'number', why: 'its values are numbers', sure: true };
}

function kindOfTexts({ values, others }: ColumnValues, { present, distinct, words }: About): KindGuess {
  const some = values.slice(0, 1000);
  const share = (test: (text: string) => boolean): number =>
    some.filter(({ text }) => test(text.trim())).length / Math.max(1, some.length);
  const oneWord = share((text) => !/\s/.test(text) && text.length <= 40);
  const withDigits = share((text) => /\d/.test(text));
  const named = namesThing(words) || THINGS.has(words.at(-1) ?? '');
  if (present >= FEWEST_ROWS && distinct >= UNIQUE * present) {
    return oneWord > 0.9 || (named && withDigits > 0.9)
      ? { kind: 'id', why: 'its values never repeat', sure: true }
      : { kind: 'text', why: 'hardly two of its texts are the same', sure: true };
  }
  if (named && oneWord > 0.9 && (distinct > MANY || isKeyOfThing(words)))
    return { kind: 'id', why: 'its name says so', sure: true };
  const codes = oneWord > 0.9 && withDigits > 0.9 && !CLASSES.has(words.at(-1) ?? '');
  if (codes && distinct > MANY && distinct > present / 100) {
    return { kind: 'id', why: 'its values are codes, a new one every few rows', sure: false };
  }
  if (others === undefined && distinct <= MOST_LEVELS && distinct <= Math.max(MANY, present / 2)) {
    return { kind: 'category', why: `${distinct} texts that repeat`, sure: true };
  }
  return { kind: 'text', why: 'it has too many different texts for levels', sure: false };
}

/** "shop_id": however few shops there are, it names them. */
function isKeyOfThing(words: readonly string[]): boolean {
  return ID_WORDS.has(words.at(-1) ?? '') && words.some((word) => THINGS.has(word));
}

/** "customer_id", "InvoiceNo": not "code_gender", whose last word is another. */
function namesThing(words: readonly string[]): boolean {
  const last = words.at(-1) ?? '';
  return ID_WORDS.has(last) || ID_WORDS.has(words[0] ?? '') || (words.length > 1 && LAST_ID_WORDS.has(last));
}

/** Each value in one stretch of rows, and the stretches in no order of the values. */
function standsTogether({ codes, texts }: SampleColumn, distinct: number): boolean {
  let stretches = 0;
  let falls = 0;
  let rises = 0;
  for (let row = 0; row < codes.length; row++) {
    if (row > 0 && codes[row] === codes[row - 1]) continue;
    stretches++;
    if (row === 0) continue;
    if (Number(texts[codes[row]!]) < Number(texts[codes[row - 1]!])) falls++;
    else rises++;
  }
  return (
    stretches <= 1.05 * distinct &&
    stretches <= codes.length / 1.5 &&
    Math.min(falls, rises) > 0.1 * stretches
  );
}

function numbersOf({ texts, codes }: SampleColumn, { style = {} }: ColumnValues): Float64Array {
  const values = texts.map(numberReader(style));
  return Float64Array.from(codes, (code) => values[code]!);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
