/** What a dialect says of one column, and numbers as that column writes them. */
import type { ColumnDialect, Dialect } from './dialect.js';

/** The options of the file, overruled by those of the column; missing texts are those of both. */
export function columnDialect(dialect: Dialect, name: string): ColumnDialect {
  const { decimal, thousands, date, missing } = dialect;
  const own = dialect.columns && Object.hasOwn(dialect.columns, name) ? dialect.columns[name] : undefined;
  const all = [...(missing ?? []), ...(own?.missing ?? [])];
  return {
    ...{ decimal: own?.decimal ?? decimal, thousands: own?.thousands ?? thousands, unit: own?.unit },
    ...{ date: own?.date ?? date, missing: all },
  };
}

/** Whether numbers are written as `Number` reads them. */
export function isPlainNumber({ decimal = '.', thousands, unit }: ColumnDialect): boolean {
  return decimal === '.' && thousands === undefined && unit === undefined;
}

const groups: Readonly<Record<NonNullable<ColumnDialect['thousands']>, string>> = {
  '.': '\\.',
  ',': ',',
  ' ': '[ \u00a0\u202f]',
  "'": "['’]",
};

/**
 * Turns a number as this column writes it into one that `Number` reads; undefined for what is no such number. Digits are grouped by
 * three throughout, or not at all; a unit may stand before or after, or be left out.
 */
export function numberNormalizer(style: ColumnDialect): (text: string) => string | undefined {
  const { decimal = '.', thousands, unit } = style;
  const group = thousands === undefined ? undefined : groups[thousands];
  const whole = group === undefined ? '\\d+' : `\\d+|\\d{1,3}(?:${group}\\d{3})+`;
  const point = decimal === ',' ? ',' : '\\.';
  const blank = '[ \u00a0\u202f]?';
  const escaped = unit?.replace(/[.*+?^$()|[\]{}\\]/g, '\\$&');
  const before = escaped === undefined ? '' : `(?:${escaped}${blank})?`;
  const after = escaped === undefined ? '' : `(?:${blank}${escaped})?`;
  const pattern = new RegExp(
    `^(?:([+-]?)${before}|${before}([+-]))(?:(${whole})(?:${point}(\\d*))?|${point}(\\d+))([eE][+-]?\\d+)?${after}$`,
    'u',
  );
  const grouping = group === undefined ? undefined : new RegExp(group, 'gu');
  return (text) => {
    const match = pattern.exec(text);
    if (!match) return undefined;
    const [, sign = '', late = '', integer = '', decimals, only, exponent = ''] = match;
    const digits = grouping ? integer.replace(grouping, '') : integer;
    const part = decimals ?? only;
    return `${sign}${late}${digits}${part === undefined ? '' : `.${part}`}${exponent}`;
  };
}
