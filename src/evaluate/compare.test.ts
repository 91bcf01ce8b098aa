/**
 * Races and cross-validation: the same bits on any number of threads, nothing learned from rows that judge.
 * Long, because every promise of a race is kept under one roof.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { canonicalJson, type Json } from '../json.js';
import { baseline } from '../models/baseline.js';
import { logistic } from '../models/logistic.js';
import type { Learner } from '../models/models.js';
import { naiveBayes } from '../models/naive-bayes.js';
import { withSmote } from '../models/with-smote.js';
import { Problem } from '../problem.js';
import { groupCodes, makeDataset } from '../schema/dataset.js';
import type { Dataset } from '../schema/schema.js';
import { categoryColumn, numberColumn } from '../table/table.js';
import { defineMetric } from '../task/define-metric.js';
import { f1 } from '../task/metrics/at-cutoff.js';
import { auc } from '../task/metrics/auc.js';
import { countYes } from '../task/metrics/count-yes.js';
import { brier, logLoss } from '../task/metrics/mean-loss.js';
import { made, madeRecipe } from '../testing/made-dataset.js';
import { randomForest } from '../trees/forest.js';
import { compare } from './compare.js';
import { crossValidate, foldSeed, judgeFold, underProtocol } from './cross-validate.js';
import { innerSplits } from './inner-split.js';
import { type Pipeline, pipeline } from './pipeline.js';
import { forwardChaining } from './protocols/forward-chaining.js';
import { holdOutLast } from './protocols/hold-out-last.js';
import { stratifiedFolds } from './protocols/stratified-folds.js';

const data = made(500, { ordered: true, seed: 2 });
const recipe = madeRecipe(data);
const learners = [baseline(), logistic(), naiveBayes()];
/** A thread takes longer to start than these races to run. */
const onOneThread: typeof compare = (rows, options) => compare(rows, { threads: 1, ...options });

/** A learner that no other thread can know. */
function ownLearner(name: string, fit: Learner['fit'] = (...given) => logistic().fit(...given)): Learner {
  return { name, kind: `own ${name}`, params: {}, fit };
}

test('a race gives the same bits on 1, 2 and 4 threads', async () => {
  const drawn = [withSmote(naiveBayes()), randomForest({ trees: 4 })];
  const learners = [baseline(), logistic(), ...drawn];
  const races = [];
  for (const threads of [1, 2, 4])
    races.push(
      await compare(data, { features: recipe, learners, seed: 7, threads, metrics: [auc, f1, brier] }),
    );
  const bits = races.map((race) => ({
    json: canonicalJson(race.toJSON()),
    probabilities: race.candidates.map(({ name }) =>
      race.protocols.map((protocol) => race.predictions(name, protocol.name)),
    ),
  }));
  assert.deepEqual(bits[1], bits[0]);
  assert.deepEqual(bits[2], bits[0]);
});

test('a race judges as cross-validation in one thread does', async () => {
  const protocol = forwardChaining({ folds: 3 });
  const race = await onOneThread(data, { features: recipe, learners, protocols: [protocol], seed: 5 });
  for (const learner of learners) {
    const alone = crossValidate(pipeline(recipe, learner), { dataset: data, protocol }, { seed: 5 });
    assert.deepEqual(race.predictions(learner.name), alone);
  }
});

test('a learner that cannot be rebuilt elsewhere races in this thread, and does as well', async () => {
  const own = ownLearner('my own');
  const race = await onOneThread(data, {
    features: recipe,
    learners: [logistic(), own],
    protocols: [holdOutLast()],
  });
  assert.deepEqual(race.estimate('my own'), race.estimate('logistic'));
});

test("a score of one's own can decide a race", async () => {
  const twice = defineMetric({
    name: 'twice the Brier',
    better: 'down',
    meaning: 'for the test',
    prepare: (predictions) => {
      const once = brier.prepare(predictions);
      return (counts) => 2 * once(counts);
    },
  });
  const race = await onOneThread(data, {
    features: recipe,
    learners,
    metrics: [twice, brier],
    protocols: [holdOutLast()],
  });
  for (const { scores } of race.rows) {
    const { 'twice the Brier': double, Brier: single } = Object.values(scores)[0]!;
    assert.equal(double!.value, 2 * single!.value);
    assert.equal(double!.low, 2 * single!.low);
  }
  const values = race.rows.map(({ name }) => race.estimate(name).value);
  assert.deepEqual(
    values,
    [...values].sort((a, b) => a - b),
  );
});

