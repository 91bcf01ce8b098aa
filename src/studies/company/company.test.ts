/** The simulated company: three programs that know the same clients, copied without any server. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { workspace } from '../../workspace.js';
import { crm, erp, stockControl } from './jobs.js';

const root = mkdtempSync(join(tmpdir(), 'alambique-company-'));
after(() => rmSync(root, { recursive: true, force: true }));

const read = (...path: string[]): string[][] =>
  readFileSync(join(root, 'data', 'raw', ...path), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));

test('its nightly copies are found in data/raw: loans as the credit-risk sample has them, their clients without names', async () => {
  for (const copy of [erp, crm, stockControl]) {
    const { outcome } = await copy.run({
      date: '2026-11-28',
      env: {},
      workspace: workspace(root),
      now: () => new Date('2026-11-28T01:00:00Z'),
      accept: false,
      say: () => {},
      forgotten: async () => (id) => id === '5000001',
      command: async () => 0,
    });
    assert.equal(outcome, 'done');
    assert.deepEqual([copy.group, copy.at, copy.timeZone], ['demo', '0 2 * * *', 'Europe/Madrid']);
  }
  const [header, ...loans] = read('erp', 'latest', 'loans.csv');
  assert.deepEqual(
    [header!.length, ...header!.slice(0, 3), ...header!.slice(-4)],
    [24, 'loan_id', 'id', 'code_gender', 'birthday', 'job_start_date', 'loan_date', 'loan_amount'],
  );
  const [clientHeader, ...clients] = read('crm', 'latest', 'clients.csv');
  assert.deepEqual(clientHeader, [
    'id',
    ...header!.filter((name) => !['loan_id', 'id', 'status', 'loan_date', 'loan_amount'].includes(name)),
  ]);
  const ids = clients.map(([id]) => id);
  assert.deepEqual([...new Set(loans.map(([, id]) => id))].sort(), ids);
  assert.ok(!ids.includes('5000001'));
  const [, ...invoices] = read('erp', 'latest', 'invoices.csv');
  assert.deepEqual(
    invoices.map(([, loan]) => loan),
    loans.map(([loan]) => loan),
  );
  const [, ...articles] = read('stock-control', 'latest', 'articles.csv');
  const [, ...stock] = read('stock-control', 'latest', 'stock.csv');
  assert.deepEqual([articles.length, stock.length], [400, 800]);
});
