import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Problem } from '../problem.js';
import { realBank } from '../testing/real-bank.js';
import { realData, withoutRealData } from '../testing/real-data.js';
import { category, date, number, yesNo } from './column-types.js';
import { labelsOf } from './dataset.js';
import { defineSchema } from './define-schema.js';
import { readCsv } from './read-csv.js';

const calls = defineSchema({
  moment: 'the call is placed',
  target: yesNo('y'),
  order: 'asked',
  before: {
    asked: date(),
    age: number({ range: [18, 120] }),
    pdays: number({ missing: [-1] }),
    job: category(),
  },
  after: { duration: number({ because: 'known when we hang up' }) },
});
const text = [
  '"asked";"age";"pdays";"job";"duration";"y"',
  '2010-01-02;41;-1;"services";10;"no"',
  '2010-01-01;58;5;"management";20;"yes"',
  '',
].join('\n');
let folder = '';
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alambique-schema-'));
});
after(async () => {
  await rm(folder, { recursive: true });
});
const file = async (content: string): Promise<string> => {
  const path = join(folder, 'calls.csv');
  await writeFile(path, content);
  return path;
};
const issues = async (reading: Promise<unknown>): Promise<string[]> => {
  try {
    await reading;
    return [];
  } catch (error) {
    assert.ok(error instanceof Problem, String(error));
    return error.issues.map(({ code, where }) => `${code} ${where?.line} ${where?.column}`);
  }
};

test('a file becomes a dataset in the order of time, with its hash', async () => {
  const { table, source, schema } = await readCsv(await file(text), calls);
  assert.deepEqual(table.names, ['asked', 'age', 'pdays', 'job', 'duration', 'y']);
  assert.deepEqual(table.row(1), {
    asked: Date.UTC(2010, 0, 2),
    age: 41,
    pdays: null,
    job: 'services',
    duration: 10,
    y: 'no',
  });
  assert.deepEqual(source, {
    name: 'calls.csv',
    sha256: createHash('sha256').update(text).digest('hex'),
    simulated: false,
  });
  assert.equal(schema, calls);
});

test('some columns may be kept; the target and the order always are', async () => {
  const { table } = await readCsv(await file(text), calls, { columns: ['age'] });
  assert.deepEqual(table.names, ['asked', 'age', 'y']);
});

test('what the file writes for blank is missing, where a value may be', async () => {
  const dialect = { missing: ['NA'] };
  const { table } = await readCsv(await file(text.replace('58;5', '58;NA')), calls, { dialect });
  assert.deepEqual([...table.numbers('pdays')], [Number.NaN, Number.NaN]);
  const bad = text.replace('41', 'NA').replace('"services"', 'NA').replace('2010-01-01', 'NA');
  assert.deepEqual((await issues(readCsv(await file(bad), calls, { dialect }))).sort(), [
    'schema-missing-value 2 age',
    'schema-missing-value 2 job',
    'schema-missing-value 3 asked',
  ]);
});

test('values are checked with their lines, headers with the nearest name', async () => {
  const bad = text.replace('58;5', '5;').replace('"no"', '"maybe"').replace('"services"', '');
  assert.deepEqual((await issues(readCsv(await file(bad), calls))).sort(), [
    'schema-missing-value 2 job',
    'schema-out-of-range 3 age',
    'schema-unknown-level 2 y',
  ]);
  const misspelt = await file(text.replace('duration', 'duratoin'));
  assert.deepEqual(await issues(readCsv(misspelt, calls)), [
    'csv-unknown-column 1 duratoin',
    'csv-missing-column 1 duration',
  ]);
  await assert.rejects(readCsv(misspelt, calls), /did you mean "duration"/i);
  assert.deepEqual(await issues(readCsv(await file(text.replace('"yes"', '')), calls)), [
    'schema-missing-value 3 y',
  ]);
});

const answers = defineSchema({
  moment: 'the letter is sent',
  target: yesNo('Churn'),
  before: { age: number(), paid: number(), since: date(), loan: yesNo() },
});
const sentence = async (
  content: string,
  schema: Parameters<typeof readCsv>[1] = answers,
): Promise<string[]> => {
  try {
    await readCsv(await file(content), schema);
    return [];
  } catch (error) {
    assert.ok(error instanceof Problem, String(error));
    return error.message.split('\n');
  }
};

test('a fault is told once a column, with how many more rows have it and what would read them', async () => {
  const rows = Array.from({ length: 300 }, (_, i) => `${i},7,2010-12-31,no,${i % 3 === 0 ? 'Yes' : 'No'}`);
  assert.deepEqual(await sentence(['age,paid,since,loan,Churn', ...rows].join('\n')), [
    `calls.csv, line 2, column "Churn": the level is not on the list, got "Yes", and so are 299 more rows. Expected one of "no" or "yes". Declare it as yesNo('Churn', { yes: 'Yes', no: 'No' }).`,
  ]);
  const other = rows.map((row) => row.replace(',7,', ',"1.007,5 €",').replace('2010-12-31', '31/12/2010').replace('Yes', 'yes').replace('No', 'no')); // biome-ignore format: one thought
  const lines = await sentence(['age,paid,since,loan,Churn', ...other].join('\n'));
  assert.equal(lines.length, 2);
  assert.match(
    lines[0]!,
    /column "paid": this is no number, got "1\.007,5 €", and so are 299 more rows\..*state dialect: { decimal: ',', thousands: '\.', columns: { paid: { unit: '€' } } }\.$/,
  );
  assert.match(
    lines[1]!,
    /column "since": this is no date.*299 more rows.*State dialect: { date: 'dmy' }\.$/,
  );
});

test('a third answer is met with the declaration for several, and a row without one is not to be optional', async () => {
  const rows = [
    '1,1,2010-12-31,no,yes',
    '1,1,2010-12-31,no,no',
    '1,1,2010-12-31,no,maybe',
    '1,1,2010-12-31,no,',
  ];
  const [third, none] = await sentence(['age,paid,since,loan,Churn', ...rows].join('\n'));
  assert.match(
    third!,
    /It has 3 levels \("yes", "no" and "maybe"\): declare it as category\('Churn'\), or leave/,
  );
  assert.match(none!, /line 5, column "Churn": the value is missing.*Leave rows without an outcome out/);
});

test('a header that differs only in the form of its letters is told so', async () => {
  const accented = defineSchema({ moment: 'now', target: yesNo('y'), before: { '\u00e2ge': number() } });
  const [unknown] = await sentence('a\u0302ge,y\n1,no\n', accented);
  assert.match(unknown!, /did you mean "\u00e2ge"\? It differs only in how its letters are composed/i);
  const dialect = { repairNames: true };
  const { table } = await readCsv(await file('a\u0302ge ,y\n1,no\n'), accented, { dialect });
  assert.deepEqual(table.names, ['\u00e2ge', 'y']);
});

test('the real bank file has its hash, its rows, its 5,289 yes and its missing days', {
  skip: withoutRealData('bank-full.csv'),
}, async () => {
  const data = await readCsv(realData('bank-full.csv')!, realBank);
  assert.equal(data.source.sha256, 'd1513ec63b385506f7cfce9f2c5caa9fe99e7ba4e8c3fa264b3aaf0f849ed32d');
  assert.equal(data.table.rowCount, 45211);
  assert.equal(
    labelsOf(data).reduce((sum, label) => sum + label, 0),
    5289,
  );
  const missing = data.table.numbers('pdays').filter(Number.isNaN).length;
  assert.equal((missing / 45211).toFixed(4), '0.8174');
});
