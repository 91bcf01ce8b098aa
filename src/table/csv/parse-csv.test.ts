/** A CSV text becomes a table, or issues with their lines. Long, because one parser is held to all of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../problem.js';
import type { CsvColumn, CsvOptions } from './csv.js';
import { CsvReader } from './csv-reader.js';
import { parseCsv } from './parse-csv.js';

const number = (name: string): CsvColumn => ({ name, kind: 'number' });
const text = (name: string): CsvColumn => ({ name, kind: 'category' });
const ab: CsvOptions = { columns: [number('a'), text('b')] };

const read = (source: string | Uint8Array, options: CsvOptions = ab): unknown[] => {
  const { table } = parseCsv(source, options);
  return Array.from({ length: table.rowCount }, (_, row) => Object.values(table.row(row)));
};

/** Every issue as "code line column"; none where the text is accepted. */
const complaints = (source: string | Uint8Array, options: CsvOptions = ab): string[] => {
  try {
    parseCsv(source, options);
    return [];
  } catch (error) {
    assert.ok(error instanceof Problem, String(error));
    return error.issues.map(({ code, where }) => `${code} ${where?.line ?? '-'} ${where?.column ?? '-'}`);
  }
};

const accepted: [string, string | Uint8Array, unknown[]][] = [
  [
    'LF',
    'a,b\n1,x\n2,y\n',
    [
      [1, 'x'],
      [2, 'y'],
    ],
  ],
  [
    'CRLF',
    'a,b\r\n1,x\r\n2,y\r\n',
    [
      [1, 'x'],
      [2, 'y'],
    ],
  ],
  [
    'both mixed, and none at the end',
    'a,b\r\n1,x\n2,y',
    [
      [1, 'x'],
      [2, 'y'],
    ],
  ],
  [
    'CRLF and no last line end',
    'a,b\r\n1,x\r\n2,y',
    [
      [1, 'x'],
      [2, 'y'],
    ],
  ],
  ['a byte order mark', '\ufeffa,b\n1,x\n', [[1, 'x']]],
  ['quotes around everything', '"a","b"\n"1","x"\n', [[1, 'x']]],
  ['a separator in quotes', 'a,b\n1,"x,y"\n', [[1, 'x,y']]],
  [
    'doubled quotes',
    'a,b\n1,"say ""hi"""\n2,""""\n',
    [
      [1, 'say "hi"'],
      [2, '"'],
    ],
  ],
  [
    'line breaks in quotes',
    'a,b\n1,"x\ny"\n2,"x\r\ny"\n',
    [
      [1, 'x\ny'],
      [2, 'x\r\ny'],
    ],
  ],
  [
    'empty fields, quoted or not, are missing',
    'a,b\n,\n"",""\n',
    [
      [null, null],
      [null, null],
    ],
  ],
  ['columns in another order', 'b,a\nx,1\n', [[1, 'x']]],
  ['blank lines at the end', 'a,b\n1,x\n\n\r\n\n', [[1, 'x']]],
  ['white space is part of a text', 'a,b\n1, x \n', [[1, ' x ']]],
  ['letters of several bytes', 'a,b\n1,ñandú 😀\n', [[1, 'ñandú 😀']]],
  ['tabs', 'a\tb\n1\tx,y;z\n', [[1, 'x,y;z']]],
  ['bars', 'a|b\n1|x\n', [[1, 'x']]],
  ['semicolons', 'a;b\n1;x\n', [[1, 'x']]],
  ['a quoted last field without a line end', 'a,b\n1,"x"', [[1, 'x']]],
  [
    'names that look like properties of objects',
    'a,b\n1,__proto__\n2,constructor\n',
    [
      [1, '__proto__'],
      [2, 'constructor'],
    ],
  ],
];
for (const [name, source, rows] of accepted) {
  test(`reads ${name}`, () => assert.deepEqual(read(source), rows));
}

