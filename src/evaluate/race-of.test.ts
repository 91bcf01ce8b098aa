import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { Problem } from '../problem.js';
import { predictionsOf } from '../task/define-metric.js';
import { f1 } from '../task/metrics/at-cutoff.js';
import { auc } from '../task/metrics/auc.js';
import { logLoss } from '../task/metrics/mean-loss.js';
import type { Metric } from '../task/predictions.js';
import type { Protocol } from './evaluate.js';
import { estimateAll } from './intervals.js';
import type { Pipeline } from './pipeline.js';
import type { Race, RaceFailure } from './race.js';
import { raceOf } from './race-of.js';

/** 200 rows, a yes in two, and how far apart a candidate puts them: `noise` of 0 ranks all pairs right. */
const labels = Array.from({ length: 200 }, (_, i) => i % 2);
const noise = (i: number): number => (((i * 7919) % 199) / 199 - 0.5) * 0.98;
/** With other noise where the share is negative. */
const told = (share: number): number[] =>
  labels.map((label, i) => {
    const own = Math.abs(share);
    return 0.5 + own * 0.4 * (label - 0.5) + (1 - own) * noise(share < 0 ? 3 * i + 1 : i);
  });

const candidate = (name: string): Pipeline => ({
  name,
  columns: [],
  fit: () => assert.fail('nothing is fitted'),
  toJSON: () => ({ name }),
});

const protocol = (name: string, own: Partial<Protocol> = {}): Protocol => ({
  ...{ name, kind: 'random', meaning: `means ${name}`, params: {}, folds: () => [] },
  ...own,
});

/** A race of candidates that tell so much under each protocol, the simplest first. */
function raceWhere(
  shares: Readonly<Record<string, readonly number[]>>,
  {
    metrics = [auc],
    protocols = [protocol('shuffle')],
    failures = [],
  }: {
    metrics?: readonly Metric[];
    protocols?: readonly Protocol[];
    failures?: readonly RaceFailure[];
  } = {},
): Race {
  const candidates = Object.keys(shares).map(candidate);
  const cells = candidates.flatMap((one) =>
    protocols.map((protocol, p) => {
      const predictions = predictionsOf(labels, told(shares[one.name]![p]!));
      return {
        candidate: one,
        protocol,
        predictions,
        estimates: estimateAll(metrics, predictions, { samples: 50 }),
      };
    }),
  );
  return raceOf({
    candidates,
    failures,
    protocols,
    metrics,
    cells,
    cutoff: undefined,
    seed: 3,
    rowCount: 200,
  });
}

test('a candidate of several differences is resampled once', () => {
  let judged = 0;
  const counted: Metric = {
    ...logLoss,
    prepare: (predictions) => {
      const measure = logLoss.prepare(predictions);
      return (counts) => {
        judged++;
        return measure(counts);
      };
    },
  };
  const race = raceWhere({ low: [0.2], middle: [0.5], high: [0.9] }, { metrics: [counted] });
  const plain = raceWhere({ low: [0.2], middle: [0.5], high: [0.9] }, { metrics: [logLoss] });
  judged = 0;
  for (const [a, b] of [
    ['high', 'low'],
    ['high', 'middle'],
    ['low', 'middle'],
  ] as const)
    assert.deepEqual(race.difference(a, b), plain.difference(a, b));
  assert.equal(judged, 3 * 1000);
});

test('the best has the highest AUC, or the lowest loss; of equals the simpler stands first', () => {
  const race = raceWhere({ a: [0.2], b: [0.6], c: [0.6], d: [0.4] }, { metrics: [auc, logLoss] });
  assert.deepEqual(race.ranking(), ['b', 'c', 'd', 'a']);
  assert.equal(race.best().name, 'b');
  const losses = race.ranking('log loss').map((name) => race.estimate(name, 'log loss').value);
  assert.deepEqual(
    losses,
    [...losses].sort((one, other) => one - other),
  );
  assert.deepEqual(
    race.rows.map(({ name }) => name),
    race.ranking(),
  );
});

test('the best is the first of the order, the simplest first, that is not surely behind the leader', () => {
  const race = raceWhere({ none: [0], nearly: [-0.45], best: [0.51], more: [-0.45] });
  const { value, error } = race.difference('best', 'nearly');
  assert.ok(value > 0 && value <= error, 'nearly as good');
  assert.equal(race.best().name, 'nearly');
  const first = (...simplestFirst: string[]): string => race.best('AUC', { simplestFirst }).name;
  // The best itself is within any error, and stands before what is less simple.
  assert.equal(first('none', 'best', 'nearly'), 'best');
  assert.equal(first('more', 'best'), 'more');
  assert.equal(first('none'), 'best', 'where none of the order is, it is the best');
  const same = raceWhere({ one: [0.5], other: [0.5] });
  assert.equal(same.ranking()[0], 'one');
  const equal = same.best('AUC', { simplestFirst: ['other', 'one'] });
  assert.equal(equal.name, 'other', 'no error, and no difference');
  const byLoss = raceWhere({ none: [0], good: [0.7] }, { metrics: [logLoss] });
  assert.equal(byLoss.best().name, 'good');
});

