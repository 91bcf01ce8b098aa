/** Every policy, and what all of them promise. Long, because they are held to one list. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { canonicalJson } from '../json.js';
import { Problem } from '../problem.js';
import { countYes } from '../task/metrics/count-yes.js';
import { atCutoff } from './at-cutoff.js';
import { byCapacity } from './by-capacity.js';
import { byF1 } from './by-f1.js';
import { byMoney } from './by-money.js';
import { byThreshold } from './by-threshold.js';
import { evaluatePolicies } from './evaluate-policies.js';
import type { Judged, Policy } from './policy.js';
import { policyFromJson } from './policy-from-json.js';

/** Few distinct probabilities, so that ties are common; 0 and 1 among them. */
const judged = fc
  .array(fc.record({ tenths: fc.integer({ min: 0, max: 10 }), label: fc.integer({ min: 0, max: 1 }) }), {
    minLength: 1,
    maxLength: 60,
  })
  .map((rows) => judgedOf(rows.map(({ tenths, label }) => [tenths / 10, label])));

function judgedOf(rows: readonly (readonly [probability: number, label: number])[]): Judged {
  return {
    predicted: Float64Array.from(rows, ([probability]) => probability),
    targets: Uint8Array.from(rows, ([, label]) => label),
  };
}

function actedAt(reference: Judged, cutoff: number): { acted: number; hits: number } {
  let acted = 0;
  let hits = 0;
  reference.predicted.forEach((probability, i) => {
    if (probability < cutoff) return;
    acted++;
    hits += reference.targets[i]!;
  });
  return { acted, hits };
}

const yesCount = (reference: Judged): number => countYes(reference.targets);

describe('byF1', () => {
  test('no cut-off has a higher F1, and no higher cut-off an equal one', () => {
    fc.assert(
      fc.property(judged, (reference) => {
        fc.pre(yesCount(reference) > 0);
        const f1 = (cutoff: number): number => {
          const { acted, hits } = actedAt(reference, cutoff);
          return (2 * hits) / (acted + yesCount(reference));
        };
        const { cutoff } = byF1().fit(reference);
        for (const other of reference.predicted) {
          assert.ok(f1(other) <= f1(cutoff));
          if (other > cutoff) assert.ok(f1(other) < f1(cutoff));
        }
      }),
    );
  });

  test('refuses a reference without a yes', () => {
    assert.throws(() => byF1().fit(judgedOf([[0.2, 0]])), { message: /no reference row is a yes/ });
  });
});

describe('byMoney', () => {
  const money = { costPerAction: 5, gainPerYes: 50 };

  test('acts where the expected profit is positive, and leaves at break-even', () => {
    const { decide } = byMoney(money).fit(judgedOf([[0.5, 1]]));
    assert.deepEqual([0, 0.0999, 0.1, 0.1001, 1].map(decide), ['skip', 'skip', 'skip', 'act', 'act']);
  });

  test('no other choice of rows has a higher expected profit', () => {
    fc.assert(
      fc.property(
        judged,
        fc.integer({ min: 0, max: 9 }),
        fc.integer({ min: 10, max: 30 }),
        (reference, cost, margin) => {
          const policy = byMoney({ costPerAction: cost, gainPerYes: margin }).fit(reference);
          const best = reference.predicted.reduce((sum, p) => sum + Math.max(0, p * margin - cost), 0);
          assert.ok(Math.abs(policy.expected.expectedProfit! - best) < 1e-9);
        },
      ),
    );
  });

  test('tells the profit by what came true beside the one to be expected', () => {
    const { expected } = byMoney(money).fit(
      judgedOf([
        [0.6, 1],
        [0.4, 0],
        [0.05, 1],
      ]),
    );
    assert.equal(expected.profit, 50 - 2 * 5);
    assert.ok(Math.abs(expected.expectedProfit! - 40) < 1e-9);
  });

  test('refuses a sale that cannot pay for its call', () => {
    assert.throws(() => byMoney({ costPerAction: 5, gainPerYes: 5 }), Problem);
    assert.throws(() => byMoney({ costPerAction: -1, gainPerYes: 5 }), Problem);
    assert.throws(() => byMoney({ costPerAction: 0, gainPerYes: 0 }), Problem);
    const free = byMoney({ costPerAction: 0, gainPerYes: 5 }).fit(judgedOf([[0.5, 1]]));
    assert.deepEqual([0, 1e-300].map(free.decide), ['skip', 'act']);
    const minus = byMoney({ costPerAction: -0, gainPerYes: 5 }).fit(judgedOf([[0.5, 1]]));
    assert.deepEqual([0, 1e-300].map(minus.decide), ['skip', 'act']);
  });
});

