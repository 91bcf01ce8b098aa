import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalJson } from '../json.js';
import { checkLearner, madeRows } from '../models/learner-checks.js';
import { Problem } from '../problem.js';
import { seededRandom } from '../random.js';
import { matrixRows } from '../table/matrix.js';
import { matrixOf } from '../testing/matrix-of.js';
import { type BoostingOptions, boosting } from './boosting.js';

checkLearner(boosting({ trees: 40 }), { bearsMissing: true, explains: true });
checkLearner(
  boosting({
    ...{ trees: 60, leaves: 8, maxDepth: 4, subsample: 0.7, columnSample: 0.6, l2: 1, learningRate: 0.1 },
    ...{ monotone: [1, -1, 0, 0, 0, 0], earlyStopping: { rounds: 10, share: 0.2 } },
  }),
  { bearsMissing: true, explains: true },
);

test('the bits are the same with 1, 2 and 4 threads', () => {
  // Enough rows that all kinds of work are cut into pieces.
  const { matrix, labels } = madeRows(40_000, 3, { missing: true });
  for (const options of [{}, { subsample: 0.6, columnSample: 0.7, leaves: 60 }]) {
    const learner = boosting({ trees: 8, ...options });
    const [one, ...others] = [1, 2, 4].map((threads) =>
      canonicalJson(learner.fit(matrix, labels, { seed: 1, threads }).toJSON()),
    );
    for (const other of others) assert.equal(other, one);
  }
});

test("without shrinking, a tree of two leaves is Newton's step on each side", () => {
  const matrix = matrixOf([[1], [1], [1], [2], [2], [2]]);
  const labels = Uint8Array.of(0, 0, 1, 1, 1, 0);
  const model = boosting({ trees: 1, learningRate: 1, minLeaf: 1, leaves: 2 }).fit(matrix, labels, {
    seed: 1,
  });
  // From a base of 1/2: gradients ±1/2, hessians 1/4; -G/H = -(1/2)/(3/4).
  const expected = 1 / (1 + Math.exp(2 / 3));
  assert.ok(Math.abs(model.predict(matrix)[0]! - expected) < 1e-7);
});

test('weights of 0 are rows that are not there', () => {
  const { matrix, labels } = madeRows(600, 3);
  const weights = Float64Array.from(labels, (_, i) => (i % 3 === 0 ? 0 : 1));
  const kept = Uint32Array.from(labels.keys()).filter((i) => i % 3 !== 0);
  // One bin a value on both sides, lest the thresholds differ.
  const coarse = matrix.columns.map((column) =>
    column.kind === 'number'
      ? { ...column, values: column.values.map((value) => Math.round(value * 8)) }
      : column,
  );
  const all = { rowCount: 600, columns: coarse };
  const learner = boosting({ trees: 20 });
  const weighted = learner.fit(all, labels, { seed: 1, weights }).predict(all);
  const fewer = learner
    .fit(
      matrixRows(all, kept),
      Uint8Array.from(kept, (i) => labels[i]!),
      { seed: 1 },
    )
    .predict(all);
  const worst = weighted.reduce((most, p, i) => Math.max(most, Math.abs(p - fewer[i]!)), 0);
  assert.ok(worst < 0.02, String(worst));
});

test('200 trees of 31 leaves take less than 300 kB of JSON', () => {
  const { matrix, labels } = madeRows(6000, 5, { missing: true });
  const json = canonicalJson(boosting({ minLeaf: 5 }).fit(matrix, labels, { seed: 1 }).toJSON());
  assert.ok(json.length > 100_000 && json.length < 300_000, String(json.length));
});

test('early stopping keeps the trees up to the best one, and holds out the last rows where they are ordered', () => {
  const { matrix, labels } = madeRows(900, 6);
  const learner = boosting({ trees: 400, learningRate: 0.3, earlyStopping: { rounds: 5, share: 0.25 } });
  const count = (json: unknown): number => (json as { trees: { forms: string[] } }).trees.forms.length;
  const stopped = learner.fit(matrix, labels, { seed: 1 });
  assert.ok(count(stopped.toJSON()) > 1 && count(stopped.toJSON()) < 100);
  // What comes last in time decides when to stop: turned labels there stop at once.
  const turned = labels.map((label, i) => (i >= 675 ? 1 - label : label));
  assert.equal(count(learner.fit(matrix, turned, { seed: 1, ordered: true }).toJSON()), 0);
  assert.ok(count(learner.fit(matrix, turned, { seed: 1 }).toJSON()) > 0);
});

test('a fit stops where its signal is aborted on the way', () => {
  const { matrix, labels } = madeRows(300, 6);
  const control = new AbortController();
  let trees = 0;
  const onProgress = (): void => {
    if (++trees === 3) control.abort(new Error('enough'));
  };
  assert.throws(
    () => boosting().fit(matrix, labels, { seed: 1, onProgress, signal: control.signal }),
    /enough/,
  );
  assert.equal(trees, 3);
});

test('parameters that cannot be used are refused, all at once', () => {
  const wrong = { trees: 0, leaves: 1, subsample: 2, monotone: [2], earlyStopping: { rounds: 0, share: 1 } };
  assert.throws(
    () => boosting(wrong as unknown as BoostingOptions),
    (error) => error instanceof Problem && error.issues.length === 6,
  );
  const { matrix, labels } = madeRows(100, 1);
  assert.throws(
    () => boosting({ monotone: [1] }).fit(matrix, labels, { seed: 1 }),
    /1 monotone constraints? for 6/,
  );
  assert.throws(
    () => boosting({ monotone: [0, 0, 0, 1, 0, 0] }).fit(matrix, labels, { seed: 1 }),
    /Column 3 cannot be monotone/,
  );
});

test('a table without columns gives the base rate', () => {
  const labels = Uint8Array.of(0, 1, 1, 1);
  const model = boosting({ columnSample: 0.5 }).fit({ rowCount: 4, columns: [] }, labels, { seed: 1 });
  assert.ok(Math.abs(model.predict({ rowCount: 1, columns: [] })[0]! - 0.75) < 1e-12);
});

test('comes near the best possible AUC on rows whose probabilities are known', () => {
  const random = seededRandom(4);
  const rows = Array.from({ length: 4000 }, () => [random.normal(), random.normal(), random.normal()]);
  const chances = rows.map(([a, b, c]) => 1 / (1 + Math.exp(-(a! * 2 + b! * c!))));
  const labels = Uint8Array.from(chances, (chance) => (random.uniform() < chance ? 1 : 0));
  const train = matrixOf(rows.slice(0, 3000));
  const model = boosting({ trees: 100 }).fit(train, labels.subarray(0, 3000), { seed: 1 });
  const best = auc(chances.slice(3000), labels.subarray(3000));
  const own = auc([...model.predict(matrixOf(rows.slice(3000)))], labels.subarray(3000));
  assert.ok(own > best - 0.02, `${own} of ${best}`);
});

function auc(scores: readonly number[], labels: Uint8Array): number {
  let [wins, pairs] = [0, 0];
  scores.forEach((a, i) => {
    if (labels[i] === 1)
      scores.forEach((b, j) => {
        if (labels[j] === 1) return;
        pairs++;
        wins += a > b ? 1 : a === b ? 0.5 : 0;
      });
  });
  return wins / pairs;
}
