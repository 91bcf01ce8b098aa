/** Files written in every odd way: what the bytes tell, why, and what is asked. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { Problem } from '../../problem.js';
import { zip } from '../../testing/zip.js';
import { readCsvTable } from '../csv/read-csv-table.js';
import type { Dialect } from '../dialect.js';
import { toWindows1252 } from '../file/windows-1252.js';
import { detectDialect } from './detect-dialect.js';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const body = 'age;job;y\n58;management;no\n44;technician;no\n33;services;yes\n47;management;no\n';
const comma = body.replaceAll(';', ',');
const withoutHeader = comma.slice(comma.indexOf('\n') + 1);

const found: [string, string | Uint8Array, Dialect, readonly string[]][] = [
  ['plain', comma, { separator: ',' }, ['age', 'job', 'y']],
  ['semicolons', body, { separator: ';' }, ['age', 'job', 'y']],
  ['tabs', comma.replaceAll(',', '\t'), { separator: '\t' }, ['age', 'job', 'y']],
  ['bars', comma.replaceAll(',', '|'), { separator: '|' }, ['age', 'job', 'y']],
  ['spaces', comma.replaceAll(',', ' '), { separator: ' ' }, ['age', 'job', 'y']],
  ['a line that names the separator', `sep=;\n${body}`, { separator: ';' }, ['age', 'job', 'y']],
  ['decimal commas', 'a;b\n1,5;2,5\n2,5;3,5\n3,5;1,5\n', { separator: ';' }, ['a', 'b']],
  [
    'decimal commas without a header',
    '1,5;2,5\n2,5;3,5\n3,5;1,5\n',
    { separator: ';', header: false },
    ['column1', 'column2'],
  ],
  ['no header', withoutHeader, { separator: ',', header: false }, ['column1', 'column2', 'column3']],
  [
    'single quotes',
    comma.replaceAll(/[a-z]+/g, "'$&, x'"),
    { separator: ',', quote: "'" },
    ['age, x', 'job, x', 'y, x'],
  ],
  ['stray quotes', 'pipe,n\n5" pipe,1\n7" pipe,2\n8" pipe,3\n', { separator: ',', quote: '' }, ['pipe', 'n']],
  ['blanks around fields', comma.replaceAll(',', ', '), { separator: ',', trim: true }, ['age', 'job', 'y']],
  [
    'a trailing separator',
    comma.replaceAll('\n', ',\n'),
    { separator: ',', trailingSeparator: true },
    ['age', 'job', 'y'],
  ],
  [
    'a trailing separator that the header lacks',
    comma.replaceAll('\n', ',\n').replace('y,', 'y'),
    { separator: ',', trailingSeparator: true },
    ['age', 'job', 'y'],
  ],
  [
    'the index of pandas',
    ',age,y\n0,41,no\n1,42,yes\n2,43,no\n',
    { separator: ',', indexColumn: true },
    ['age', 'y'],
  ],
  [
    'the row names of R',
    'age,y\n1,41,no\n2,42,yes\n3,43,no\n',
    { separator: ',', indexColumn: true },
    ['age', 'y'],
  ],
  ['comments', `# made by hand\n${comma}# the end\n`, { separator: ',', comments: '#' }, ['age', 'job', 'y']],
  ['blank lines', comma.replaceAll('\n', '\n\n'), { separator: ',', blankLines: true }, ['age', 'job', 'y']],
  [
    'a title',
    `Customers of 2026\n\n${comma}`,
    { separator: ',', skipLines: 2, blankLines: true },
    ['age', 'job', 'y'],
  ],
  ['a name twice', 'a,b,a\n1,2,3\n4,5,6\n', { separator: ',', repairNames: true }, ['a', 'b', 'a_2']],
  [
    'a column without a name',
    'a,,c\nx,2,3\ny,5,6\n',
    { separator: ',', repairNames: true },
    ['a', 'column2', 'c'],
  ],
  ['one column', 'age\n1\n2\n3\n', { separator: ',' }, ['age']],
  [
    'Windows-1252',
    toWindows1252(body.replaceAll('management', 'Señor €')),
    { encoding: 'windows-1252', separator: ';' },
    ['age', 'job', 'y'],
  ],
  [
    'UTF-16 with its mark',
    Buffer.from(`\ufeff${body}`, 'utf16le'),
    { encoding: 'utf-16le', separator: ';' },
    ['age', 'job', 'y'],
  ],
  [
    'UTF-16 without it',
    Buffer.from(body, 'utf16le').swap16(),
    { encoding: 'utf-16be', separator: ';' },
    ['age', 'job', 'y'],
  ],
  ['a mark of UTF-8', `\ufeff${body}`, { separator: ';' }, ['age', 'job', 'y']],
];
for (const [name, source, dialect, names] of found) {
  test(`finds ${name}`, async () => {
    const detected = await detectDialect(typeof source === 'string' ? utf8(source) : source);
    assert.deepEqual(detected.dialect, dialect);
    assert.deepEqual(detected.names, names);
    const options = Object.keys(dialect).filter((option) => option !== 'separator');
    const told = detected.reasons.map(({ option }) => option);
    assert.deepEqual([...new Set(told)].sort(), options.sort());
  });
}

test('a late letter that is not UTF-8 is found, however far from the beginning', async () => {
  const bytes = Buffer.concat([utf8(`name,n\n${'anna,1\n'.repeat(300000)}`), toWindows1252('josé,2\n')]);
  const { dialect, reasons } = await detectDialect(bytes);
  assert.equal(dialect.encoding, 'windows-1252');
  assert.match(reasons[0]!.because, /"josé"/);
});

test('what the bytes cannot tell is asked, with the choices', async () => {
  const asked = async (text: string): Promise<string[]> => {
    const { questions } = await detectDialect(utf8(text));
    return questions.map(
      ({ option, choices }) => `${option} ${choices.map((one) => JSON.stringify(one[option])).join(' or ')}`,
    );
  };
  assert.deepEqual(await asked('anna,bern\nkarl,genf\nruth,chur\n'), ['header true or false']);
  assert.deepEqual(await asked('land,2010,2011\nfr,1,2\nes,3,4\n'), ['header true or false']);
  assert.deepEqual(await asked('a,b;c,d\n1,2;3,4\n5,6;7,8\n'), ['separator "," or ";"']);
  assert.deepEqual(await asked(comma), []);
});

test('a file without a character is refused', async () => {
  for (const bytes of [new Uint8Array(0), utf8('\ufeff'), utf8('\n\n')]) {
    await assert.rejects(detectDialect(bytes), (error: Problem) => error.issues[0]?.code === 'csv-empty');
  }
});

let folder = '';
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alambique-detect-'));
});
after(async () => {
  await rm(folder, { recursive: true });
});

test('a packed file is looked at and read as the file that is in it, whatever its name', async () => {
  for (const [name, content] of [
    ['a.csv', utf8(body)],
    ['b.csv', gzipSync(body)],
    ['c.csv.gz', gzipSync(body)],
    ['d.zip', zip({ 'a.csv': utf8(body), '__MACOSX/._a.csv': utf8('x') })],
    ['e.zip', zip({ 'folder/a.csv': utf8(body) }, { stored: true })],
  ] as const) {
    const path = join(folder, name);
    await writeFile(path, content);
    const { dialect } = await detectDialect(path);
    const { table } = await readCsvTable(path, { dialect });
    assert.deepEqual(table.row(2), { age: '33', job: 'services', y: 'yes' }, name);
  }
});

test('what is no text is called by its name', async () => {
  const says = async (name: string, bytes: Uint8Array): Promise<string> => {
    await writeFile(join(folder, name), bytes);
    return detectDialect(join(folder, name)).then(
      () => 'nothing',
      (error: unknown) => (error instanceof Problem ? error.message : String(error)),
    );
  };
  assert.match(await says('x.csv', Buffer.from('PAR1\x15\x04\x15')), /the Parquet file cannot be read/);
  assert.match(await says('x.csv', zip({ 'xl/workbook.xml': utf8('') })), /the workbook cannot be read/);
  assert.match(
    await says('x.zip', zip({ 'a.csv': utf8(''), 'b.csv': utf8('') })),
    /holds 2 files.*"a.csv" and "b.csv"/s,
  );
  assert.match(await says('x.csv', Buffer.from([0xd0, 0xcf, 0x11, 0xe0])), /Excel workbook of the old kind/);
});
