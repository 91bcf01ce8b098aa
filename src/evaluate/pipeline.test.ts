/** Pipelines and blends: JSON keeps the bits, explanations add up, scores follow the rows' order. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { bins } from '../features/bins.js';
import { cross } from '../features/cross.js';
import { features } from '../features/recipe.js';
import { scale } from '../features/scale.js';
import { canonicalJson, type Json } from '../json.js';
import { baseline } from '../models/baseline.js';
import { logistic } from '../models/logistic.js';
import { naiveBayes } from '../models/naive-bayes.js';
import { withCalibration } from '../models/with-calibration.js';
import { withWeights } from '../models/with-weights.js';
import { Problem } from '../problem.js';
import { f1 } from '../task/metrics/at-cutoff.js';
import { auc } from '../task/metrics/auc.js';
import { made, madeRecipe } from '../testing/made-dataset.js';
import { blend } from './blend.js';
import { fittedPipelineFromJson } from './fitted-from-json.js';
import { type FittedPipeline, type Pipeline, pipeline } from './pipeline.js';
import { pipelineFromJson } from './pipeline-from-json.js';
import { uncorrected } from './uncorrected.js';

const data = made(300, { ordered: true, seed: 2 });
const plain = pipeline(madeRecipe(data), logistic());
const narrow = pipeline(features(data.schema, [scale('b')]), logistic({ l2: 3 }), { name: 'narrow' });
const bayes = pipeline(madeRecipe(data), naiveBayes());
const mixed = blend('blend', [bayes, narrow]);

/** As a file would keep it. */
function saved(thing: { toJSON(): Json }): Json {
  return JSON.parse(canonicalJson(JSON.parse(JSON.stringify(thing)) as Json)) as Json;
}

test('read back from JSON, a pipeline fits the same bits, and a fitted one predicts them', () => {
  for (const candidate of [plain, narrow, bayes, mixed, blend('nested', [mixed, plain])]) {
    const fitted = candidate.fit(data, { seed: 3 });
    const again = pipelineFromJson(data.schema, saved(candidate));
    assert.deepEqual(again.toJSON(), candidate.toJSON());
    assert.deepEqual(saved(again.fit(data, { seed: 3 })), saved(fitted));
    const kept = fittedPipelineFromJson(saved(fitted));
    assert.equal(kept.name, candidate.name);
    assert.deepEqual(kept.predict(data), fitted.predict(data.table));
    assert.deepEqual(kept.explain(data), fitted.explain(data.table));
    assert.deepEqual(saved(kept), saved(fitted));
  }
});

test('JSON that is no pipeline is refused with the place of what is wrong', () => {
  const json = saved(plain.fit(data)) as Record<string, Json>;
  const place = (broken: Json): string | undefined => {
    try {
      fittedPipelineFromJson(broken);
      return 'accepted';
    } catch (error) {
      if (error instanceof Problem) return error.issues[0]!.where?.pointer;
      throw error;
    }
  };
  assert.equal(place({ ...json, kind: 'spell' }), '/kind');
  assert.equal(place({ ...json, name: 7 }), '/name');
  assert.equal(place({ ...json, model: saved(narrow.fit(data)) }), '/model/kind');
  const other = saved(narrow.fit(data)) as Record<string, Json>;
  assert.equal(place({ ...json, model: other.model! }), '/model');
  const blended = saved(mixed.fit(data)) as Record<string, Json>;
  assert.equal(place({ ...blended, members: [json] }), '/members');
  assert.equal(place({ ...blended, members: [json, { ...json, name: null }] }), '/members/1/name');
});

test('an explanation is by the columns of the table, and adds up to the log-odds of every row', () => {
  const crossed = pipeline(features(data.schema, [scale('a', 'b'), cross('c', bins('a'))]), logistic());
  for (const candidate of [plain, narrow, mixed, blend('crossed', [crossed, narrow])]) {
    const fitted = candidate.fit(data);
    const explained = fitted.explain(data);
    if (!explained) {
      assert.equal(candidate, mixed);
      continue;
    }
    assert.equal(explained.unit, 'log-odds');
    assert.deepEqual(explained.columns, fitted.columns);
    const width = explained.columns.length;
    fitted.predict(data).forEach((probability, i) => {
      const sum = explained.values
        .subarray(i * width, (i + 1) * width)
        .reduce((a, b) => a + b, explained.base);
      assert.ok(
        Math.abs(sum - Math.log(probability / (1 - probability))) < 1e-9,
        `${candidate.name}, row ${i}`,
      );
    });
  }
});