describe('byCapacity', () => {
  test('a batch gets exactly its capacity, the likeliest first, and of equals those that stand first', () => {
    fc.assert(
      fc.property(judged, fc.integer({ min: 1, max: 20 }), (reference, actionsPerDay) => {
        const { predicted: probabilities } = reference;
        const chosen = byCapacity({ actionsPerDay }).fit(reference).choose(probabilities);
        const acted = [...chosen.keys()].filter((row) => chosen[row] === 1);
        assert.equal(acted.length, Math.min(actionsPerDay, probabilities.length));
        for (const row of acted) {
          for (let other = 0; other < probabilities.length; other++) {
            if (chosen[other] === 1) continue;
            const ahead = probabilities[row]! > probabilities[other]!;
            assert.ok(ahead || (probabilities[row] === probabilities[other] && row < other));
          }
        }
      }),
    );
  });

  test('the cut-off never lets more through than the capacity, and leaves room for no whole group of equals', () => {
    fc.assert(
      fc.property(
        judged,
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 60 }),
        (reference, actionsPerDay, rowsPerDay) => {
          const rows = reference.predicted.length;
          const most = Math.floor((rows * actionsPerDay) / rowsPerDay);
          const { cutoff, expected } = byCapacity({ actionsPerDay, rowsPerDay }).fit(reference);
          assert.ok(expected.acted <= most);
          const below = Math.max(-1, ...reference.predicted.filter((probability) => probability < cutoff));
          if (below >= 0) assert.ok(actedAt(reference, below).acted > most);
        },
      ),
    );
  });

  test('a batch of several days gets the capacity of them all', () => {
    const reference = judgedOf(Array.from({ length: 10 }, (_, i) => [i / 10, 0] as const));
    const policy = byCapacity({ actionsPerDay: 1.5, daysPerBatch: 3 }).fit(reference);
    assert.equal(
      policy.choose(reference.predicted).reduce((sum, chosen) => sum + chosen, 0),
      4,
    );
    assert.equal(policy.cutoff, 0.6);
  });

  test('more equals at the top than there is time for are all left when rows come alone', () => {
    const policy = byCapacity({ actionsPerDay: 1 }).fit(
      judgedOf([
        [1, 1],
        [1, 0],
      ]),
    );
    assert.equal(policy.decide(1), 'skip');
    assert.deepEqual([...policy.choose(Float64Array.of(1, 1))], [1, 0]);
  });

  test('time for everybody is a cut-off of 0', () => {
    const policy = byCapacity({ actionsPerDay: 2 }).fit(
      judgedOf([
        [0.5, 1],
        [0.4, 0],
      ]),
    );
    assert.equal(policy.decide(0.01), 'act');
  });

  test('held-out rows are judged list by list, in the order of the rows, and a last shorter list gets its share', () => {
    const falling = judgedOf(Array.from({ length: 25 }, (_, i) => [1 - i / 25, Number(i % 10 < 2)] as const));
    const money = { costPerAction: 1, gainPerYes: 10 };
    // Lists of 2 × 5 rows, 2 × 2 of each acted on: rows 0 to 3, 10 to 13, and of the last five 20 and 21.
    const policy = byCapacity({ actionsPerDay: 2, rowsPerDay: 5, daysPerBatch: 2 }).fit(falling);
    const { acted, hits, yes, share, profit } = policy.outcome(falling, money);
    assert.deepEqual([acted, hits, yes, share, profit], [10, 6, 6, 0.4, 6 * 10 - 10]);
    // The cut-off alone would take the first ten, the ten highest.
    assert.deepEqual([policy.perBatch, policy.shareByCutoff(falling)], [4, 0.4]);
    assert.equal(
      policy.shareByCutoff(
        judgedOf([
          [0.9, 1],
          [0.1, 0],
          [0.2, 0],
          [0.3, 0],
        ]),
      ),
      0.25,
    );
  });

  test('where less than one row comes in a day, each row is a list', () => {
    const falling = judgedOf(Array.from({ length: 5 }, (_, i) => [1 - i / 5, 1] as const));
    const { acted } = byCapacity({ actionsPerDay: 1, rowsPerDay: 0.4 }).fit(falling).outcome(falling);
    assert.equal(acted, 5);
  });

  test('without a number of rows a day, held-out rows are one list', () => {
    const falling = judgedOf(Array.from({ length: 25 }, (_, i) => [1 - i / 25, Number(i < 3)] as const));
    const { acted, hits } = byCapacity({ actionsPerDay: 2 }).fit(falling).outcome(falling);
    assert.deepEqual([acted, hits], [2, 2]);
  });

  test('refuses no capacity', () => {
    assert.throws(() => byCapacity({ actionsPerDay: 0 }), {
      message: /"actionsPerDay" of byCapacity cannot be used/,
    });
    assert.throws(() => byCapacity({ actionsPerDay: 1, rowsPerDay: Number.NaN }), Problem);
  });
});

