/** The sentences about CSV files. */
import { type Issue, show, type Where } from '../../problem.js';
import { dateWords } from '../date-text.js';
import type { CsvColumn } from './csv.js';
import type { Fault } from './record-scanner.js';
import { dateRemedy, numberRemedy } from './value-remedies.js';

export function emptyFile(where: Where): Issue {
  return { code: 'csv-empty', what: 'the file is empty', where, expected: 'a header line' };
}

export function noRows(where: Where): Issue {
  return { code: 'csv-no-rows', what: 'the file has a header and no rows', where };
}

export function utf16(where: Where): Issue {
  return { code: 'csv-bad-utf8', what: 'the file is UTF-16', where, remedy: 'save the file as UTF-8' };
}

export function badUtf8(where: Where): Issue {
  return {
    code: 'csv-bad-utf8',
    what: 'the text is not UTF-8',
    where,
    remedy: 'save the file as UTF-8; it may be Latin-1 or Windows-1252 now',
  };
}

export function nulByte(where: Where): Issue {
  return {
    code: 'csv-nul-byte',
    what: 'the text holds a NUL byte',
    where,
    remedy: "the file is damaged, or it is UTF-16: then state encoding: 'utf-16le'",
  };
}

export function strayMark(where: Where): Issue {
  return {
    code: 'csv-stray-mark',
    what: 'a byte order mark stands in the middle of the file',
    where,
    remedy: 'files were put one behind the other: remove the mark, and the header after it',
  };
}

export function longRecord(where: Where): Issue {
  return {
    code: 'csv-long-record',
    what: 'the record does not end within a mebibyte',
    where,
    remedy: 'is it a CSV file with line feeds?',
  };
}

export function blankLine(where: Where): Issue {
  return {
    code: 'csv-blank-line',
    what: 'a blank line stands between rows',
    where,
    remedy: 'remove it, or find the row that is lost',
  };
}

export function raggedRow(count: number, names: readonly string[], where: Where): Issue {
  const missing = count < names.length ? `, the first missing is "${names[count]}"` : '';
  return {
    code: 'csv-ragged-row',
    what: `the row has ${count} field${count === 1 ? '' : 's'}${missing}`,
    where,
    expected: `${names.length} fields, as the header has`,
  };
}

export function badForm(fault: Fault, where: Where): Issue {
  return { code: `csv-${fault.kind}`, ...faultWords[fault.kind], where };
}

/** Values that are none of the column's kind: the first is told, and what would read them all. */
export function wrongValue(column: CsvColumn, texts: readonly string[], where: Where): Issue {
  const { kind, format = 'iso' } = column;
  const text = texts[0]!;
  const got = show(text);
  if (kind === 'date') {
    const expected = dateWords[format];
    return {
      code: 'csv-not-a-date',
      what: 'this is no date',
      where,
      got,
      expected,
      remedy: dateRemedy(texts),
    };
  }
  if (/^[+-]?\d{16,}$/.test(text)) {
    return {
      code: 'csv-rounded-number',
      what: 'the number has more digits than can be kept',
      where,
      got,
      expected: 'a whole number of at most 15 digits, or one that is kept exactly',
      remedy: 'if it names something, declare the column as id()',
    };
  }
  return {
    code: 'csv-not-a-number',
    what: 'this is no number',
    where,
    got,
    expected: 'a finite decimal number such as -12.5, without spaces or thousands separators',
    remedy: numberRemedy(column.name, texts),
  };
}

const faultWords: Record<Fault['kind'], { what: string; expected: string }> = {
  'stray-quote': {
    what: 'a quote stands inside an unquoted field',
    expected: 'the whole field in quotes, and quotes inside it doubled',
  },
  'text-after-quote': {
    what: 'text follows the closing quote',
    expected: 'a separator or the end of the line there, and quotes inside a field doubled',
  },
  'unterminated-quote': {
    what: 'the quote that opens here does not close',
    expected: 'a closing quote within a mebibyte',
  },
  'lone-carriage-return': {
    what: 'a carriage return is not followed by a line feed',
    expected: 'lines that end in LF or CRLF, and quotes around a field that holds a line break',
  },
};