test('probabilities and cut-off of a fold do not change with what came true in the rows that judge', () => {
  for (const protocol of [forwardChaining({ folds: 2 }), stratifiedFolds({ folds: 3 })]) {
    const fold = protocol.folds(data)[1]!;
    const labels = Array.from({ length: 500 }, (_, row) => data.table.cell(row, 'y') as string);
    for (const row of fold.test) labels[row] = labels[row] === 'yes' ? 'no' : 'yes';
    const turned = makeDataset(data.schema, data.table.with(categoryColumn('y', labels)), data.source);
    const judge = (dataset: Dataset): object =>
      judgeFold(pipeline(recipe, logistic()), { dataset: underProtocol(dataset, protocol.kind), fold });
    assert.deepEqual(judge(turned), judge(data));
  }
});

test('the cut-off can be left alone, and a fold is fitted once then', () => {
  let fits = 0;
  const counting = ownLearner('counting', (...given) => {
    fits++;
    return logistic().fit(...given);
  });
  const place = { dataset: data, protocol: forwardChaining({ folds: 3 }) };
  const { cutoffs } = crossValidate(pipeline(recipe, counting), place, { cutoff: false });
  assert.deepEqual([fits, ...cutoffs], [3, Number.NaN, Number.NaN, Number.NaN]);
  crossValidate(pipeline(recipe, counting), place);
  assert.equal(fits, 3 + 6);
  const shuffled = { dataset: data, protocol: stratifiedFolds({ folds: 2 }) };
  crossValidate(pipeline(recipe, counting), shuffled, { cutoff: 'out-of-fold' });
  assert.equal(fits, 9 + 2 * 4);
  crossValidate(pipeline(recipe, counting), shuffled);
  assert.equal(fits, 17 + 2 * 2);
});

test('fits under an ordered protocol know the order, those of a shuffle do not, and groups are kept', () => {
  const seen: unknown[] = [];
  const watching = ownLearner('watching', (matrix, labels, options) => {
    seen.push([options.ordered, options.groups?.length === labels.length]);
    return logistic().fit(matrix, labels, options);
  });
  const grouped = made(300, { ordered: true, groups: 30 });
  const once = { cutoff: false } as const;
  const candidate = pipeline(madeRecipe(grouped), watching);
  crossValidate(candidate, { dataset: grouped, protocol: holdOutLast() }, once);
  const predictions = crossValidate(
    candidate,
    { dataset: grouped, protocol: stratifiedFolds({ folds: 2 }) },
    once,
  );
  assert.deepEqual(seen, [[true, true], [false, true], [false, true]]); // biome-ignore format: one line
  assert.equal(predictions.ordered, undefined);
  assert.equal(predictions.groups?.length, 300);
});

test('inner splits hold out the last fifth in time, else whole groups, else stratified parts', () => {
  const [last, ...none] = innerSplits(data, { seed: 1, how: 'out-of-fold' });
  assert.deepEqual([last!.train.length, last!.test[0], last!.test.length, none.length], [400, 400, 100, 0]);
  for (const dataset of [made(300, { groups: 20 }), made(300)]) {
    const codes = groupCodes(dataset) ?? Int32Array.from({ length: 300 }, (_, row) => row);
    const three = innerSplits(dataset, { seed: 1, how: 'out-of-fold' });
    const judged = three.flatMap((split) => [...split.test]).sort((a, b) => a - b);
    assert.deepEqual(judged, [...Array(300).keys()]);
    const one = innerSplits(dataset, { seed: 1, how: 'hold-out' });
    assert.equal(one.length, 1);
    assert.ok(Math.abs(one[0]!.test.length - 75) < 10);
    for (const split of [...three, ...one]) {
      const held = new Set(Array.from(split.test, (row) => codes[row]!));
      assert.ok(!split.train.some((row) => held.has(codes[row]!)));
      assert.equal(split.train.length + split.test.length, 300);
    }
  }
});

