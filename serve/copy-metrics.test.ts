/** The metrics of copies: when each went well last, and whether it does now. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RecordedRun, RunState } from '../src/serving.js';
import { copyMetrics } from './copy-metrics.js';
import { createMetrics } from './metrics.js';

const run = (name: string, state: RunState, ended: string | null): RecordedRun => ({
  ...{ id: `${name} ${ended}`, kind: 'copy', name, state, ended, who: 'ana', host: 'h', program: 'p' },
  ...{ started: '2026-11-28T01:00:00Z', seconds: 1, input: {}, output: {}, error: null },
});

test('a copy that failed last shows so, and when it went well', async () => {
  const metrics = createMetrics();
  let runs: readonly RecordedRun[] = [
    run('crm', 'running', null),
    run('crm', 'quarantined', '2026-11-28T01:00:09Z'),
    run('crm', 'ended', '2026-11-27T01:00:09Z'),
    run('erp', 'ended', '2026-11-28T01:00:10Z'),
    run('new', 'gone', null),
  ];
  const refresh = copyMetrics(metrics, async () => runs);
  await refresh();
  const lines = (): string[] =>
    metrics
      .format()
      .split('\n')
      .filter((line) => line.startsWith('alambique'));
  const seconds = (time: string): number => Date.parse(time) / 1000;
  assert.deepEqual(lines(), [
    `alambique_copy_last_success_seconds{copy="crm"} ${seconds('2026-11-27T01:00:09Z')}`,
    `alambique_copy_last_success_seconds{copy="erp"} ${seconds('2026-11-28T01:00:10Z')}`,
    'alambique_copy_failed{copy="crm"} 1',
    'alambique_copy_failed{copy="erp"} 0',
    'alambique_copy_failed{copy="new"} 1',
  ]);
  runs = [run('crm', 'ended', '2026-11-28T02:00:00Z'), ...runs];
  await refresh();
  assert.ok(lines().includes('alambique_copy_failed{copy="crm"} 0'));
});

test('a record that cannot be read harms no metrics, and is not asked for every time', async () => {
  const metrics = createMetrics();
  let reads = 0;
  const refresh = copyMetrics(metrics, async () => {
    reads++;
    throw new Error('no database');
  });
  for (let i = 0; i < 42; i++) await refresh();
  assert.equal(reads, 2);
  assert.match(metrics.format(), /# TYPE alambique_copy_failed gauge/);
});
