import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { canonicalJson } from '../json.js';
import { Problem } from '../problem.js';
import type { FittedTarget } from '../task/fitted-target.js';
import { byCosts } from './by-costs.js';
import { byMostLikely } from './by-most-likely.js';
import { defaultPolicy } from './default-policy.js';
import { evaluatePolicies } from './evaluate-policies.js';
import type { Judged, Policy } from './policy.js';
import { policyFromJson } from './policy-from-json.js';

const target: FittedTarget = { kind: 'category', classes: ['basic', 'family', 'company'] };

/** Four rows of three probabilities each; the third has two classes equally likely. */
const judged: Judged = {
  predicted: Float64Array.of(0.6, 0.3, 0.1, 0.2, 0.1, 0.7, 0.4, 0.4, 0.2, 0, 0.9, 0.1),
  targets: Uint8Array.of(0, 2, 1, 0),
  width: 3,
};

const codesOf =
  (...codes: readonly string[]) =>
  (error: unknown): boolean =>
    error instanceof Problem && error.issues.map(({ code }) => code).join() === codes.join();

test('the most likely class is decided for, of equals the first', () => {
  const fitted = byMostLikely().fit(judged, target);
  assert.deepEqual(fitted.decisions, ['basic', 'family', 'company']);
  assert.equal(fitted.decide(Float64Array.of(0.1, 0.2, 0.7)), 'company');
  assert.equal(fitted.decide(Float64Array.of(0.2, 0.4, 0.4)), 'family');
});

test('every row is decided; a hit is a row whose class came true, what was to be expected the sum of its probabilities', () => {
  const { expected, outcome } = byMostLikely().fit(judged, target);
  // Decided: basic, company, basic (of equals), family.
  const { rows, acted, hits, yes, expectedHits, precision, profit } = expected;
  assert.deepEqual([rows, acted, hits, yes, precision, profit], [4, 4, 2, 4, 0.5, undefined]);
  assert.ok(Math.abs(expectedHits - 2.6) < 1e-12);
  assert.deepEqual(outcome(judged), expected);
  const first = { predicted: judged.predicted.subarray(0, 6), targets: Uint8Array.of(0, 2), width: 3 };
  assert.equal(outcome(first).precision, 1);
});

test('rounding never makes more hits expected than there are rows', () => {
  const sure = {
    predicted: new Float64Array(30).map((_, i) => (i % 3 === 0 ? 1 + 1e-12 : 0)),
    targets: new Uint8Array(10),
    width: 3,
  };
  assert.equal(byMostLikely().fit(sure, target).expected.expectedHits, 10);
});

test('the class of the least expected cost is decided for, of equals the first; what is not named costs nothing', () => {
  const costs = {
    basic: { company: 30 },
    company: { basic: 5, family: 5 },
    family: { basic: 1, company: 40 },
  };
  const { decide } = byCosts(costs).fit(judged, target);
  // Expected costs: 30 × .1 = 3 for basic, .8 + 4 = 4.8 for family, 5 × .9 = 4.5 for company.
  assert.equal(decide(Float64Array.of(0.8, 0.1, 0.1)), 'basic');
  assert.equal(decide(Float64Array.of(0.3, 0.5, 0.2)), 'company');
  assert.equal(decide(Float64Array.of(0.1, 0.9, 0)), 'basic');
  assert.equal(
    byCosts({ basic: { company: 1 } })
      .fit(judged, target)
      .decide(Float64Array.of(0, 0.5, 0.5)),
    'family',
  );
});

test('no decision has a lower expected cost than that of byCosts', () => {
  const amount = fc.integer({ min: 0, max: 9 });
  const row = fc.record({ basic: amount, family: amount, company: amount });
  const probabilities = fc
    .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
    .map((parts) => Float64Array.from(parts, (part) => part / (parts[0] + parts[1] + parts[2])));
  fc.assert(
    fc.property(fc.record({ basic: row, family: row, company: row }), probabilities, (costs, shares) => {
      const expected = (decided: string): number =>
        target.classes.reduce(
          (sum, came, k) => sum + shares[k]! * costs[decided as 'basic'][came as 'basic'],
          0,
        );
      const decided = byCosts(costs).fit(judged, target).decide(shares);
      for (const other of target.classes) assert.ok(expected(decided) <= expected(other) + 1e-12);
    }),
  );
});