test('the best of a race is the simplest that the leader does not beat by more than one standard error', async () => {
  // Two that rank alike: the second by rounding a little better or worse than the first.
  const recipe = madeRecipe(data);
  const twin = (l2: number): Pipeline => pipeline(recipe, logistic({ l2 }), { name: `logistic ${l2}` });
  const race = await onOneThread(data, {
    learners: [twin(1), twin(1.5), twin(2), pipeline(recipe, baseline())],
  });
  const names = race.candidates.map(({ name }) => name);
  const leader = race.ranking()[0]!;
  const within = names.filter((name) => {
    const { value, error } = race.difference(leader, name);
    return value <= error;
  });
  assert.equal(race.best().name, within[0]);
  assert.ok(!within.includes('baseline'));
  const backwards = [...names].reverse();
  assert.equal(race.best(undefined, { simplestFirst: backwards }).name, within.at(-1));
});

test('F1 takes its cut-off in one way, which the race names: a part of the training rows held out for it', async () => {
  const race = await onOneThread(data, { features: recipe, learners, seed: 3 });
  for (const { name } of race.candidates) {
    for (const protocol of race.protocols) {
      const alone = crossValidate(
        race.candidates.find((one) => one.name === name)!,
        { dataset: data, protocol },
        { seed: 3 },
      );
      assert.deepEqual(race.predictions(name, protocol.name).cutoffs, alone.cutoffs);
    }
  }
  assert.match(
    inspect(race),
    /F1 says yes from the cut-off of best F1 on a part of each fold's training rows: the last fifth in time order; without an order a quarter\./,
  );
});

test('a constant acts on all rows where that is its best F1, whatever rate the inner rows have', async () => {
  for (const cutoff of ['hold-out', 'out-of-fold'] as const) {
    const race = await onOneThread(made(600), { learners: [baseline()], cutoff, metrics: [f1] });
    const rate = countYes(race.predictions('baseline').targets) / 600;
    assert.ok(Math.abs(race.estimate('baseline').value - (2 * rate) / (1 + rate)) < 1e-12);
  }
});

test('an inner split leaves no part without a row', () => {
  assert.deepEqual(innerSplits(made(1, { ordered: true }), { seed: 1, how: 'hold-out' }), []);
  const two = innerSplits(made(2, { ordered: true }), { seed: 1, how: 'hold-out' });
  assert.deepEqual(
    two.map(({ train, test }) => [[...train], [...test]]),
    [[[0], [1]]],
  );
  assert.deepEqual(innerSplits(made(1), { seed: 1, how: 'out-of-fold' }), []);
  assert.equal(innerSplits(made(50, { groups: 1 }), { seed: 1, how: 'out-of-fold' }).length, 0);
});

test('a seed of a fit depends on what is fitted, not on who else races', async () => {
  const of = { candidate: 'a', protocol: 'p', fold: 0 };
  const seeds = [
    foldSeed(1, of),
    foldSeed(2, of),
    foldSeed(1, { ...of, fold: 1 }),
    foldSeed(1, { ...of, candidate: 'b' }),
  ];
  assert.equal(new Set(seeds).size, 4);
  const protocols = [holdOutLast()];
  const few = await onOneThread(data, { features: recipe, learners: [logistic()], protocols });
  const many = await onOneThread(data, { features: recipe, learners, protocols });
  assert.deepEqual(few.predictions('logistic'), many.predictions('logistic'));
});

test('a Problem in a worker arrives as a Problem', async () => {
  const holes = data.table.with(numberColumn('a', data.table.numbers('a').map((x, i) => (i === 3 ? Number.NaN : x)))); // biome-ignore format: one line
  const broken = makeDataset(data.schema, holes, data.source);
  await assert.rejects(
    onOneThread(broken, { features: recipe, learners: [logistic()] }),
    (error: unknown) => error instanceof Problem && error.issues.length > 0,
  );
});

test('an error in this thread ends the race too', async () => {
  const failing = ownLearner('failing', () => {
    throw new Error('cannot');
  });
  await assert.rejects(compare(data, { features: recipe, learners: [...learners, failing] }), /cannot/);
});