describe('every policy', () => {
  const policies: readonly Policy[] = [
    byF1(),
    byMoney({ costPerAction: 5, gainPerYes: 60, verb: 'call' }),
    byCapacity({ actionsPerDay: 3, rowsPerDay: 10, daysPerBatch: 2 }),
    byCapacity({ actionsPerDay: 3 }),
    atCutoff(0.5),
  ];

  test('read back from JSON, decides the same and prints the same', () => {
    fc.assert(
      fc.property(judged, judged, (reference, later) => {
        fc.pre(yesCount(reference) > 0);
        for (const policy of policies) {
          const fitted = policy.fit(reference);
          const read = policyFromJson(JSON.parse(canonicalJson(fitted.toJSON())));
          assert.deepEqual(read.choose(later.predicted), fitted.choose(later.predicted));
          assert.deepEqual([...later.predicted].map(read.decide), [...later.predicted].map(fitted.decide));
          assert.deepEqual(read.expected, fitted.expected);
          assert.equal(canonicalJson(read.toJSON()), canonicalJson(fitted.toJSON()));
          assert.equal(inspect(read), inspect(fitted));
        }
      }),
      { numRuns: 40 },
    );
  });

  test('refuses a reference that cannot teach it', () => {
    for (const policy of policies) {
      assert.throws(() => policy.fit(judgedOf([])), Problem);
      assert.throws(() => policy.fit(judgedOf([[Number.NaN, 1]])), { message: /not a probability, got NaN/ });
      assert.throws(
        () => policy.fit({ predicted: Float64Array.of(0.5), targets: Uint8Array.of(0, 1) }),
        Problem,
      );
    }
  });

  test('saved and tampered with, is refused', () => {
    const saved = byMoney({ costPerAction: 5, gainPerYes: 60 })
      .fit(judgedOf([[0.5, 1]]))
      .toJSON();
    const bad = [
      { ...saved, kind: 'mood' },
      { ...saved, cutoff: 1.5 },
      { ...saved, params: { costPerAction: 5 } },
      { ...saved, params: { costPerAction: 70, gainPerYes: 60 } },
      { ...saved, expected: { rows: 1, acted: 2, hits: 1, yes: 1, expectedHits: 1 } },
      { ...saved, expected: { rows: 1, acted: 1, hits: 1, yes: 0, expectedHits: 1 } },
    ];
    for (const json of bad) assert.throws(() => policyFromJson(json), Problem);
  });
});

describe('byThreshold', () => {
  const numbers: Judged = {
    predicted: Float64Array.of(120, 100, 99, 80),
    targets: Float64Array.of(100, 99, 130, 10),
  };

  test('acts from the threshold on, and counts a hit where the true number reaches it, too', () => {
    const policy = byThreshold({ atLeast: 100, verb: 'order' }).fit(numbers);
    const { acted, hits, yes, expectedHits } = policy.expected;
    // All that is acted on is expected to reach it: these are no probabilities.
    assert.deepEqual([acted, hits, yes, expectedHits], [2, 1, 2, 2]);
    assert.deepEqual([100, 99.9].map(policy.decide), ['act', 'skip']);
    assert.deepEqual(policy.outcome(numbers), policy.expected);
    assert.equal(policy.shareByCutoff(numbers), 0.5);
    assert.equal(
      inspect(policy),
      'order when the prediction is at least 100 (at least 100): 2 of 4 reference rows, of which 50.0 % reach it; 50.0 % of all that do',
    );
  });

  test('of an answer with an interval the number decides', () => {
    const withBounds = {
      predicted: Float64Array.of(120, 0, 500, 99, 98, 300),
      targets: Float64Array.of(150, 20),
      width: 3,
    };
    const policy = byThreshold({ atLeast: 100 }).fit(withBounds);
    assert.deepEqual([policy.expected.acted, policy.expected.hits], [1, 1]);
    assert.equal(policy.decide(Float64Array.of(100, 0, 900)), 'act');
    assert.equal(policy.decide(Float64Array.of(99, 0, 900)), 'skip');
  });

  test('takes any finite number, and refuses the others', () => {
    assert.equal(byThreshold({ atLeast: -5 }).fit(numbers).cutoff, -5);
    assert.equal(policyFromJson(byThreshold({ atLeast: -5 }).fit(numbers).toJSON()).cutoff, -5);
    assert.throws(() => byThreshold({ atLeast: Number.POSITIVE_INFINITY }), Problem);
    const infinite = { ...numbers, predicted: Float64Array.of(1, 2, Number.POSITIVE_INFINITY, 4) };
    assert.throws(() => byThreshold({ atLeast: 1 }).fit(infinite), {
      message: /not a finite number.*Infinity.*a finite number/s,
    });
  });
});