test('costs that are no numbers, or of a class that the target never is, are refused', () => {
  assert.throws(() => byCosts({ basic: { company: Number.NaN } }), codesOf('decide-option'));
  assert.throws(
    () => byCosts({ basic: { company: 1, family: Number.POSITIVE_INFINITY } }),
    codesOf('decide-option'),
  );
  assert.throws(
    () => byCosts({ premium: { basic: 1 } }).fit(judged, target),
    /"premium", which the target never is/,
  );
  assert.throws(
    () => byCosts({ basic: { gold: 1 } }).fit(judged, target),
    /"gold", which the target never is/,
  );
});

const policies: readonly Policy[] = [
  byMostLikely(),
  byCosts({ basic: { company: 30 }, company: { basic: 5 } }),
];

test('a policy of classes has no cut-off and no rank, and must be told the classes', () => {
  for (const policy of policies) {
    assert.equal(policy.target, 'category');
    assert.throws(() => policy.fit(judged), codesOf('decide-reference'));
    assert.throws(() => policy.fit(judged, { ...target, classes: [] }), codesOf('decide-reference'));
    const fitted = policy.fit(judged, target);
    assert.deepEqual([fitted.cutoff, fitted.perBatch], [undefined, undefined]);
    assert.ok(Number.isNaN(fitted.shareByCutoff(judged)));
    assert.throws(() => fitted.choose(Float64Array.of(0.5), 1), codesOf('decide-no-rank'));
  }
});

test('read back from JSON, a policy of classes decides the same and prints the same', () => {
  for (const policy of policies) {
    const fitted = policy.fit(judged, target);
    const read = policyFromJson(JSON.parse(canonicalJson(fitted.toJSON())));
    assert.equal(read.policy.kind, policy.kind);
    assert.deepEqual(read.expected, fitted.expected);
    assert.deepEqual(read.outcome(judged), fitted.outcome(judged));
    assert.equal(inspect(read), inspect(fitted));
    assert.equal(canonicalJson(read.toJSON()), canonicalJson(fitted.toJSON()));
  }
});

test('a policy of classes says in words how often it was right, and has no cut-off in a table', () => {
  const fitted = byMostLikely().fit(judged, target);
  assert.equal(inspect(fitted), 'the most likely class: right for 50.0 % of 4 reference rows');
  assert.equal(inspect(byMostLikely()), 'Policy: the most likely class');
  const lines = inspect(evaluatePolicies([fitted], judged)).split('\n');
  assert.match(lines.at(-1)!, /^the most likely class +4 +100\.0 % +50\.0 % +50\.0 %$/);
});

test('where nothing else was said, one half cuts, a number is left to its reader, and the most likely class is decided for', () => {
  const half = defaultPolicy('yesNo').fit({ predicted: Float64Array.of(0.5), targets: Uint8Array.of(1) });
  assert.deepEqual([half.cutoff, half.decide(0.5), half.decide(0.4999)], [0.5, 'act', 'skip']);
  const none = defaultPolicy('number').fit({ predicted: Float64Array.of(3), targets: Float64Array.of(2) });
  assert.deepEqual([none.decisions, none.cutoff, none.decide(3)], [[], undefined, '']);
  const { rows, acted, hits, yes, expectedHits } = none.outcome(judged);
  assert.deepEqual([rows, acted, hits, yes, expectedHits], [1, 0, 0, 0, 0]);
  assert.throws(() => none.choose(Float64Array.of(1, 2)), codesOf('decide-no-rank'));
  assert.ok(Number.isNaN(none.shareByCutoff(judged)));
  assert.equal(inspect(none), 'no decision: the answer is the prediction');
  assert.deepEqual(policyFromJson(none.toJSON()).toJSON(), none.toJSON());
  assert.equal(defaultPolicy('category').kind, 'most-likely');
});