test('a race can be stopped, tells how far it is, and leaves the event loop free', async () => {
  const controller = new AbortController();
  const stop = new Error('stopped by hand');
  const racing = compare(data, {
    features: recipe,
    learners,
    signal: controller.signal,
    onProgress: () => controller.abort(stop),
  });
  await assert.rejects(racing, stop);

  const told: number[] = [];
  const names = new Set<string>();
  let [totals, free] = [new Set<number>(), 0];
  const timer = setInterval(() => free++, 1);
  await compare(data, {
    features: recipe,
    learners,
    protocols: [forwardChaining({ folds: 2 })],
    onProgress(done, total, what) {
      told.push(done);
      totals = totals.add(total);
      names.add(what);
    },
  });
  clearInterval(timer);
  assert.deepEqual([...totals], [6]);
  assert.equal(told.at(-1), 6);
  assert.ok(told.every((done, i) => i === 0 || done >= told[i - 1]! - 1e-12));
  assert.deepEqual([...names].sort(), ['baseline', 'logistic', 'naive Bayes']);
  assert.ok(free > 0);
});

test('what cannot race is refused, all at once', async () => {
  const codes = async (options: Parameters<typeof compare>[1]): Promise<string[]> => {
    try {
      await onOneThread(data, options);
    } catch (error) {
      if (error instanceof Problem) return error.issues.map(({ code }) => code);
      throw error;
    }
    return [];
  };
  assert.deepEqual(await codes({ learners: [logistic()] }), ['evaluate-candidates']);
  assert.deepEqual(await codes({ features: recipe, learners: [] }), ['evaluate-candidates']);
  const twice = { features: recipe, learners: [logistic(), logistic({ l2: 2 })] };
  assert.deepEqual(await codes({ ...twice, metrics: [], protocols: [holdOutLast(), holdOutLast()] }), [
    'evaluate-candidates',
    'evaluate-protocols',
    'evaluate-metrics',
  ]);
});

test('a race answers what one asks of it', async () => {
  const race = await onOneThread(data, { features: recipe, learners, metrics: [auc, f1, logLoss], seed: 7 });
  const [best, ...others] = race.ranking();
  assert.deepEqual(
    race.rows.map(({ name }) => name),
    [best, ...others],
  );
  const losses = race.ranking('log loss').map((name) => race.estimate(name, 'log loss').value);
  assert.deepEqual(
    losses,
    [...losses].sort((a, b) => a - b),
  );
  assert.equal(
    race.rows[0]!.scores['stratified 5-fold']!.AUC,
    race.estimate(best!, 'AUC', 'stratified 5-fold'),
  );

  const gap = race.difference(best!, 'baseline');
  assert.ok(Math.abs(gap.value - (race.estimate(best!).value - race.estimate('baseline').value)) < 1e-15);
  assert.ok(gap.low > 0);
  assert.notEqual(race.best().name, 'baseline');
  const near =
    Math.abs(race.difference('logistic', 'naive Bayes').value) <=
    race.difference('logistic', 'naive Bayes').error;
  const simplestFirst = [...others].reverse().concat(best!);
  assert.equal(race.best('auc', { simplestFirst: [best!] }).name, best);
  assert.ok([best, near ? others[0] : best].includes(race.best('auc', { simplestFirst }).name));

  assert.throws(() => race.estimate('forest'), /"forest" did not take part[\s\S]*"logistic"/);
  assert.throws(() => race.estimate(best!, 'R2'), /no metric "R2"/);
  assert.throws(() => race.estimate(best!, 'auc', 'leave one out'), /"leave one out" did not take part/);

  const fitted = race.best().fit(data);
  assert.deepEqual(fitted.predict(data), race.best().fit(data, { seed: 7 }).predict(data));
  const { cutoff } = fitted.score(data, { samples: 20 });
  const { targets: labels, predicted: probabilities } = race.predictions(race.best().name);
  const atCutoff = f1.of(labels, probabilities, { cutoff });
  assert.ok(
    [0.1, 0.2, 0.3, 0.4, 0.5].every((other) => f1.of(labels, probabilities, { cutoff: other }) <= atCutoff),
  );
  assert.match(inspect(fitted), /, fitted: 5 features/);

  const text = inspect(race);
  assert.match(text, /^candidate +AUC \[1\] +F1 \[1\] +log loss \[1\] +AUC \[2\]/);
  assert.ok(text.indexOf(`\n${best}`) < text.indexOf('\nbaseline'));
  assert.match(
    text,
    /\n\[1\] forward chaining, 5 steps, which decides: tells how a model of all the past does/,
  );
  assert.match(text, /\n\[2\] stratified 5-fold: optimistic, for models learn from rows later/);
  assert.match(text, /rows later than those they are judged on, as no model can when it serves\.$/);
  JSON.parse(canonicalJson(race.toJSON() as Json));
});
