/** Protocols: folds share no row, respect time, groups and delays, and say when they are optimistic. Long, because every protocol is held to one list. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Problem } from '../../problem.js';
import { groupCodes, labelsOf } from '../../schema/dataset.js';
import type { Dataset } from '../../schema/schema.js';
import { type MadeOptions, made } from '../../testing/made-dataset.js';
import type { Fold, Protocol } from '../evaluate.js';
import { defaultProtocols } from './default-protocols.js';
import { forwardChaining } from './forward-chaining.js';
import { dealtByGroup, groupedFolds } from './grouped-folds.js';
import { holdOutLast } from './hold-out-last.js';
import { checkFolds } from './make-fold.js';
import { namedForWhatItIs } from './optimistic.js';
import { slidingWindow } from './sliding-window.js';
import { stratifiedFolds } from './stratified-folds.js';

function code(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof Problem) return error.issues.map((issue) => issue.code).join(' ');
    throw error;
  }
  return 'nothing thrown';
}

function sortedRows(folds: readonly Fold[]): number[] {
  return folds.flatMap(({ test }) => [...test]).sort((a, b) => a - b);
}

function ascending(rows: Uint32Array): boolean {
  return rows.every((row, i) => i === 0 || rows[i - 1]! < row);
}

const count = fc.integer({ min: 40, max: 200 });
const folds = fc.integer({ min: 2, max: 6 });
const seed = fc.integer({ min: 0, max: 1000 });

test('no fold of any protocol judges a row that it learns from', () => {
  fc.assert(
    fc.property(count, folds, seed, (rows, k, s) => {
      const ordered = made(rows, { seed: s, ordered: true });
      const grouped = made(rows, { seed: s, groups: 12 });
      const all: [Protocol, Dataset][] = [
        [stratifiedFolds({ folds: k, seed: s }), ordered],
        [groupedFolds({ folds: k, seed: s }), grouped],
        [forwardChaining({ folds: k }), ordered],
        [holdOutLast(), ordered],
        [slidingWindow({ window: 15, step: 4 }), ordered],
      ];
      return all.every(([protocol, dataset]) =>
        protocol.folds(dataset).every(({ train, test }) => {
          const learned = new Set(train);
          return ascending(train) && ascending(test) && !test.some((row) => learned.has(row));
        }),
      );
    }),
    { numRuns: 40 },
  );
});

test('stratified and grouped folds judge every row once, and teach all others', () => {
  fc.assert(
    fc.property(count, folds, seed, (rows, k, s) => {
      const dataset = made(rows, { seed: s, groups: 12 });
      return [stratifiedFolds({ folds: k, seed: s }), groupedFolds({ folds: k, seed: s })].every(
        (protocol) => {
          const all = protocol.folds(dataset);
          const once = sortedRows(all).every((row, i) => row === i) && sortedRows(all).length === rows;
          return once && all.every(({ train, test }) => train.length + test.length === rows);
        },
      );
    }),
    { numRuns: 40 },
  );
});

test('stratified folds differ in size and in yes by one row at most', () => {
  const dataset = made(103, { seed: 5 });
  const labels = labelsOf(dataset);
  const parts = stratifiedFolds({ folds: 4, seed: 9 }).folds(dataset);
  const spread = (values: number[]): number => Math.max(...values) - Math.min(...values);
  assert.ok(spread(parts.map(({ test }) => test.length)) <= 1);
  assert.ok(spread(parts.map(({ test }) => test.reduce((sum, row) => sum + labels[row]!, 0))) <= 1);
});

test('equal seeds shuffle alike, other seeds otherwise', () => {
  const dataset = made(100, { groups: 10 });
  for (const protocol of [stratifiedFolds, groupedFolds]) {
    const of = (s: number): object => protocol({ seed: s }).folds(dataset);
    assert.deepEqual(of(3), of(3));
    assert.notDeepEqual(of(3), of(4));
  }
});

test('a group never straddles a fold, and folds are of like size', () => {
  const dataset = made(400, { groups: 40 });
  const groups = groupCodes(dataset)!;
  const parts = groupedFolds({ folds: 4 }).folds(dataset);
  for (const { train, test } of parts) {
    const learned = new Set(Array.from(train, (row) => groups[row]!));
    assert.ok(!test.some((row) => learned.has(groups[row]!)));
    assert.ok(test.length > 80 && test.length < 120);
  }
});

test('ordered folds never learn from a row later than those they judge, nor from the gap before', () => {
  fc.assert(
    fc.property(count, folds, fc.integer({ min: 0, max: 9 }), (rows, k, gap) => {
      const dataset = made(rows, { ordered: true });
      const protocols = [
        forwardChaining({ folds: k, gap }),
        holdOutLast({ gap }),
        slidingWindow({ window: 11, step: 3, labelDelay: gap }),
      ];
      return protocols.every((protocol) =>
        protocol.folds(dataset).every(({ train, test }) => train[train.length - 1]! < test[0]! - gap),
      );
    }),
    { numRuns: 40 },
  );
});

test('forward chaining judges the rest of the rows in stretches, each with all of the past', () => {
  const [first, second, ...more] = forwardChaining({ folds: 5 }).folds(made(100, { ordered: true }));
  assert.deepEqual([first!.train.length, first!.test[0], first!.test.length], [50, 50, 10]);
  assert.deepEqual([second!.train.length, second!.test[0], second!.test.length], [60, 60, 10]);
  assert.equal(more.length, 3);
  assert.equal(more[2]!.test.at(-1), 99);
});

test('forward chaining by parts judges every row of a stretch once, by earlier rows of groups that are not judged', () => {
  fc.assert(
    fc.property(seed, fc.integer({ min: 2, max: 4 }), fc.integer({ min: 0, max: 9 }), (s, parts, gap) => {
      const dataset = made(200, { seed: s, groups: 12, ordered: true });
      const groups = groupCodes(dataset)!;
      const all = forwardChaining({ folds: 3, gap, parts, seed: s }).folds(dataset);
      assert.equal(all.length, 3 * parts);
      assert.deepEqual(
        sortedRows(all),
        Array.from({ length: 100 }, (_, i) => 100 + i),
      );
      all.forEach(({ train, test, name }, k) => {
        const step = Math.floor(k / parts);
        assert.equal(name, `step ${step + 1}, part ${(k % parts) + 1}`);
        const judged = new Set(Array.from(test, (row) => groups[row]!));
        assert.ok(train.every((row) => !judged.has(groups[row]!)));
        assert.ok(train.every((row) => row < 100 + Math.round((step * 100) / 3) - gap));
      });
    }),
    { numRuns: 30 },
  );
  const protocol = forwardChaining({ folds: 3, parts: 2 });
  assert.equal(protocol.name, 'forward chaining, 3 steps, groups in 2 parts');
  assert.deepEqual(protocol.params, { folds: 3, firstShare: 0.5, gap: 0, parts: 2, seed: 1 });
});

test('the last share is judged by one model of all before it', () => {
  const [fold, ...none] = holdOutLast({ test: 0.3, gap: 5 }).folds(made(50, { ordered: true }));
  assert.equal(none.length, 0);
  assert.deepEqual([fold!.train.length, fold!.test[0], fold!.test.length], [30, 35, 15]);
});

test('a sliding window ends a label delay before its test, has its length, and judges the last share once', () => {
  const protocol = slidingWindow({ window: 20, step: 8, labelDelay: 6, last: 0.3 });
  const windows = protocol.folds(made(100, { ordered: true }));
  assert.deepEqual(
    windows.map(({ test }) => [test[0], test.length]),
    [
      [70, 8],
      [78, 8],
      [86, 8],
      [94, 6],
    ],
  );
  for (const { train, test } of windows) {
    assert.equal(train.length, 20);
    assert.equal(train.at(-1), test[0]! - 7);
  }
  assert.match(protocol.name, /label delay of 6/);
  const short = slidingWindow({ window: 90, step: 30 }).folds(made(100, { ordered: true }));
  assert.equal(short[0]!.train.length, 70);
});

test('a protocol is named for what it does, and its settings are data', () => {
  const described = (protocol: Protocol): unknown[] => [protocol.name, protocol.kind, protocol.params];
  assert.deepEqual(described(forwardChaining()), [
    'forward chaining, 5 steps',
    'ordered',
    { folds: 5, firstShare: 0.5, gap: 0 },
  ]);
  assert.equal(forwardChaining({ folds: 1, gap: 1 }).name, 'forward chaining, 1 step, gap of 1');
  assert.deepEqual(described(holdOutLast()), ['last 30 %', 'ordered', { test: 0.3, gap: 0 }]);
  assert.equal(holdOutLast({ test: 0.125, gap: 1 }).name, 'last 12.5 %, gap of 1');
  assert.deepEqual(described(slidingWindow({ window: 9, step: 4 })), [
    'window of 9, refitted every 4',
    'ordered',
    { window: 9, step: 4, labelDelay: 0, last: 0.3 },
  ]);
  assert.match(slidingWindow({ window: 9, step: 4 }).meaning, /takes their outcomes as known at once/);
  assert.match(slidingWindow({ window: 9, step: 4, labelDelay: 1 }).meaning, /whose outcome is known$/);
  assert.deepEqual(described(stratifiedFolds()), ['stratified 5-fold', 'random', { folds: 5, seed: 1 }]);
  assert.deepEqual(described(groupedFolds({ folds: 3 })), [
    'grouped 3-fold',
    'grouped',
    { folds: 3, seed: 1 },
  ]);
  const rows = made(40, { ordered: true, groups: 9 });
  const namesOf = (protocol: Protocol): string[] => protocol.folds(rows).map(({ name }) => name);
  assert.deepEqual(namesOf(stratifiedFolds({ folds: 2 })), ['fold 1', 'fold 2']);
  assert.deepEqual(namesOf(forwardChaining({ folds: 2 })), ['step 1', 'step 2']);
  assert.deepEqual(namesOf(slidingWindow({ window: 9, step: 6 })), ['window 1', 'window 2']);
});

test('settings may go to their bounds', () => {
  const rows = made(40, { ordered: true, groups: 9 });
  assert.equal(forwardChaining({ folds: 1, gap: 0 }).folds(rows).length, 1);
  assert.equal(slidingWindow({ window: 1, step: 1, labelDelay: 0, last: 0.1 }).folds(rows).length, 4);
  for (const protocol of [stratifiedFolds, groupedFolds]) {
    assert.equal(protocol({ folds: 2 }).folds(rows).length, 2);
    assert.equal(protocol({ folds: 65535 }).params.folds, 65535);
    for (const folds of [1, 65536])
      assert.equal(
        code(() => protocol({ folds })),
        'evaluate-bad-setting',
      );
  }
  assert.equal(forwardChaining({ folds: 65535 }).params.folds, 65535);
  assert.equal(
    code(() => forwardChaining({ folds: 65536 })),
    'evaluate-bad-setting',
  );
  assert.equal(
    code(() => slidingWindow({ window: 0, step: 0, labelDelay: -1, last: 0 })),
    Array(4).fill('evaluate-bad-setting').join(' '),
  );
  for (const share of [0, 1])
    assert.equal(
      code(() => holdOutLast({ test: share })),
      'evaluate-bad-setting',
    );
});

test('a fold that has nothing to learn from, or nothing to judge, is named', () => {
  const first = { name: 'first', train: Uint32Array.of(0), test: Uint32Array.of(1) };
  const none = new Uint32Array(0);
  assert.equal(checkFolds([first], 'mine').length, 1);
  assert.throws(
    () => checkFolds([first, { ...first, name: 'second', train: none }], 'mine'),
    /few for "mine": "second" has nothing/,
  );
  assert.throws(() => checkFolds([{ ...first, test: none }], 'mine'), /"first" has nothing/);
  assert.throws(() => checkFolds([], 'mine'), /there is no fold/);
});

test('groups go, the largest first, to the part of fewest rows', () => {
  const groups = Int32Array.from([5, 5, 5, 5, 5, 7, 7, 7, 8, 8, 8, 9]);
  for (const seed of [1, 2, 3]) {
    const parts = dealtByGroup(groups, { folds: 2, seed });
    assert.deepEqual(
      [0, 1].map((part) => parts.filter((one) => one === part).length),
      [6, 6],
    );
    assert.equal(parts[0], 0, 'the largest group goes to the first part');
  }
});

test('a protocol refuses rows that it has no right to', () => {
  const plain = made(50);
  assert.equal(
    code(() => forwardChaining().folds(plain)),
    'evaluate-no-order',
  );
  assert.equal(
    code(() => holdOutLast().folds(plain)),
    'evaluate-no-order',
  );
  assert.equal(
    code(() => slidingWindow({ window: 5, step: 5 }).folds(plain)),
    'evaluate-no-order',
  );
  assert.equal(
    code(() => groupedFolds().folds(plain)),
    'evaluate-no-groups',
  );
  assert.equal(
    code(() => groupedFolds({ folds: 5 }).folds(made(50, { groups: 3 }))),
    'evaluate-too-few-rows',
  );
  assert.equal(
    code(() => stratifiedFolds({ folds: 5 }).folds(made(3))),
    'evaluate-too-few-rows',
  );
  assert.equal(
    code(() => forwardChaining({ parts: 2 }).folds(made(50, { ordered: true }))),
    'evaluate-no-groups',
  );
  const delayed = slidingWindow({ window: 5, step: 5, labelDelay: 90 });
  assert.equal(
    code(() => delayed.folds(made(100, { ordered: true }))),
    'evaluate-too-few-rows',
  );
});

test('settings that cannot be are refused, all at once', () => {
  const many = 'evaluate-bad-setting evaluate-bad-setting evaluate-bad-setting';
  assert.equal(
    code(() => forwardChaining({ folds: 0, firstShare: 1, gap: -1 })),
    many,
  );
  assert.equal(
    code(() => stratifiedFolds({ folds: 2.5 })),
    'evaluate-bad-setting',
  );
  assert.equal(
    code(() => holdOutLast({ test: Number.NaN })),
    'evaluate-bad-setting',
  );
});

test('the default follows the schema, and the shuffle beside it is named as optimistic', () => {
  const kinds = (options: MadeOptions): string[] => {
    const dataset = made(50, options);
    return defaultProtocols(dataset).map((protocol) => {
      const { kind, optimistic, meaning } = namedForWhatItIs(protocol, dataset);
      assert.equal(meaning.startsWith('optimistic'), optimistic === true);
      return optimistic ? `${kind}, optimistic` : kind;
    });
  };
  assert.deepEqual(kinds({ ordered: true }), ['ordered', 'random, optimistic']);
  assert.deepEqual(kinds({ groups: 9 }), ['grouped', 'random, optimistic']);
  assert.deepEqual(kinds({ groups: 9, ordered: true }), ['ordered', 'random, optimistic']);
  assert.deepEqual(kinds({}), ['random']);
});