const latin1 = (source: string): Uint8Array => Buffer.from(source, 'latin1');
const refused: [string, string | Uint8Array, string[]][] = [
  ['an empty file', '', ['csv-empty - -']],
  ['a header without rows', 'a,b\n', ['csv-no-rows - -']],
  ['a header without rows or line end', 'a,b', ['csv-no-rows - -']],
  ['a row that is too short', 'a,b\n1,x\n2\n', ['csv-ragged-row 3 -']],
  ['a row that is too long', 'a,b\n1,x,y\n', ['csv-ragged-row 2 -']],
  ['a blank line between rows', 'a,b\n1,x\n\n2,y\n', ['csv-blank-line 3 -']],
  ['a quote inside an unquoted field', 'a,b\n1,5" pipe\n', ['csv-stray-quote 2 b']],
  ['text after a closing quote', 'a,b\n1,"x"y\n', ['csv-text-after-quote 2 b']],
  ['a quote that never closes', 'a,b\n1,x\n2,"y\n3,z\n', ['csv-unterminated-quote 3 b']],
  ['a carriage return alone', 'a,b\n1,x\ry\n', ['csv-lone-carriage-return 2 b']],
  ['bytes that are not UTF-8', latin1('a,b\n1,x\n2,café\n3,y\n'), ['csv-bad-utf8 3 b']],
  ['a header that is not UTF-8', latin1('a,b,é\n1,x,y\n'), ['csv-bad-utf8 1 �', 'csv-unknown-column 1 �']],
  ['UTF-16', Buffer.from('\ufeffa,b\n1,x\n', 'utf16le'), ['csv-bad-utf8 1 -']],
  ['text in a column of numbers', 'a,b\nx,x\n', ['csv-not-a-number 2 a']],
  ['spaces around a number', 'a,b\n 1,x\n', ['csv-not-a-number 2 a']],
  ['a number too large', 'a,b\n1e400,x\n', ['csv-not-a-number 2 a']],
  ['a thousands separator', 'a;b\n1,000;x\n', ['csv-not-a-number 2 a']],
  ['NaN', 'a,b\nNaN,x\n', ['csv-not-a-number 2 a']],
  ['a column that nobody declared', 'a,b,c\n1,x,y\n', ['csv-unknown-column 1 c']],
  ['a column without a name', 'a,b,\n1,x,y\n', ['csv-unknown-column 1 ']],
  ['a column that is not there', 'a\n1\n', ['csv-missing-column 1 b']],
  ['a column twice', 'a,b,a\n1,x,2\n', ['csv-repeated-column 1 a']],
  [
    'everything at once, each on its line',
    'a,b\n1,"x\ny"\nz,x\n3\n4,5"\nw,"x""y"\n',
    ['csv-not-a-number 4 a', 'csv-ragged-row 5 -', 'csv-stray-quote 6 b', 'csv-not-a-number 7 a'],
  ],
];
for (const [name, source, expected] of refused) {
  test(`refuses ${name}`, () => assert.deepEqual(complaints(source), expected));
}

test('a misspelt column is met with the name that was meant', () => {
  assert.throws(
    () => parseCsv('a,balanse\n1,2\n', { columns: [number('a'), number('balance')] }),
    /did you mean "balance"/i,
  );
});

test('a stated separator is not second-guessed, and a header of one field asks about it', () => {
  assert.throws(() => parseCsv('a;b\n1;x\n', { ...ab, dialect: { separator: ',' } }), /state the separator/);
  assert.deepEqual(read('a;b\n1;x\n', { ...ab, dialect: { separator: ';' } }), [[1, 'x']]);
});

test('the separator is found by the names wanted, not by counting', () => {
  assert.deepEqual(read('"x,y,z";a;b\n1;2;3\n', { columns: [number('a'), number('b')], skip: ['x,y,z'] }), [
    [2, 3],
  ]);
});

test('at most so many issues are told, and all are counted', () => {
  const source = `a,b\n${'x,y\n'.repeat(200)}`;
  assert.throws(
    () => parseCsv(source, ab),
    (error: Problem) => {
      return error.issues.length === 50 && error.total === 200 && /and 150 more of 200/.test(error.message);
    },
  );
  assert.throws(
    () => parseCsv(source, { ...ab, mostIssues: 3 }),
    (error: Problem) => error.issues.length === 3,
  );
});

test('missing codes become missing, whatever their spelling', () => {
  const columns: CsvColumn[] = [
    { name: 'a', kind: 'number', missing: [-1] },
    { name: 'b', kind: 'category', missing: ['unknown'] },
  ];
  const { table } = parseCsv('a,b\n-1,unknown\n-1.0,x\n1,unknown\n', { columns });
  assert.deepEqual([...table.numbers('a')], [Number.NaN, Number.NaN, 1]);
  assert.deepEqual(table.categories('b').levels, ['x']);
  assert.deepEqual([...table.categories('b').codes], [-1, 0, -1]);
});

