import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Case, Contender, Report } from './bench.js';
import { findComparisons } from './comparisons.js';
import { formatResults, formatSeconds } from './format-result.js';
import { overLimit, race, underFloor } from './race.js';
import { median, quantile } from './statistics.js';

const ours: Contender = { name: 'ours', kind: 'node', program: 'ours' };
const theirs: Contender = { name: 'theirs', kind: 'python', program: 'theirs' };
const work: Case = { name: 'work', input: {}, contenders: [ours, theirs], rounds: 3 };
const report = (seconds: number[], first = 9): Report => ({
  seconds,
  cpuSeconds: [0.5],
  first,
  peakBytes: 1e6,
  answer: 1,
});

test('contenders take turns, and a ratio compares turns of one round', async () => {
  const turns: string[] = [];
  // The machine slows down from round to round, the ratio stays.
  const measurements = await race(work, work.contenders, async ({ name }) => {
    turns.push(name);
    const slow = 10 ** Math.floor((turns.length - 1) / 2);
    return report(name === 'ours' ? [2 * slow, 1 * slow, 50 * slow] : [4 * slow]);
  });
  assert.deepEqual(turns, ['ours', 'theirs', 'ours', 'theirs', 'ours', 'theirs']);
  assert.deepEqual(
    measurements.map(({ median, ratio, first }) => [median, ratio, first]),
    [
      [20, 1, 9],
      [40, 2, 9],
    ],
  );
});

test('contenders whose answers differ are not compared', async () => {
  const agree: Case['agree'] = (answers) =>
    assert.equal(new Set(answers.map(({ answer }) => answer)).size, 1);
  await assert.rejects(
    race({ ...work, agree }, work.contenders, async ({ name }) => ({ ...report([1]), answer: name })),
  );
});

test('what is over its limit is said', async () => {
  const alone = await race(work, [ours], async () => report([1]));
  assert.deepEqual(overLimit({ ...work, limit: { seconds: 1, peakBytes: 1e6 } }, alone), []);
  assert.deepEqual(overLimit({ ...work, limit: { seconds: 0.5, peakBytes: 4e5 } }, alone), [
    'ours took 1.000 s, more than the 0.5 s it may.',
    'ours held 1 MB, more than the 0 MB it may.',
  ]);
  const beside = await race(work, work.contenders, async ({ name }) => report([name === 'ours' ? 3 : 2]));
  assert.deepEqual(overLimit({ ...work, limit: { timesPeer: { theirs: 1.5 } } }, beside), []);
  assert.deepEqual(overLimit({ ...work, limit: { timesPeer: { theirs: 1.3 } } }, beside), [
    'ours took 1.50 times as long as theirs, more than the 1.3 it may.',
  ]);
  assert.deepEqual(overLimit({ ...work, limit: { timesPeerCpu: { theirs: 0.9 } } }, beside), [
    'ours took 1.00 times the processor time of theirs, more than the 0.9 it may.',
  ]);
  const answering = await race(work, work.contenders, async ({ name }) => ({
    ...report([1], 0.4),
    p99: name === 'ours' ? [0.9, 0.006, 0.002] : [0.002],
  }));
  assert.equal(answering[0]!.p99, 0.006);
  assert.deepEqual(
    overLimit({ ...work, limit: { first: 0.4, p99OverPeer: { theirs: 0.005 } } }, answering),
    [],
  );
  assert.deepEqual(overLimit({ ...work, limit: { first: 0.3, p99OverPeer: { theirs: 0.003 } } }, answering), [
    'ours first took 0.400 s, more than the 0.3 s it may.',
    'The slowest hundredth of ours took 4.0 ms longer than that of theirs, more than the 3.0 ms it may.',
  ]);
});

test('how time grows with rows stands in a table of its own', async () => {
  const measurements = await race(work, [ours], async () => report([4]));
  const sizes = [
    { rows: 1000, trees: 2 },
    { rows: 1_000_000, trees: 4 },
  ];
  const cases = sizes.map((size) => ({ name: 'c', size, measurements, skipped: [], failures: [] }));
  const page = formatResults([{ name: 'x', what: 'What.', machine: 'm', day: 'd', cases }]);
  assert.match(
    page,
    /\| rows \| ours \|\n\| --: \| --: \|\n\| 1,000 \| 2\.00 s \|\n\| 1,000,000 \| 1\.00 s \|/,
  );
});

test('scores short of their floors are said, those that hold are not', async () => {
  const scored = async ({ name }: Contender): Promise<Report> => ({
    ...report([1]),
    answer: { scores: { AUC: name === 'ours' ? 0.8 : 0.81 } },
  });
  const measurements = await race(work, work.contenders, scored);
  const short = (floors: NonNullable<Case['floors']>): number =>
    underFloor({ ...work, floors }, measurements).length;
  assert.equal(short({ AUC: { min: 0.8, max: 0.82, belowPeers: 0.011 } }), 0);
  assert.equal(short({ AUC: { min: 0.801, max: 0.79, belowPeers: 0.009 } }), 3);
  assert.equal(short({ Brier: { max: 1 } }), 1);
  const cases = [{ name: 'c', measurements, skipped: [], failures: [] }];
  const page = formatResults([{ name: 'x', what: 'What.', machine: 'm', day: 'd', cases }]);
  assert.match(page, /\| {2}\| AUC \| time/);
  assert.match(page, /\| theirs \| 0\.8100 \| 1\.00 s/);
});

test('quartiles are interpolated', () => {
  assert.equal(median([4, 1, 3, 2]), 2.5);
  assert.equal(quantile([1, 2, 3, 4, 5], 0.25), 2);
  assert.equal(quantile([7], 0.75), 7);
  assert.ok(Number.isNaN(median([])));
});

test('the page has a row for each contender, and says what did not run', async () => {
  const measurements = await race(work, [ours], async () => report([0.0271]));
  const page = formatResults([
    {
      name: 'x',
      what: 'What.',
      machine: 'm',
      day: 'd',
      cases: [{ name: 'c', measurements, skipped: ['theirs, because'], failures: [] }],
    },
  ]);
  assert.match(
    page,
    /\| ours \| 27\.1 ms \(27\.1 ms to 27\.1 ms\) \| 500 ms \| 9\.00 s \| 1 MB \| 1\.00 × \|/,
  );
  assert.match(page, /Not run: theirs, because\./);
  assert.equal(formatSeconds(8e-7), '0.800 µs');
});

test('every comparison has a name of its own, as its file says', async () => {
  const names = (await findComparisons()).map(({ name }) => name);
  assert.ok(names.includes('read-csv'));
  assert.equal(new Set(names).size, names.length);
});