test('a cut-off may be 0 or 1, and nothing beyond', () => {
  const reference = judgedOf([[0.5, 1]]);
  assert.deepEqual([0, 0.3].map(atCutoff(0).fit(reference).decide), ['act', 'act']);
  assert.deepEqual([0.999, 1].map(atCutoff(1).fit(reference).decide), ['skip', 'act']);
  for (const cutoff of [-0.01, 1.01, Number.NaN])
    assert.throws(() => atCutoff(cutoff), { message: /a number from 0 to 1/ });
  for (const edge of [0, 1]) assert.doesNotThrow(() => atCutoff(0.5).fit(judgedOf([[edge, 1]])));
  for (const wrong of [-0.1, 1.1]) assert.throws(() => atCutoff(0.5).fit(judgedOf([[wrong, 1]])), Problem);
});

test('of one yes in sight it says whether it is reached', () => {
  const one = judgedOf([
    [0.6, 1],
    [0.2, 0],
  ]);
  assert.match(inspect(atCutoff(0.5).fit(one)), /of which 100\.0 % say yes; 100\.0 % of all yes$/);
});

test('a policy that acted without a single yes in sight says nothing of all yes', () => {
  assert.equal(
    inspect(
      atCutoff(0.5).fit(
        judgedOf([
          [0.6, 0],
          [0.2, 0],
        ]),
      ),
    ),
    'act when the probability is at least .500 (cut-off 0.5): 1 of 2 reference rows, of which 0.0 % say yes',
  );
});

test('a fitted policy says in words what it does', () => {
  const reference = judgedOf(
    Array.from({ length: 2000 }, (_, i) => [i / 2000, i % 4 === 0 || i > 1900 ? 1 : 0] as const),
  );
  assert.equal(
    inspect(byCapacity({ actionsPerDay: 200, rowsPerDay: 2000, verb: 'call' }).fit(reference)),
    'call when the probability is at least .900 (capacity of 200 a day): about 200 of 2,000 a day, of which 62.5 % say yes; 21.7 % of all yes',
  );
  assert.equal(
    inspect(byMoney({ costPerAction: 5, gainPerYes: 10 }).fit(reference)),
    'act when the probability is at least .500 (money: acting costs 5, a yes brings 10): 999 of 2,000 reference rows, of which 32.4 % say yes; 56.3 % of all yes; profit -1,755',
  );
  assert.match(
    inspect(atCutoff(1).fit(reference)),
    /at least 1\.000 \(cut-off 1\): none of 2,000 reference rows$/,
  );
  assert.equal(
    byMoney({ costPerAction: 3, gainPerYes: 60, verb: 'review' }).name,
    'money: acting costs 3, a yes brings 60',
  );
});

test('policies side by side are a table', () => {
  const reference = judgedOf([
    [0.9, 1],
    [0.6, 0],
    [0.3, 1],
    [0.1, 0],
  ]);
  const money = { costPerAction: 1, gainPerYes: 4 };
  const table = evaluatePolicies([byF1().fit(reference), byMoney(money).fit(reference)], reference, {
    money,
  });
  assert.deepEqual(
    table.results.map(({ outcome }) => [outcome.acted, outcome.hits, outcome.profit]),
    [
      [3, 2, 5],
      [3, 2, 5],
    ],
  );
  assert.match(inspect(table), /policy .*cut-off .*acted on .*precision .*profit/);
  assert.match(inspect(table), /best F1 .*75\.0 % .*66\.7 % .*100\.0 % .*5/);
});