test('without its corrections a pipeline ranks alike, and its probabilities are those of the resampled classes', () => {
  const weighted = pipeline(madeRecipe(data), withWeights(logistic(), 'balanced'));
  const bare = uncorrected(weighted, data.schema);
  assert.equal(bare.name, weighted.name);
  assert.equal(uncorrected(plain, data.schema), plain);
  const [served, raw] = [weighted.fit(data), bare.fit(data)];
  const mean = (values: Float64Array): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  assert.ok(mean(raw.predict(data)) > mean(served.predict(data)) + 0.05);
  const calibrated = pipeline(madeRecipe(data), withCalibration(logistic()));
  const plainAgain = uncorrected(calibrated, data.schema);
  assert.deepEqual(plainAgain.fit(data).predict(data), plain.fit(data).predict(data));
  const blended = uncorrected(blend('two', [weighted, narrow]), data.schema);
  assert.deepEqual(blended.toJSON(), blend('two', [bare, narrow]).toJSON());
});

test('a blend is the mean of log-odds, knows the columns of all, and needs two members', () => {
  const [a, b] = [plain.fit(data, { seed: 1 }).predict(data), narrow.fit(data, { seed: 1 }).predict(data)];
  const both = blend('both', [plain, narrow]);
  const logOdds = (p: number): number => Math.log(p / (1 - p));
  both
    .fit(data)
    .predict(data)
    .forEach((p, i) => {
      assert.ok(Math.abs(logOdds(p) - (logOdds(a[i]!) + logOdds(b[i]!)) / 2) < 1e-9);
    });
  assert.deepEqual([...both.columns].sort(), ['a', 'b', 'c']);
  assert.equal(
    both.fit(data).features(data).columns.length,
    plain.fit(data).features(data).columns.length + 1,
  );
  assert.throws(() => blend('alone', [plain]), /"alone" has 1 members/);
});

test('progress of a blend goes from nothing to all', () => {
  const shares: number[] = [];
  const telling = (name: string): Pipeline => ({
    ...plain,
    name,
    fit(dataset, options) {
      options?.onProgress?.(0.5);
      options?.onProgress?.(1);
      return plain.fit(dataset);
    },
  });
  blend('telling', [telling('a'), telling('b')]).fit(data, { onProgress: (share) => shares.push(share) });
  assert.deepEqual(shares, [0.25, 0.5, 0.75, 1]);
});

test('a scorecard has the scores at the given cut-off, intervals that follow the order, and prints itself', () => {
  const test = made(200, { ordered: true, seed: 8 });
  const fitted: FittedPipeline = plain.fit(data);
  const card = fitted.score(test, { cutoff: 0.3, samples: 50 });
  const labels = card.predictions.targets;
  assert.equal(card.scores.F1!.value, f1.of(labels, fitted.predict(test), { cutoff: 0.3 }));
  assert.match(card.scores.AUC!.method, /^block bootstrap/);
  assert.equal(fitted.score(made(200), { samples: 50 }).scores.AUC!.method, 'DeLong');
  assert.match(fitted.score(made(200, { groups: 20 }), { samples: 50 }).scores.AUC!.method, /20 groups/);
  assert.match(inspect(card), /^logistic on 200 rows\nscore .*95 % interval[\s\S]*cut-off \.300$/);
});

test('a scorecard is a table of its scores, with what was predicted and what came true below', () => {
  const judged = made(200, { seed: 8 });
  const card = plain.fit(data).score(judged, { metrics: [auc, f1], cutoff: 0.3, samples: 50, level: 0.9 });
  const lines = inspect(card).split('\n');
  assert.match(lines[1]!, /^score +value and 90 % interval +method$/);
  assert.match(lines[3]!, /^AUC +\.\d{3} \(\.\d{3}–\.\d{3}\) +DeLong$/);
  assert.match(lines[4]!, /^F1 +\.\d{3} \(\.\d{3}–\.\d{3}\) +bootstrap, 50 samples$/);
  const score = (value: number): string => value.toFixed(3).replace(/^0/, '');
  const { predicted, true: came, words } = card.means!;
  assert.equal(
    lines.at(-1),
    `${words.predicted} ${score(predicted)}, ${words.true} ${score(came)}, cut-off .300`,
  );
  const usual = plain.fit(data).score(judged, { samples: 20 });
  assert.deepEqual([usual.cutoff, usual.rowCount], [0.5, 200]);
  const ranked = plain.fit(data).score(judged, { metrics: [auc] });
  assert.equal(ranked.cutoff, undefined);
  assert.doesNotMatch(inspect(ranked), /cut-off/);
});

test('pipelines say what they are', () => {
  assert.equal(inspect(narrow), 'narrow: logistic on b');
  assert.match(inspect(plain.fit(data)), /^logistic, fitted: 5 features of 3 columns \(a, b, c\)$/);
  assert.match(inspect(mixed), /a blend of naive Bayes, narrow/);
  assert.equal(pipeline(madeRecipe(data), baseline()).name, 'baseline');
});
