/** Tuning: the search respects its training rows, order and groups; data in, data out; the report says what was tried. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { canonicalJson, type Json } from '../../json.js';
import { logistic } from '../../models/logistic.js';
import { naiveBayes } from '../../models/naive-bayes.js';
import { withCalibration } from '../../models/with-calibration.js';
import { Problem } from '../../problem.js';
import { f1 } from '../../task/metrics/at-cutoff.js';
import { auc } from '../../task/metrics/auc.js';
import { logLoss } from '../../task/metrics/mean-loss.js';
import { made, madeRecipe } from '../../testing/made-dataset.js';
import { boosting } from '../../trees/boosting.js';
import { compare } from '../compare.js';
import { crossValidate } from '../cross-validate.js';
import { fittedPipelineFromJson } from '../fitted-from-json.js';
import type { Pipeline } from '../pipeline.js';
import { pipeline } from '../pipeline.js';
import { pipelineFromJson } from '../pipeline-from-json.js';
import { forwardChaining } from '../protocols/forward-chaining.js';
import type { FittedTunedPipeline } from './fitted-tuned.js';
import { between, oneOf } from './space.js';
import { tune } from './tune.js';

const data = made(300, { ordered: true, seed: 2 });
const recipe = madeRecipe(data);
const space = { l2: between(0.01, 100, { log: true }) };
const tuned = tune(recipe, logistic(), { space, candidates: 6, rounds: 2, folds: 2 });

function saved(thing: { toJSON(): Json }): Json {
  return JSON.parse(canonicalJson(JSON.parse(JSON.stringify(thing)) as Json)) as Json;
}

test('read back from JSON it fits the same bits, and the fitted one predicts them and remembers its search', () => {
  const fitted = tuned.fit(data, { seed: 3 });
  const again = pipelineFromJson(data.schema, saved(tuned));
  assert.deepEqual(saved(again), saved(tuned));
  assert.deepEqual(saved(again.fit(data, { seed: 3 })), saved(fitted));
  const kept = fittedPipelineFromJson(saved(fitted)) as FittedTunedPipeline;
  assert.deepEqual(kept.predict(data), fitted.predict(data));
  assert.deepEqual(kept.tuning, fitted.tuning);
  assert.deepEqual(kept.explain(data), fitted.explain(data));
  assert.equal(inspect(kept.tuning), inspect(fitted.tuning));
});

test('it is the plain pipeline with the settings that its report says', () => {
  const fitted = tuned.fit(data, { seed: 3 });
  const { l2 } = fitted.tuning.trials[fitted.tuning.chosen]!.values as { l2?: number };
  const plain = pipeline(recipe, logistic(l2 === undefined ? {} : { l2 }));
  assert.deepEqual(fitted.predict(data), plain.fit(data, { seed: 3 }).predict(data));
});

test('rounds keep the best and the learner as given; the last is on all rows that teach', () => {
  const { tuning } = tune(recipe, logistic(), { space, candidates: 9, rounds: 3, folds: 2 }).fit(data);
  assert.deepEqual(
    tuning.rounds.map(({ share, count }) => [Number(share.toPrecision(6)), count]),
    [
      [0.111111, 9],
      [0.333333, 3],
      [1, 2],
    ],
  );
  assert.deepEqual(tuning.trials[0]!.values, {});
  assert.equal(tuning.trials[0]!.scores.length, 3);
  for (const round of [0, 1]) {
    const there = tuning.trials.slice(1).filter(({ scores }) => scores.length > round);
    const further = there
      .filter(({ scores }) => scores.length > round + 1)
      .map(({ scores }) => scores[round]!);
    const left = there
      .filter(({ scores }) => scores.length === round + 1)
      .map(({ scores }) => scores[round]!);
    assert.ok(Math.min(...further) >= Math.max(...left));
  }
  const last = tuning.trials.map(({ scores }) => scores[2] ?? -Infinity);
  assert.equal(last.indexOf(Math.max(...last)), tuning.chosen);
});

test('it finds what matters: trees that can grow where there is something to learn', () => {
  const many = made(600, { seed: 5 });
  const stunted = boosting({ trees: 20, minLeaf: 600 });
  const options = { space: { minLeaf: oneOf(20, 700) }, candidates: 3, rounds: 1 };
  const { tuning } = tune(madeRecipe(many), stunted, options).fit(many);
  assert.deepEqual(tuning.trials[tuning.chosen]!.values, { minLeaf: 20 });
});

test('a score where less is better chooses the least', () => {
  const options = { space, candidates: 5, rounds: 1, metric: logLoss };
  const { tuning } = tune(recipe, logistic({ l2: 1e4 }), options).fit(data);
  const scores = tuning.trials.map((trial) => trial.scores[0]!);
  assert.equal(scores[tuning.chosen], Math.min(...scores));
  assert.ok(scores[tuning.chosen]! < scores[0]!);
});

test('a fold is tuned without the rows that judge it', () => {
  const folds = forwardChaining({ folds: 1, firstShare: 0.7 });
  const predictions = crossValidate(tuned, { dataset: data, protocol: folds }, { cutoff: false, seed: 1 });
  // Other outcomes in the rows that judge change no probability.
  const turned = {
    ...data,
    table: data.table.with({
      ...data.table.categories('y'),
      codes: data.table.categories('y').codes.map((code, i) => (i >= 210 ? 1 - code : code)),
    }),
  };
  const other = crossValidate(tuned, { dataset: turned, protocol: folds }, { cutoff: false, seed: 1 });
  assert.deepEqual(other.predicted, predictions.predicted);
  assert.notDeepEqual(other.targets, predictions.targets);
});

test('order and groups decide how the inner folds are made', () => {
  const protocolOf = (rows: typeof data, gap = 0): string =>
    tune(madeRecipe(rows), naiveBayes(), {
      space: { smoothing: oneOf(1, 2) },
      candidates: 2,
      folds: 2,
      gap,
    }).fit(rows).tuning.protocol;
  assert.equal(protocolOf(data), 'forward chaining, 2 steps');
  assert.equal(protocolOf(data, 30), 'forward chaining, 2 steps, gap of 30');
  assert.equal(protocolOf(made(200, { groups: 20 })), 'grouped 2-fold');
  assert.equal(protocolOf(made(200)), 'stratified 2-fold');
});

test('it races in threads like any other, with the same bits', async () => {
  const race = (threads: number) =>
    compare(data, {
      learners: [pipeline(recipe, logistic()), tuned],
      protocols: [forwardChaining({ folds: 2 })],
      metrics: [auc],
      threads,
    });
  const [one, two] = [await race(1), await race(2)];
  for (const name of ['logistic', 'logistic, tuned'])
    assert.deepEqual(one.predictions(name).predicted, two.predictions(name).predicted);
});

test('progress rises to 1, a signal stops it, and the text says what was tried', () => {
  const shares: number[] = [];
  const fitted = tuned.fit(data, { onProgress: (share) => shares.push(share) });
  assert.ok(shares.every((share, i) => share >= (shares[i - 1] ?? 0) && share <= 1));
  assert.equal(shares.at(-1), 1);
  const stopper = new AbortController();
  const onProgress = (share: number): void => {
    if (share > 0.3) stopper.abort(new Error('enough'));
  };
  assert.throws(() => tuned.fit(data, { onProgress, signal: stopper.signal }), /enough/);
  assert.match(inspect(tuned), /^logistic, tuned: logistic on .*; l2 tuned on 6 settings$/);
  assert.match(
    inspect(fitted.tuning),
    /6 settings, judged by AUC within folds under forward chaining, 2 steps/,
  );
  assert.match(inspect(fitted.tuning), /\n *chosen +/);
  assert.match(inspect(fitted), /^logistic, tuned, fitted: (l2 [\d.]+|the learner as it was given)$/);
});

test('parameters of wrapped learners are found, the outermost first', () => {
  const wrapped = withCalibration(logistic(), { folds: 3 });
  const pipe: Pipeline = tune(recipe, wrapped, {
    space: { folds: oneOf(2, 3), l2: oneOf(3) },
    candidates: 3,
    rounds: 1,
    folds: 2,
  });
  const { tuning } = pipe.fit(data) as FittedTunedPipeline;
  assert.equal(tuning.trials.length, 3);
  assert.ok(tuning.trials.slice(1).every(({ values }) => values.l2 === 3));
});

test('a space of fewer settings than asked is tried to its end, and none twice', () => {
  const { tuning } = tune(recipe, logistic(), {
    space: { l2: oneOf(1, 2, 2) },
    candidates: 10,
    rounds: 1,
  }).fit(data);
  assert.deepEqual(
    tuning.trials.map(({ values }) => values),
    [{}, { l2: 2 }],
  );
});

test('what cannot be tuned is refused before any fit, with what to do', () => {
  const code = (run: () => unknown): string => {
    try {
      run();
    } catch (error) {
      assert.ok(error instanceof Problem);
      return error.issues[0]!.code;
    }
    return 'accepted';
  };
  const with_ = (given: Parameters<typeof tune>[2]['space'], more = {}) =>
    code(() => tune(recipe, logistic(), { space: given, ...more }));
  assert.equal(with_({}), 'evaluate-tune-space');
  assert.equal(with_({ l2: oneOf() }), 'evaluate-tune-space');
  assert.equal(with_({ l2: between(1, 1) }), 'evaluate-tune-space');
  assert.equal(with_({ l2: between(0, 1, { log: true }) }), 'evaluate-tune-space');
  assert.equal(with_({ l2: between(0.5, 2, { whole: true }) }), 'evaluate-tune-space');
  assert.equal(with_({ leaves: oneOf(3) }), 'evaluate-tune-parameter');
  assert.equal(with_({ l2: between(-1, 1) }), 'models-parameter');
  assert.equal(with_(space, { candidates: 1 }), 'evaluate-bad-setting');
  for (const wrong of [
    ...[{ candidates: 2.5 }, { rounds: 0 }, { rounds: 1.5 }, { rounds: 10 }, { keep: 0 }, { keep: 1 }],
    ...[{ folds: 1 }, { folds: 2.5 }, { folds: 100 }, { gap: -1 }, { gap: 0.5 }],
  ])
    assert.equal(with_(space, wrong), 'evaluate-bad-setting', JSON.stringify(wrong));
  for (const right of [
    { candidates: 2 },
    { rounds: 1 },
    { rounds: 9 },
    { folds: 2 },
    { folds: 99 },
    { gap: 0 },
  ])
    assert.equal(with_(space, right), 'accepted', JSON.stringify(right));
  const { candidates, rounds, keep, folds, gap } = tune(recipe, logistic(), { space }).toJSON();
  assert.deepEqual([candidates, rounds, keep, folds, gap], [18, 3, 1 / 3, 3, 0]);
  assert.equal(with_(space, { metric: f1 }), 'evaluate-tune-metric');
  assert.equal(with_(space, { metric: { ...auc, name: 'mine' } }), 'evaluate-tune-metric');
  assert.throws(() => tune(recipe, logistic(), { space: { leaves: oneOf(3) } }), /one of "l2", "tolerance"/);
});