test('columns may be passed over, and an optional one may be absent', () => {
  assert.deepEqual(read('a,z,b\n1,?,x\n', { ...ab, skip: ['z'] }), [[1, 'x']]);
  assert.deepEqual(read('a,z,b\n1,?,x\n', { ...ab, skip: 'any' }), [[1, 'x']]);
  const columns: CsvColumn[] = [...ab.columns, { name: 'c', kind: 'number', optional: true }];
  assert.deepEqual(read('a,b\n1,x\n', { columns }), [[1, 'x', null]]);
});

test('a fault in a column that is passed over is still a fault', () => {
  assert.deepEqual(complaints(latin1('a,b,z\n1,x,é\n'), { ...ab, skip: ['z'] }), ['csv-bad-utf8 2 z']);
});

test('dates in both notations', () => {
  const columns: CsvColumn[] = [
    { name: 'a', kind: 'date' },
    { name: 'b', kind: 'date', format: 'dmy' },
  ];
  const day = Date.UTC(2010, 11, 31);
  assert.deepEqual(read('a,b\n2010-12-31,31/12/2010\n', { columns }), [[day, day]]);
  assert.deepEqual(complaints('a,b\n31/12/2010,31/02/2010\n', { columns }), [
    'csv-not-a-date 2 a',
    'csv-not-a-date 2 b',
  ]);
});

test('one column alone: a blank line is a missing value', () => {
  assert.deepEqual(read('a\n1\n\n2\n', { columns: [number('a')] }), [[1], [null], [2]]);
});

test('lineOf counts line breaks inside quotes', () => {
  const { lineOf } = parseCsv('a,b\n1,"x\ny\nz"\n2,y\n3,"p\nq"\n4,y\n', ab);
  assert.deepEqual([0, 1, 2, 3].map(lineOf), [2, 5, 6, 8]);
});

test('an unterminated quote does not swallow a large file into memory', () => {
  const reader = new CsvReader(ab);
  const line = new TextEncoder().encode(`1,${'x'.repeat(9997)}\n`);
  reader.push(new TextEncoder().encode('a,b\n1,"x\n'));
  for (let i = 0; i < 300; i++) reader.push(line);
  assert.throws(
    () => reader.finish(),
    (error: Problem) => {
      return error.issues[0]?.code === 'csv-unterminated-quote' && error.issues[0].where?.line === 2;
    },
  );
});

test('a record of more than a mebibyte is refused, whether it comes whole or in parts', () => {
  const bytes = Buffer.from(`a,b\n1,"${'x\n'.repeat(600000)}"\n`);
  for (const size of [bytes.length, 65536]) {
    const reader = new CsvReader(ab);
    for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
    assert.throws(
      () => reader.finish(),
      (error: Problem) => error.issues.length === 1 && error.issues[0]?.code === 'csv-unterminated-quote',
    );
  }
});

test('a file without line ends is refused before it fills the memory', () => {
  const reader = new CsvReader(ab);
  for (let i = 0; i < 40; i++) reader.push(new Uint8Array(65536).fill(65));
  assert.throws(() => reader.finish(), /csv-long-record|does not end within a mebibyte/);
});

test('how the bytes are cut makes no difference', () => {
  const good = Buffer.from('\ufeff"a";b\r\n1.5;"x;""y""\r\nñ"\r\n-2;😀\n3;"";\n'.replace('"";\n', '""\n'));
  const bad = Buffer.concat([good, latin1('4;é\r\nz;"p"q\r\n\r\n5\r6;x\n7;"open')]);
  for (const bytes of [good, bad]) {
    const outcome = (cut: number, size: number): unknown => {
      const reader = new CsvReader(ab);
      try {
        reader.push(bytes.subarray(0, cut));
        for (let at = cut; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
        const { table, lineOf } = reader.finish();
        return { rows: [0, 1, 2].map((row) => table.row(row)), lines: [0, 1, 2].map(lineOf) };
      } catch (error) {
        assert.ok(error instanceof Problem);
        return error.issues;
      }
    };
    const whole = outcome(bytes.length, 1);
    for (let cut = 0; cut < bytes.length; cut++) {
      assert.deepEqual(outcome(cut, bytes.length), whole, `cut at byte ${cut}`);
    }
    assert.deepEqual(outcome(0, 1), whole, 'byte by byte');
  }
});
