import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { logSize, makeRoom, removeOldDays } from './retention.js';

const day = 86_400_000;
const noon = Date.UTC(2026, 10, 21, 12);

/** A folder with a file of `size` bytes for each of these days, and something else that is no day. */
function folderOf(t: TestContext, days: readonly string[], size = 100): string {
  const folder = mkdtempSync(join(tmpdir(), 'alambique-retention-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of days) writeFileSync(join(folder, `${name}.ndjson`), 'x'.repeat(size));
  writeFileSync(join(folder, 'notes.ndjson'), 'x'.repeat(size));
  return folder;
}

function daysIn(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => /^\d/.test(name));
  return names.map((name) => name.slice(0, 10)).sort();
}

const markOf = (folder: string): string => readFileSync(join(folder, 'retention'), 'utf8');

test('the days that are kept are today and so many before it', (t) => {
  const folder = folderOf(t, ['2026-11-10', '2026-11-11', '2026-11-12', '2026-11-21']);
  assert.equal(removeOldDays(folder, { now: new Date(noon), keepDays: 10 }), undefined);
  assert.deepEqual(daysIn(folder), ['2026-11-11', '2026-11-12', '2026-11-21']);
  assert.equal(markOf(folder), '2026-11-21T12:00:00.000Z');
  assert.ok(existsSync(join(folder, 'notes.ndjson')), 'what is no day of the log is left alone');
});

test('a folder without a day is left as it is', (t) => {
  const folder = folderOf(t, []);
  assert.equal(removeOldDays(folder, { now: new Date(noon), keepDays: 1 }), undefined);
  assert.ok(!existsSync(join(folder, 'retention')));
});

test('45 days since the last time are believed; of more, one day counts, and why is said', (t) => {
  const folder = folderOf(t, ['2026-11-01', '2026-11-21']);
  const mark = (): void => writeFileSync(join(folder, 'retention'), new Date(noon).toISOString());
  mark();
  const over = new Date(noon + 45 * day + 1);
  assert.equal(
    removeOldDays(folder, { now: over, keepDays: 10 }),
    'The clock is 45 days ahead of when old days were last removed: it is followed by a day an hour.',
  );
  // Today is taken for 22 November.
  assert.equal(markOf(folder), '2026-11-22T12:00:00.000Z');
  assert.deepEqual(daysIn(folder), ['2026-11-21']);
  mark();
  assert.equal(removeOldDays(folder, { now: new Date(noon + 45 * day), keepDays: 10 }), undefined);
  assert.deepEqual(daysIn(folder), []);
});

test('a mark that is no time is as if there were none: the last day counts', (t) => {
  const folder = folderOf(t, ['2026-11-01', '2026-11-21']);
  writeFileSync(join(folder, 'retention'), 'yesterday');
  const now = new Date('2027-06-01T00:00:00Z');
  assert.match(removeOldDays(folder, { now, keepDays: 10 })!, /^The clock is 192 days ahead/);
  assert.equal(markOf(folder), '2026-11-22T00:00:00.000Z');
});

test('the oldest files go until what is wanted fits exactly, and no more of them', (t) => {
  const days = ['2026-11-19', '2026-11-20', '2026-11-21'];
  const folder = folderOf(t, days);
  assert.equal(makeRoom(folder, { wanted: 50, most: 350 }), 300);
  assert.deepEqual(daysIn(folder), days);
  assert.equal(makeRoom(folder, { wanted: 50, most: 349 }), 200);
  assert.deepEqual(daysIn(folder), days.slice(1));
  const other = folderOf(t, days);
  assert.equal(makeRoom(other, { wanted: 50, most: 200 }), 100);
  assert.deepEqual(daysIn(other), days.slice(2));
  assert.equal(logSize(folder), 200);
});

test('the newest file stays, even where it alone is too large', (t) => {
  const folder = folderOf(t, ['2026-11-20', '2026-11-21']);
  assert.equal(makeRoom(folder, { wanted: 50, most: 10 }), 100);
  assert.deepEqual(daysIn(folder), ['2026-11-21']);
});
