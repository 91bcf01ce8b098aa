/** `alambique update`: what is served moves on to new sales, by hand and by the clock, and says so. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { until } from '../forecast/panel/until.js';
import { loadServed } from '../forecast/study/load-served.js';
import { defineJob } from '../jobs/job.js';
import { readDecisions } from '../store/registry.js';
import { smallForecastStudy, smallPanel } from '../testing/small-forecasts.js';
import { watchedEffects } from '../testing/watched-effects.js';
import type { Effects } from './command.js';
import { runCommandLine } from './run-command-line.js';

/** A file that says how many of the panel's last weeks are still to come. */
const study = {
  ...smallForecastStudy,
  data: {
    file: 'tea/sales.csv',
    read: async (path: string) => until(smallPanel(), Number(readFileSync(path, 'utf8'))),
  },
};
const job = defineJob({ name: 'tea-weekly', at: '0 6 * * 1', command: ['update', 'tea-stock'] });
let hour = 6;
const watched = watchedEffects({
  studies: { 'tea-stock': async () => study },
  now: () => new Date(Date.UTC(2026, 10, 21, hour)),
  jobs: async () => ({ jobs: [job], issues: [], origins: {} }),
});
after(watched.remove);
const { workspace, taken } = watched;
const effects: Effects = {
  ...watched.effects,
  command: (args, out) => runCommandLine(args, { ...effects, out }),
};
const store = { folder: workspace.models };
const folder = join(workspace.raw, 'tea');

function weeksToCome(count: number): void {
  hour++;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'sales.csv'), String(count));
}

test('new sales become what is served, with a record of what was updated; a job does the same by the clock', async () => {
  assert.equal(await runCommandLine(['update', 'tea-stock'], effects), 1);
  assert.match(taken().err, /There is no artefact "champion" of the study "tea-stock"/);
  weeksToCome(2);
  assert.equal(await runCommandLine(['run', 'tea-stock'], effects), 0);
  const first = loadServed('tea-stock', store).forecasts!;
  taken();
  assert.equal(await runCommandLine(['update', 'tea-stock'], effects), 1);
  assert.match(taken().err, /There is no new period: the sales end with 2025-12-08/);
  weeksToCome(1);
  assert.equal(await runCommandLine(['update', 'tea-stock', '--data', folder], effects), 0);
  const second = loadServed('tea-stock', store).forecasts!;
  assert.equal(second.past.periods.at(-1), '2025-12-15');
  assert.match(
    taken().out,
    new RegExp(
      `${second.version}\\n +It is the champion, updated from ${first.version}\\. .*\\nSales: +known through 2025-12-15 \\(before: 2025-12-08\\); ".*" learned from those through 2025-12-08\\.\\n$`,
    ),
  );
  weeksToCome(0);
  assert.equal(await runCommandLine(['job', 'run', 'tea-weekly'], effects), 0);
  const third = loadServed('tea-stock', store).forecasts!;
  assert.equal(third.past.periods.at(-1), '2025-12-22');
  assert.deepEqual(
    readDecisions('tea-stock', store).map(({ what, from, to }) => [what, from, to]),
    [
      ['first', null, first.version],
      ['updated', first.version, second.version],
      ['updated', second.version, third.version],
    ],
  );
  taken();
  assert.equal(await runCommandLine(['runs', '--kind', 'update', '--json'], effects), 0);
  const { runs } = JSON.parse(taken().out) as { runs: { state: string; output: unknown }[] };
  assert.deepEqual(
    runs.map(({ state }) => state),
    ['ended', 'ended', 'failed', 'failed'],
  );
  assert.deepEqual(runs[0]!.output, {
    knownThrough: '2025-12-22',
    learnedThrough: '2025-12-08',
    version: third.version,
  });
});

test('a study of rows has nothing to move on', async () => {
  const { effects: others, taken: said, remove } = watchedEffects({});
  after(remove);
  assert.equal(await runCommandLine(['update', 'small'], others), 2);
  assert.match(said().err, /"small" forecasts nothing[\s\S]*alambique run small/);
});