test('a metric without a value ranks last, is a dash, and is explained', () => {
  const odd: Metric = { ...auc, name: 'odd', whyNone: () => 'it was not asked for', value: () => Number.NaN };
  const candidates = ['a', 'b'].map(candidate);
  const protocols = [protocol('shuffle')];
  const cells = candidates.map((one, i) => {
    const predictions = predictionsOf(labels, told(0.5));
    const [known] = estimateAll([auc], predictions);
    const none = { ...known!, value: Number.NaN, low: Number.NaN, high: Number.NaN, error: Number.NaN };
    return { candidate: one, protocol: protocols[0]!, predictions, estimates: [i === 0 ? none : known!] };
  });
  const race = raceOf({
    candidates,
    failures: [],
    protocols,
    metrics: [odd],
    cells,
    cutoff: undefined,
    seed: 1,
    rowCount: 200,
  });
  assert.deepEqual(race.ranking(), ['b', 'a']);
  assert.match(inspect(race), /\na +–\n/);
  assert.match(inspect(race), /odd has no value for "a": it was not asked for\./);
  const json = race.toJSON() as { candidates: { name: string; scores: { estimates: object[] }[] }[] };
  const [estimate] = json.candidates[0]!.scores[0]!.estimates as { value: null; level: number }[];
  assert.deepEqual([estimate!.value, estimate!.level], [null, 0.95]);
});

test('one protocol has no number and no second opinion; a candidate that failed is a line of dashes', () => {
  const why = '"c" was not judged, under shuffle, fold 2: too few rows.';
  const race = raceWhere({ a: [0], b: [0.7] }, { failures: [{ name: 'c', why }] });
  const lines = inspect(race).split('\n');
  assert.match(lines[0]!, /^candidate +AUC$/);
  assert.match(lines[2]!, /^b +(1\.000|\.\d{3}) \(/);
  assert.match(lines[4]!, /^c +–$/);
  assert.deepEqual(lines.slice(5), ['', 'In brackets: 95 % intervals.', 'shuffle: means shuffle.', why]);
  assert.equal(race.why, '');
  assert.throws(
    () => race.estimate('c'),
    (error) => error instanceof Problem && error.issues[0]!.what === why,
  );
});

test('where a shuffle is optimistic the last line says why, and who would have won under it', () => {
  const optimistic = { optimistic: true } as const;
  const inTime = protocol('in time', { kind: 'ordered' });
  const shuffle = protocol('shuffle', optimistic);
  const same = raceWhere({ a: [0.2, 0.3], b: [0.4, 0.6] }, { protocols: [inTime, shuffle] });
  const score = (name: string, under: string): string => race(name, under);
  const race = (name: string, under: string): string =>
    same.estimate(name, 'AUC', under).value.toFixed(3).replace(/^0/, '');
  assert.equal(
    same.why,
    `"b" leads under both, with AUC ${score('b', 'in time')} under in time and ${score('b', 'shuffle')} under shuffle: in a shuffle models learn from rows later than those they are judged on, as no model can when it serves.`,
  );
  const lines = inspect(same).split('\n');
  assert.match(lines[0]!, /^candidate +AUC \[1\] +AUC \[2\]$/);
  assert.deepEqual(lines.slice(-4), [
    '[1] in time, which decides: means in time.',
    '[2] shuffle: means shuffle.',
    '',
    same.why,
  ]);
  const other = raceWhere(
    { a: [0.2, 0.7], b: [0.4, 0.6] },
    { protocols: [protocol('grouped', { kind: 'grouped' }), shuffle] },
  );
  assert.match(
    other.why,
    /^"a" leads under shuffle with AUC \S+, but under grouped it has \S+ and "b" leads with \S+: in a shuffle models learn from other rows of the groups they/,
  );
  const plain = raceWhere({ a: [0.2, 0.3] }, { protocols: [inTime, protocol('later')] });
  assert.match(plain.why, /under later: the first means in time; the second means later\.$/);
});

test('only where a metric asks for a cut-off does the chosen one get that of the race', () => {
  const scored = (metrics: readonly Metric[]): unknown => {
    const predictions = predictionsOf(labels, told(0.5));
    const given: unknown[] = [];
    const one: Pipeline = {
      ...candidate('a'),
      fit: (_, options) => {
        given.push(options);
        return { score: (_: unknown, how: unknown) => given.push(how) } as never;
      },
    };
    const protocols = [protocol('shuffle')];
    const estimates = estimateAll(metrics, predictions, { samples: 20 });
    const cells = [{ candidate: one, protocol: protocols[0]!, predictions, estimates }];
    const race = raceOf({
      candidates: [one],
      failures: [],
      protocols,
      metrics,
      cells,
      cutoff: undefined,
      seed: 11,
      rowCount: 200,
    });
    race
      .best()
      .fit({} as never)
      .score({} as never);
    return given;
  };
  assert.deepEqual(scored([auc]), [{ seed: 11 }, {}]);
  const [seed, how] = scored([f1]) as [object, { cutoff: number }];
  assert.deepEqual(seed, { seed: 11 });
  assert.ok(how.cutoff > 0 && how.cutoff < 1);
});
