/** Copies: whole nights only, one a date, nothing unusual published, nobody's data that is not needed. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { writeSqlite } from '../io/databases/write-sqlite.js';
import type { JobContext, JobResult } from '../jobs/job.js';
import type { Problem } from '../problem.js';
import { workspace } from '../workspace.js';
import type { CopySpec } from './copy.js';
import { defineCopy } from './define-copy.js';
import { folderNights } from './folder-nights.js';
import { readNight } from './read-night.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'alambique-copy-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const loan = (i: number): [number, string, number] => [i, `client ${i % 7}`, i / 4];

async function makeSource({
  loans = 100,
  type = 'real',
}: {
  loans?: number;
  type?: string;
} = {}): Promise<void> {
  await writeSqlite(join(root, 'crm.db'), {
    clients: { columns: { id: 'text', name: 'text', email: 'text' }, key: ['id'], rows: Array.from({ length: 7 }, (_, i) => [`client ${i}`, `Ñ, "${i}"`, i === 3 ? null : `${i}@example.org`]) }, // biome-ignore format: one thought
    loans: { columns: { loan_id: 'integer', id: 'text', amount: type }, rows: Array.from({ length: loans }, (_, i) => loan(i)) }, // biome-ignore format: one thought
  });
}

const usual: CopySpec = {
  name: 'crm',
  from: 'sqlite:crm.db',
  tables: { clients: {}, loans: { keys: ['loan_id'] } },
  to: 'raw/crm',
  at: '0 2 * * *',
  timeZone: 'Europe/Madrid',
};

function copyOn(
  date: string,
  spec: Partial<CopySpec> = {},
  changes: Partial<JobContext> = {},
): Promise<JobResult> {
  return defineCopy({ ...usual, ...spec }).run({
    date,
    env: {},
    workspace: workspace(root),
    now: () => new Date(`${date}T01:00:03Z`),
    accept: false,
    say: () => {},
    forgotten: async () => () => false,
    command: async () => 0,
    ...changes,
  });
}

const place = (...parts: string[]): string => join(root, 'raw', 'crm', ...parts);
const nights = () => folderNights(place());

test('a night is whole: files with their length and hash, columns with types, the moment; then latest shows it', async () => {
  await makeSource();
  const { outcome, missed } = await copyOn('2026-11-28');
  assert.deepEqual([outcome, missed], ['done', []]);
  assert.deepEqual(readdirSync(place()).sort(), ['.aside', '2026-11-28', 'latest', 'latest.json']);
  assert.deepEqual(readdirSync(place('.aside')), []);
  assert.equal(readlinkSync(place('latest')), '2026-11-28');
  const manifest = (await nights().manifest('2026-11-28'))!;
  assert.deepEqual(
    manifest.tables.map(({ name, file, rows, keys }) => [name, file, rows, keys]),
    [
      ['clients', 'clients.csv', 7, ['id']],
      ['loans', 'loans.csv', 100, ['loan_id']],
    ],
  );
  for (const { file, bytes, sha256 } of manifest.tables) {
    const content = readFileSync(place('latest', file));
    assert.deepEqual([content.length, createHash('sha256').update(content).digest('hex')], [bytes, sha256]);
  }
  assert.equal(
    readFileSync(place('2026-11-28', 'clients.csv'), 'utf8').split('\n')[4],
    'client 3,"Ñ, ""3""",',
  );
  assert.deepEqual(manifest.tables[1]!.columns, [
    { name: 'loan_id', type: 'integer', kind: 'bigint' },
    { name: 'id', type: 'text', kind: 'string' },
    { name: 'amount', type: 'real', kind: 'double' },
  ]);
  assert.ok(!Number.isNaN(Date.parse(manifest.snapshot.time)));
});

test('a reader is told where the files of a night are', async () => {
  await makeSource();
  const at = { place: { env: {}, workspace: workspace(root) } };
  await assert.rejects(readNight('raw/crm', at), { message: /No night was copied to raw\/crm yet/ });
  await copyOn('2026-11-27');
  await copyOn('2026-11-28');
  const { date, files } = await readNight('raw/crm', at);
  assert.deepEqual([date, files.loans], ['2026-11-28', place('2026-11-28', 'loans.csv')]);
  assert.equal((await readNight('raw/crm', { ...at, date: '2026-11-27' })).date, '2026-11-27');
  await assert.rejects(readNight('raw/crm', { ...at, date: '2026-11-26' }), {
    message: /There is no night of 2026-11-26/,
  });
});

test('a repeated start does nothing, and mends a `latest` that was not moved any more', async () => {
  await makeSource();
  await copyOn('2026-11-28');
  const before = readFileSync(place('2026-11-28', 'manifest.json'));
  await makeSource({ loans: 110 });
  rmSync(place('latest.json'));
  const { outcome, why } = await copyOn('2026-11-28');
  assert.deepEqual([outcome, why], ['nothing', 'The night of 2026-11-28 is there already.']);
  assert.deepEqual(readFileSync(place('2026-11-28', 'manifest.json')), before);
  assert.equal(await nights().latest(), '2026-11-28');
});

test('another copy does not take the nights of this one for its own', async () => {
  await makeSource();
  await copyOn('2026-11-28');
  await assert.rejects(copyOn('2026-11-28', { name: 'erp' }), {
    message: /the night of 2026-11-28 is one of the copy "crm"\. Give each copy a place of its own\./,
  });
});

test('of 12 that start at once one publishes, and the others do nothing', async () => {
  await makeSource();
  const results = await Promise.all(Array.from({ length: 12 }, () => copyOn('2026-11-28')));
  assert.deepEqual(results.map(({ outcome }) => outcome).sort(), ['done', ...Array(11).fill('nothing')]);
  assert.deepEqual(readdirSync(place('.aside')), []);
  assert.deepEqual(await nights().dates(), ['2026-11-28']);
});

test('after missed nights one copy runs under its own date, and the gap is recorded', async () => {
  await makeSource();
  await copyOn('2026-10-23');
  const { outcome, missed } = await copyOn('2026-10-27');
  assert.deepEqual([outcome, missed], ['done', ['2026-10-24', '2026-10-25', '2026-10-26']]);
  assert.deepEqual(await nights().dates(), ['2026-10-23', '2026-10-27']);
  assert.deepEqual((await nights().manifest('2026-10-27'))?.missed, missed);
});

test('a night from before does not move latest back', async () => {
  await makeSource();
  await copyOn('2026-11-28');
  assert.equal((await copyOn('2026-11-20')).outcome, 'done');
  assert.equal(await nights().latest(), '2026-11-28');
});

test('what is unlike the nights before is quarantined: the last good night stays, until a person accepts it', async () => {
  await makeSource();
  await copyOn('2026-11-26');
  const reasons = async (change: () => Promise<void>): Promise<string | undefined> => {
    await change();
    const { outcome, why } = await copyOn('2026-11-27');
    assert.equal(outcome, 'quarantined');
    assert.equal(await nights().latest(), '2026-11-26');
    assert.deepEqual(await nights().dates(), ['2026-11-26']);
    return why?.split(' It is kept in ')[0];
  };
  assert.equal(await reasons(() => makeSource({ loans: 40 })), '"loans": 40 rows, and 100 are usual.');
  assert.equal(await reasons(() => makeSource({ loans: 160 })), '"loans": 160 rows, and 100 are usual.');
  assert.equal(await reasons(() => makeSource({ loans: 0 })), '"loans": 0 rows, and 100 are usual.');
  assert.equal(
    await reasons(() => makeSource({ type: 'text' })),
    '"loans": "amount" is text now, and was real.',
  );
  assert.equal(readdirSync(place('quarantine')).length, 4);
  await makeSource({ loans: 160 });
  assert.equal((await copyOn('2026-11-27', {}, { accept: true })).outcome, 'done');
  assert.equal(await nights().latest(), '2026-11-27');
});

test('a column that came, went or was renamed quarantines the night', async () => {
  await makeSource();
  await copyOn('2026-11-26');
  const { why } = await copyOn('2026-11-27', {
    tables: { clients: { drop: ['email'] }, loans: { columns: ['id', 'amount', 'loan_id'] } },
  });
  assert.match(why!, /^"clients": "email" is there no more\. It is kept/);
});

test('expectations and keys hold for every night, accepted or not', async () => {
  await makeSource();
  const expectations = {
    rows: { atLeast: 101, atMost: 99 },
    columns: {
      amount: { least: 1, most: 24 },
      id: { oneOf: ['client 0', 'client 1'] },
      loan_id: { filled: true },
    },
  };
  const { outcome, why } = await copyOn(
    '2026-11-27',
    {
      tables: {
        clients: { expectations: { columns: { email: { filled: true } } } },
        loans: { keys: ['id'], expectations },
      },
    },
    { accept: true },
  );
  assert.equal(outcome, 'quarantined');
  assert.equal(
    why!.split(' It is kept')[0],
    [
      '"clients": "email" is missing in 1 row.',
      '"loans": "id" is not unique.',
      '"loans": 100 rows, expected at least 101.',
      '"loans": 100 rows, expected at most 99.',
      '"loans": "amount" is less than 1 in 4 rows.',
      '"loans": "id" is none of client 0, client 1 in 70 rows.',
      '"loans": "amount" is more than 24 in 3 rows.',
    ].join(' '),
  );
});

test('columns are dropped or become pseudonyms, and rows about forgotten people are left out', async () => {
  await makeSource();
  const tables = {
    clients: { drop: ['name'], pseudonymise: ['email'], person: 'id' },
    loans: { person: 'id', pseudonymise: ['id'] },
  };
  await assert.rejects(copyOn('2026-11-27', { tables }), { message: /ALAMBIQUE_PSEUDONYM_KEY/ });
  const copyWith = (date: string, key: string): Promise<JobResult> =>
    copyOn(
      date,
      { tables },
      { env: { ALAMBIQUE_PSEUDONYM_KEY: key.repeat(32) }, forgotten: async () => (id) => id === 'client 5' },
    );
  await copyWith('2026-11-27', 'k');
  const rowsOf = (date: string, table: string): string[][] =>
    readFileSync(place(date, `${table}.csv`), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => line.split(','));
  const clients = rowsOf('2026-11-27', 'clients');
  assert.deepEqual(
    clients.map(([id]) => id),
    ['id', 'client 0', 'client 1', 'client 2', 'client 3', 'client 4', 'client 6'],
  );
  assert.deepEqual(
    clients.map(([, email]) => email?.length),
    [5, 32, 32, 32, 0, 32, 32],
  );
  const loans = rowsOf('2026-11-27', 'loans');
  assert.equal(loans.length, 1 + 100 - 14);
  assert.equal(new Set(loans.slice(1).map(([, id]) => id)).size, 6);
  const manifest = (await nights().manifest('2026-11-27'))!;
  assert.deepEqual(
    manifest.tables.map(({ rows, leftOut }) => [rows, leftOut]),
    [
      [6, 1],
      [86, 14],
    ],
  );
  assert.equal(manifest.tables[0]!.columns[1]!.type, 'pseudonym');
  await copyWith('2026-11-28', 'k');
  assert.deepEqual(rowsOf('2026-11-28', 'loans'), loans);
  await copyWith('2026-11-29', 'j');
  assert.notDeepEqual(rowsOf('2026-11-29', 'loans'), loans);
});

test('old nights and old quarantine go when their time is over, the last one never', async () => {
  await makeSource();
  await copyOn('2026-08-29');
  await copyOn('2026-08-30');
  await makeSource({ loans: 10 });
  await copyOn('2026-08-31');
  await makeSource();
  const { output } = await copyOn('2026-11-28', { keep: '90 days' });
  assert.deepEqual(output?.removed, ['2026-08-29']);
  assert.deepEqual(await nights().dates(), ['2026-08-30', '2026-11-28']);
  assert.equal(readdirSync(place('quarantine')).length, 1);
  await copyOn('2027-11-28', { keep: '90 days' });
  assert.deepEqual(await nights().dates(), ['2027-11-28']);
  assert.deepEqual(readdirSync(place('quarantine')), []);
});

test('what the source does not have is told at once, and nothing is left behind', async () => {
  await makeSource();
  await assert.rejects(
    copyOn('2026-11-28', { tables: { clients: { drop: ['nmae'], columns: ['id', 'mail'] }, loan: {} } }),
    (error: Problem) => {
      assert.deepEqual(
        error.issues.map(({ code, what }) => [code, what]),
        [
          ['copy-no-column', 'the table "clients" has no column "mail"'],
          ['copy-no-column', 'the table "clients" has no column "nmae"'],
          ['copy-no-table', 'the source has no table "loan"'],
        ],
      );
      return true;
    },
  );
  await assert.rejects(copyOn('2026-11-28', { from: 'env:CRM' }), { message: /does not say where CRM is/ });
  assert.equal(existsSync(place()) && readdirSync(place()).length > 0, false);
});

test('a database that is away for a moment is told, and waited for', async () => {
  const stop = new AbortController();
  const said: string[] = [];
  const say = (text: string): void => {
    said.push(text);
    stop.abort();
  };
  const from = 'postgres://reader:secret@127.0.0.1:9/erp';
  await assert.rejects(copyOn('2026-11-28', { from }, { say, signal: stop.signal }), { name: 'AbortError' });
  assert.equal(said.length, 1);
  assert.match(
    said[0]!,
    /^The database at postgres:\/\/…@127\.0\.0\.1:9\/erp is not there.*It is tried again in 30 seconds\.$/,
  );
  await assert.rejects(copyOn('2026-11-28', { from, retries: 0 }), { message: /is not there/ });
});

test('what is checked or tells people apart cannot be left out, and what stands in the way is not replaced', async () => {
  await makeSource();
  const loans = { drop: ['id', 'amount'], person: 'id', expectations: { columns: { amount: { least: 0 } } } };
  await assert.rejects(copyOn('2026-11-28', { tables: { loans } }), (error: Problem) => {
    assert.deepEqual(
      error.issues.map(({ code, what }) => [code, /"(\w+)"/.exec(what)?.[1]]),
      [
        ['copy-column-left-out', 'id'],
        ['copy-column-left-out', 'amount'],
      ],
    );
    return true;
  });
  mkdirSync(place('2026-11-28'), { recursive: true });
  writeFileSync(place('2026-11-28', 'notes.txt'), 'mine');
  await assert.rejects(copyOn('2026-11-28'), { message: /something stands where the night belongs/ });
  assert.deepEqual(readdirSync(place('2026-11-28')), ['notes.txt']);
});

test('a copy is checked when it is defined', () => {
  const wrong = { name: 'C R M', from: '', tables: {}, to: '', at: 'two', timeZone: 'Madrid', keep: 'long' };
  assert.throws(
    () => defineCopy(wrong),
    (error: Problem) => {
      assert.deepEqual(
        error.issues.map(({ code }) => code),
        ['job-name', 'job-time-zone', 'copy-keep', 'copy-spec', 'copy-spec', 'copy-spec'],
      );
      return true;
    },
  );
});
