/** What to state so that values which were refused can be read, as a remedy; nothing where no option would do. */
import { listNames } from '../../problem.js';
import { literal } from '../code-text.js';
import { numberNormalizer } from '../column-dialect.js';
import { type DateFormat, dateFormats, parseDate } from '../date-text.js';
import { numberStyles, unitBeside } from '../number-styles.js';

/** So many words or fewer among numbers stand for "no value". */
const mostWords = 3;

/** For a column of numbers: decimal commas, grouped digits, a unit, blanks, texts that stand for nothing. */
export function numberRemedy(name: string, texts: readonly string[]): string | undefined {
  const words = texts.filter((text) => !/\d/.test(text));
  const numbers = texts.filter((text) => /\d/.test(text));
  const missing = words.length > 0 && words.length <= mostWords ? { missing: words } : {};
  if (words.length > mostWords || (numbers.length === 0 && words.length === 0))
    return 'if it holds texts, declare it as category()';
  const trimmed = numbers.map((text) => text.trim());
  const isPadded = trimmed.some((text, i) => text !== numbers[i]);
  const unit = unitBeside(trimmed);
  const style = numberStyles.find((one) =>
    trimmed.every((text) => numberNormalizer({ ...one, unit })(text) !== undefined),
  );
  if (!style) return 'if it holds texts, declare it as category()';
  const own = unit === undefined ? {} : { columns: { [name]: { unit } } };
  const dialect = { ...(isPadded && { trim: true }), ...style, ...missing, ...own };
  if (Object.keys(dialect).length === 0) return undefined;
  const ifOnly =
    numbers.length === 0
      ? `if ${listNames(words, { last: 'and' })} ${words.length === 1 ? 'stands' : 'stand'} for no value`
      : 'if that is how the file writes numbers';
  return `${ifOnly}, state dialect: ${literal(dialect)}`;
}

/** For a column of dates: the formats that read them all, or the texts that stand for nothing. */
export function dateRemedy(texts: readonly string[]): string | undefined {
  const words = texts.filter((text) => !/\d/.test(text));
  const dates = texts.filter((text) => /\d/.test(text));
  const missing = words.length > 0 && words.length <= mostWords ? { missing: words } : {};
  if (words.length > mostWords) return undefined;
  if (dates.length === 0)
    return `if ${listNames(words)} stands for no value, state dialect: ${literal(missing)}`;
  const [format, other] = dateFormats.filter(
    (one) => one !== 'iso' && dates.every((text) => isLikely(parseDate(text.trim(), one), one)),
  );
  if (format === undefined) return undefined;
  const first = `state dialect: ${literal({ date: format, ...missing })}`;
  return other === undefined ? first : `${first}, or '${other}' if that is what they mean`;
}

/** Most digits are some time since 1970: only those of our days are likely. */
function isLikely(time: number, format: DateFormat): boolean {
  const [from, to] = format.startsWith('epoch')
    ? [Date.UTC(1990, 0), Date.UTC(2100, 0)]
    : [-Infinity, Infinity];
  return time >= from && time < to;
}
