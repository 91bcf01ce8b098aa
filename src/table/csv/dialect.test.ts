/**
 * Reading under a dialect: every option by itself, and tables that come back however they were written.
 * Long, because every option of a dialect has its cases.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Problem } from '../../problem.js';
import type { Dialect } from '../dialect.js';
import type { CsvColumn } from './csv.js';
import { CsvReader } from './csv-reader.js';
import { parseCsv } from './parse-csv.js';

const columns: readonly CsvColumn[] = [
  { name: 'a', kind: 'number' },
  { name: 'b', kind: 'category' },
];
const read = (source: string, dialect: Dialect, kept = columns): unknown[] => {
  const { table } = parseCsv(source, { columns: kept, dialect });
  return Array.from({ length: table.rowCount }, (_, row) => Object.values(table.row(row)));
};
const codes = (source: string, dialect: Dialect, kept = columns): string[] => {
  try {
    read(source, dialect, kept);
    return [];
  } catch (error) {
    assert.ok(error instanceof Problem, String(error));
    return error.issues.map(({ code, where }) => `${code} ${where?.line ?? '-'}`);
  }
};

const plain = [
  [1, 'x'],
  [2, 'y'],
];
const accepted: [string, string, Dialect, unknown[]][] = [
  ['no header, with names', '1,x\n2,y\n', { header: ['a', 'b'] }, plain],
  ['a title before the header', 'Customers\n2026\na,b\n1,x\n2,y\n', { skipLines: 2 }, plain],
  ['comments anywhere', '# one\na,b\n# two, "three\n1,x\n2,y\n# four', { comments: '#' }, plain],
  ['blank lines anywhere', '\na,b\n\n1,x\n\n\n2,y\n', { blankLines: true }, plain],
  ['a trailing separator', 'a,b,\n1,x,\n2,y,\n', { trailingSeparator: true }, plain],
  ['a trailing separator that the header lacks', 'a,b\n1,x,\n2,y,\n', { trailingSeparator: true }, plain],
  ['an index without a name', ',a,b\n0,1,x\n1,2,y\n', { indexColumn: true }, plain],
  ['an index that the header lacks', 'a,b\n0,1,x\n1,2,y\n', { indexColumn: true }, plain],
  ['an index without a header', '0,1,x\n1,2,y\n', { indexColumn: true, header: ['a', 'b'] }, plain],
  ['blanks around fields', ' a , "b"\n 1, "x" \n2 ,y\t\n', { trim: true }, plain],
  ['blanks around a separator in quotes', 'a,b\n1, " x,y " \n', { trim: true }, [[1, ' x,y ']]],
  ['a line of blanks between rows', 'a,b\n1,x\n  \n2,y\n', { trim: true, blankLines: true }, plain],
  ['single quotes', "'a','b'\n1,'x,''y'''\n", { quote: "'" }, [[1, "x,'y'"]]],
  [
    'quotes that are characters',
    'a,b\n1,5" pipe\n2,"x"\n',
    { quote: '' },
    [
      [1, '5" pipe'],
      [2, '"x"'],
    ],
  ],
  ['spaces between fields', 'a b\n1 x\n2 y\n', { separator: ' ' }, plain],
  [
    'decimal commas',
    'a;b\n1,5;x\n-,25;y\n1e3;z\n',
    { decimal: ',' },
    [
      [1.5, 'x'],
      [-0.25, 'y'],
      [1000, 'z'],
    ],
  ],
  [
    'thousands',
    'a;b\n1.234.567,5;x\n999;y\n',
    { decimal: ',', thousands: '.' },
    [
      [1234567.5, 'x'],
      [999, 'y'],
    ],
  ],
  [
    'thousands by blanks',
    'a;b\n1\u202f234;x\n1\u00a0234;y\n-1 234;z\n',
    { thousands: ' ' },
    [
      [1234, 'x'],
      [1234, 'y'],
      [-1234, 'z'],
    ],
  ],
  ['thousands by apostrophes', 'a;b\n1’234.5;x\n', { thousands: "'" }, [[1234.5, 'x']]],
  [
    'percent',
    'a;b\n12.5 %;x\n-3%;y\n',
    { columns: { a: { unit: '%' } } },
    [
      [12.5, 'x'],
      [-3, 'y'],
    ],
  ],
  [
    'a currency',
    'a;b\n€ 1.000,50;x\n-€5;y\n5 €;z\n',
    { columns: { a: { unit: '€', decimal: ',', thousands: '.' } } },
    [
      [1000.5, 'x'],
      [-5, 'y'],
      [5, 'z'],
    ],
  ],
  [
    'missing texts',
    'a,b\nNA,x\n1,?\n-9,NA\n',
    { missing: ['NA', '?'], columns: { a: { missing: ['-9'] } } },
    [
      [null, 'x'],
      [1, null],
      [null, null],
    ],
  ],
  ['a line that names the separator', 'sep=|\na|b\n1|x\n', {}, [[1, 'x']]],
  ['a name twice', 'a,b,b\n1,x,y\n', { repairNames: true, columns: {} }, [[1, 'x']]],
];
for (const [name, source, dialect, rows] of accepted) {
  const kept = name === 'a name twice' ? [...columns, { name: 'b_2', kind: 'category' } as const] : columns;
  const expected = name === 'a name twice' ? [[1, 'x', 'y']] : rows;
  test(`reads ${name}`, () => assert.deepEqual(read(source, dialect, kept), expected));
  test(`reads ${name} however the bytes are cut`, () => {
    const bytes = Buffer.from(source);
    for (let cut = 0; cut <= bytes.length; cut++) {
      const reader = new CsvReader({ columns: kept, dialect });
      reader.push(bytes.subarray(0, cut));
      reader.push(bytes.subarray(cut));
      const { table } = reader.finish();
      assert.deepEqual(Object.values(table.row(0)), (expected as unknown[][])[0], `cut at byte ${cut}`);
      assert.equal(table.rowCount, expected.length);
    }
  });
}

const refused: [string, string, Dialect, string[]][] = [
  ['a decimal point where commas are stated', 'a;b\n1.5;x\n', { decimal: ',' }, ['csv-not-a-number 2']],
  [
    'groups that are not of three',
    'a;b\n1.23,5;x\n',
    { decimal: ',', thousands: '.' },
    ['csv-not-a-number 2'],
  ],
  ['another unit', 'a;b\n5 $;x\n', { columns: { a: { unit: '€' } } }, ['csv-not-a-number 2']],
  [
    'a field after the trailing separator',
    'a,b,\n1,x,z\n',
    { trailingSeparator: true },
    ['csv-ragged-row 2'],
  ],
  ['a row without the trailing separator', 'a,b,\n1,x\n', { trailingSeparator: true }, ['csv-ragged-row 2']],
  ['too few names', '1,x,z\n', { header: ['a', 'b'] }, ['csv-ragged-row 1']],
  ['a NUL byte', 'a,b\n1,x\0y\n', {}, ['csv-nul-byte 2']],
  [
    'a byte order mark in the middle',
    'a,b\n1,x\n\ufeffa,b\n',
    {},
    ['csv-stray-mark 3', 'csv-not-a-number 3'],
  ],
  ['a whole number that a double rounds', 'a,b\n9007199254740993,x\n', {}, ['csv-rounded-number 2']],
];
for (const [name, source, dialect, expected] of refused) {
  test(`refuses ${name}`, () => assert.deepEqual(codes(source, dialect), expected));
}

test('whole numbers that a double holds are taken, however large', () => {
  const text =
    'a,b\n9007199254740992,x\n-18014398509481984,x\n1152921504606847000,x\n1e+300,x\n12345678901234567890.5,x\n';
  assert.deepEqual(
    read(text, {}).map((row) => (row as unknown[])[0]),
    [2 ** 53, -(2 ** 54), 2 ** 60, 1e300, Number('12345678901234567890.5')],
  );
});

test('dates are read as the dialect writes them', () => {
  const day = Date.UTC(2010, 11, 31);
  const at: readonly [Dialect['date'], string, number][] = [
    ['mdy', '12/31/2010', day],
    ['mdy', 'Dec 31, 2010', day],
    ['dmy', '31-Dec-2010', day],
    ['dmy', '31.12.2010 09:30', day + 34200000],
    ['mdy', '12/31/2010 9:30 PM', day + 77400000],
    ['mdy', '12/31/2010 12:05:30 AM', day + 330000],
    ['ymd', '20101231', day],
    ['ymd', '2010/12/31', day],
    ['dmy-short', '31.12.10', day],
    ['mdy-short', '12/31/10', day],
    ['dmy-short', '1/1/69', Date.UTC(1969, 0, 1)],
    ['ym', '2010-12', Date.UTC(2010, 11, 1)],
    ['ym', '201012', Date.UTC(2010, 11, 1)],
    ['my', '12/2010', Date.UTC(2010, 11, 1)],
    ['my', 'Dec-2010', Date.UTC(2010, 11, 1)],
    ['epoch-seconds', '1293753600', day],
    ['epoch-milliseconds', '1293753600000', day],
  ];
  const kept: CsvColumn[] = [{ name: 'd', kind: 'date' }];
  for (const [date, text, expected] of at) {
    assert.deepEqual(read(`d\n"${text}"\n`, { separator: ';', date }, kept), [[expected]], `${date} ${text}`);
  }
  for (const [date, text] of [
    ['mdy', '31/12/2010'],
    ['ymd', '2010-12/31'],
    ['dmy', '31-Foo-2010'],
    ['mdy', '12/31/2010 13:00 PM'],
    ['ym', '2010-13'],
    ['dmy', '31/12/10'],
  ] as const) {
    assert.deepEqual(codes(`d\n"${text}"\n`, { separator: ';', date }, kept), ['csv-not-a-date 2'], text);
  }
});

const value = fc.double({ min: -1e9, max: 1e9, noNaN: true }).map((x) => Math.round(x * 100) / 100 + 0);
const rows = fc.array(fc.tuple(value, fc.constantFrom('x', 'y z', 'Zoë', '5" pipe')), {
  minLength: 1,
  maxLength: 8,
});

test('numbers come back from every way of writing them', () => {
  const grouped = (digits: string, group: string): string => digits.replace(/\B(?=(?:\d{3})+$)/g, group);
  const write = (
    x: number,
    { decimal = '.', thousands = '', unit }: { decimal?: string; thousands?: string; unit?: string },
  ): string => {
    const [whole = '', part] = Math.abs(x).toFixed(2).split('.');
    return `${x < 0 ? '-' : ''}${grouped(whole, thousands)}${decimal}${part}${unit === undefined ? '' : ` ${unit}`}`;
  };
  const styles = fc
    .record({
      decimal: fc.constantFrom('.' as const, ',' as const),
      thousands: fc.constantFrom('.' as const, ',' as const, ' ' as const, "'" as const, undefined),
      unit: fc.constantFrom('%', '€', 'EUR', '$', undefined),
    })
    .filter(({ decimal, thousands }) => decimal !== thousands);
  fc.assert(
    fc.property(rows, styles, fc.boolean(), (before, style, trim) => {
      const pad = trim ? ' ' : '';
      const text = before
        .map(([a, b]) => `${pad}${write(a, style)}${pad};${pad}"${b.replaceAll('"', '""')}"`)
        .join('\n');
      const { decimal, thousands, unit } = style;
      const dialect: Dialect = {
        decimal,
        header: ['a', 'b'],
        trim,
        columns: { a: { ...(thousands && { thousands }), ...(unit && { unit }) } },
        separator: ';',
      };
      assert.deepEqual(read(text, dialect), before);
    }),
  );
});
