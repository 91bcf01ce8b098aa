/**
 * A study's walk: the rule of choice, the holdout rows, refusals, and how far the chosen model is from the truth.
 * Long, because all of it is told of two runs, which take seconds.
 */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { compare } from '../evaluate/compare.js';
import { pipeline } from '../evaluate/pipeline.js';
import { stratifiedFolds } from '../evaluate/protocols/stratified-folds.js';
import { scoreWithin, segmentsOf } from '../evaluate/segments.js';
import { features } from '../features/recipe.js';
import { scale } from '../features/scale.js';
import { canonicalJson, type Json } from '../json.js';
import { baseline } from '../models/baseline.js';
import { logistic } from '../models/logistic.js';
import type { Learner } from '../models/models.js';
import { withSmote } from '../models/with-smote.js';
import { Problem } from '../problem.js';
import { formatLeaderboard } from '../report/leaderboard-text.js';
import { modelCard } from '../report/model-card.js';
import { reportPage } from '../report/page.js';
import { number, yesNo } from '../schema/column-types.js';
import { labelsOf, makeDataset } from '../schema/dataset.js';
import { defineSchema } from '../schema/define-schema.js';
import type { Dataset } from '../schema/schema.js';
import { categoryColumn, numberColumn, table } from '../table/table.js';
import { f1 } from '../task/metrics/at-cutoff.js';
import { auc } from '../task/metrics/auc.js';
import { logLoss } from '../task/metrics/mean-loss.js';
import { aucWithinFolds } from '../task/metrics/within-folds.js';
import { simulateKnown } from '../testing/simulate/known.js';
import { smallDataset } from '../testing/small-dataset.js';
import { smallStudy } from '../testing/small-study.js';
import { ablationsOf } from './ablations.js';
import { makeArtefact } from './artefact.js';
import { judgeRows } from './judge-rows.js';
import { runStudy, type StudyRun } from './run-study.js';
import { policiesOf, type Study } from './study.js';
import type { AblationRow } from './study-report.js';

const program = 'alambique 0.1.0';
/** A thread takes longer to start than a small study to run; how many there are makes no difference. */
const oneThread = { program, threads: 1 };
// By the pooled AUC the best of its candidates is not the simplest.
const study = smallStudy({ metrics: [auc, f1] });
const { dataset } = smallDataset({ rows: 2500 });
let ran: StudyRun;
let known: StudyRun;
const problem = simulateKnown('linear', { rows: 3000, seed: 3 });

before(async () => {
  ran = await runStudy(study, dataset, { program, threads: 2 });
  known = await runStudy(knownStudy(), knownDataset(), { program, threads: 2 });
});

test('the chosen candidate is the simplest within one standard error of the best, and the words say so', () => {
  for (const { race, choice } of [ran, known]) {
    const [best = ''] = race.ranking();
    const names = race.candidates.map(({ name }) => name);
    const expected = names.find((name) => {
      const { value, error } = race.difference(best, name);
      return name === best || value <= error;
    });
    assert.equal(choice.name, expected);
    assert.match(choice.why, choice.name === best ? /^It has the best AUC/ : /is simpler and trails it by/);
  }
  assert.equal(ran.choice.name, 'logistic, strict');
  assert.equal(ran.race.ranking()[0], 'logistic');
  assert.equal(known.choice.name, 'logistic');
});

test('the report holds finite numbers only, and what it says agrees with the race and the data', () => {
  for (const { report, race, choice, holdout, open } of [ran, known]) {
    assert.deepEqual(
      JSON.parse(canonicalJson(report as unknown as Json)),
      JSON.parse(JSON.stringify(report)),
    );
    assert.deepEqual(report.leaderboard.map(({ name }) => name), race.ranking()); // biome-ignore format: one line
    assert.deepEqual(report.leaderboard.filter(({ chosen }) => chosen).map(({ name }) => name), [choice.name]); // biome-ignore format: one line
    assert.equal(report.holdout.rows + open.table.rowCount, report.data.rows);
    const labels = labelsOf(holdout);
    assert.equal(report.holdout.means!.true, labels.reduce((sum, label) => sum + label, 0) / labels.length);
    assert.equal(report.policies.filter(({ chosen }) => chosen).length, 1);
  }
  assert.deepEqual(ran.report.protocols.map(({ decides }) => decides), [true, false]); // biome-ignore format: one line
  assert.equal(ran.report.protocols[0]!.rows, 'the first 1,750 rows');
  assert.equal(ran.report.holdout.words, 'the last 750 of 2,500 rows, held out until the choice was made');
  assert.match(
    ran.report.whyTheyDiffer,
    /when rows are shuffled.*when time is respected.*The rate of yes runs from \d+\.\d % to \d+\.\d %/i,
  );
  assert.match(known.report.whyTheyDiffer, /^There is one protocol: rows have neither an order nor groups/);
  assert.match(known.report.holdout.words, /drawn before anything else/);
  assert.equal(known.report.holdout.headline, 'AUC');
  const months = ran.report.data.segments;
  assert.equal(months.reduce((sum, { rows }) => sum + rows, 0), 2500); // biome-ignore format: one line
});

test('the headline of ranking is within each segment; what is pooled says so', () => {
  const { headline, scores } = ran.report.holdout;
  assert.equal(headline, 'AUC within each month');
  assert.deepEqual(Object.keys(scores), [
    'AUC within each month',
    'pooled AUC',
    'F1 within each month',
    'pooled F1',
  ]);
  const judged = judgeRows(ran.pipeline, ran.holdout, Number.NaN);
  const { value, pooled } = scoreWithin(judged, segmentsOf(ran.holdout, 'month'));
  assert.equal(scores[headline]!.value, value);
  assert.equal(scores['pooled AUC']!.value, pooled);
  assert.ok(scores[headline]!.low <= value && value <= scores[headline]!.high);
  // Rows without an order, groups or segments are alike: one stretch, one AUC.
  assert.deepEqual(Object.keys(known.report.holdout.scores)[0], 'AUC');
});

test('a mean within folds is no headline: the holdout rows are one stretch, pooled where they stand in order', async () => {
  const run = await runStudy(
    { ...study, metrics: [aucWithinFolds, auc], segments: undefined },
    dataset,
    oneThread,
  );
  assert.deepEqual(Object.keys(run.report.holdout.scores), ['pooled AUC']);
  assert.equal(run.report.holdout.headline, 'pooled AUC');
  // The race is told within folds only, where a constant has .5, and not pooled beside it.
  assert.deepEqual(run.report.scores, ['AUC within folds']);
  const baseline = run.report.leaderboard.find(({ name }) => name === 'baseline')!;
  for (const byProtocol of Object.values(baseline.scores)) {
    assert.deepEqual(
      Object.values(byProtocol).map(({ value }) => value),
      [0.5],
    );
  }
});

test('a study and compare act on the same cut-offs, and choose by the same rule', async () => {
  const raceOf = (
    { candidates, protocol, seed }: Study,
    { open, race }: StudyRun,
  ): ReturnType<typeof compare> =>
    compare(open, { learners: candidates, protocols: [protocol], metrics: race.metrics, seed, threads: 1 });
  const race = await raceOf(study, ran);
  assert.deepEqual(race.toJSON(), ran.race.toJSON());
  assert.equal(race.best().name, ran.choice.name);
  // Of rows without an order the two ways of seeking a cut-off differ.
  assert.ok(known.race.metrics.includes(f1));
  assert.deepEqual((await raceOf(knownStudy(), known)).toJSON(), known.race.toJSON());
  const sentence =
    "F1 says yes from the cut-off of best F1 on a part of each fold's training rows: the last fifth in time order";
  assert.equal(race.cutoff, `${sentence}.`);
  assert.equal(ran.report.cutoff, `${sentence}; without an order a quarter.`);
});

test('the first policy that a study names is served: learned from the race, and marked in the report', () => {
  for (const [run, from] of [
    [ran, study],
    [known, knownStudy()],
  ] as const) {
    const [first] = Object.values(policiesOf(from));
    const fitted = first!.fit(run.race.predictions(run.choice.name), run.pipeline.target);
    assert.deepEqual(run.policy.toJSON(), fitted.toJSON());
    assert.deepEqual(
      run.report.policies.map(({ chosen }) => chosen),
      Object.keys(policiesOf(from)).map((_, i) => i === 0),
    );
  }
  assert.deepEqual(
    Object.values(policiesOf(study)).map(({ kind }) => kind),
    ['money', 'f1'],
  );
});

test('the same data and seed give the same artefact, byte for byte, on one thread or two', async () => {
  const again = await runStudy(study, dataset, { program, threads: 1 });
  const [one, two] = [ran, again].map((run) =>
    makeArtefact(
      {
        study: study.name,
        pipeline: run.pipeline,
        policy: run.policy,
        trainedOn: run.open,
        measuredOn: run.holdout,
        scores: {},
        seed: study.seed,
        program,
        why: run.choice.why,
        card: '',
        report: run.report,
      },
      new Date(0),
    ),
  );
  assert.deepEqual(one, two);
});

test('the outcomes of the holdout rows have no part in the choice, the model or the policy', async () => {
  const open = ran.open.table.rowCount;
  const { codes, levels } = dataset.table.categories('y');
  const flipped = Array.from(codes, (code, row) => levels[row < open ? code : 1 - code]!);
  const columns = dataset.table.columns.map((column) =>
    column.name === 'y' ? categoryColumn('y', flipped) : column,
  );
  const other = { ...dataset, table: table(columns) };
  const run = await runStudy({ ...study, optimistic: undefined }, other, oneThread);
  assert.deepEqual(run.choice, ran.choice);
  assert.deepEqual(run.race.toJSON(), ran.race.toJSON());
  assert.deepEqual(run.pipeline.toJSON(), ran.pipeline.toJSON());
  assert.deepEqual(run.policy.toJSON(), ran.policy.toJSON());
  assert.equal(run.report.whyTheyDiffer, 'There is one protocol, under which time is respected.');
  assert.notDeepEqual(run.report.holdout.scores, ran.report.holdout.scores);
});

test('where the truth is known and the right model takes part, the chosen model is as near to it as rows allow', () => {
  // Fitted by maximum likelihood on n rows, k coefficients leave a mean squared error of w · δη² of k / n, where
  // w = p (1 - p) and δp = w · δη. As w is at most 1/4, the root of the mean of δp² is at most √(k / 4n).
  const bound = Math.sqrt(5 / (4 * known.open.table.rowCount));
  const given = known.pipeline.predict(knownDataset());
  const error = given.reduce((sum, p, i) => sum + Math.abs(p - problem.probability[i]!), 0) / given.length;
  assert.ok(error < bound, `mean absolute error ${error}, bound ${bound}`);
  // And it says so of itself: rates and probabilities agree on rows it never saw.
  const { means, rows: count } = known.report.holdout;
  assert.ok(Math.abs(means!.predicted - means!.true) < 3 * Math.sqrt(0.25 / count));
});

test('an ablation is the paired difference, and its verdict follows from the interval and the metric', () => {
  const ask = (compare: readonly [string, string]): AblationRow =>
    ablationsOf({ ...knownStudy(), ablations: [{ question: 'Does it help?', compare }] }, known.race)[0]!;
  const better = ask(['logistic', 'baseline']);
  assert.deepEqual(better.difference, known.race.difference('logistic', 'baseline'));
  assert.ok(better.difference!.low > 0);
  assert.equal(better.verdict, 'helps');
  assert.equal(ask(['baseline', 'logistic']).verdict, 'does harm');
  const same = ask(['logistic', 'logistic']);
  assert.deepEqual([same.verdict, same.difference!.value], ['no clear difference', 0]);
  assert.equal(ran.report.ablations.length, 1);
});

test('where less is better, less helps', async () => {
  const losses = await runStudy({ ...knownStudy(), metrics: [logLoss] }, knownDataset(), oneThread);
  const [row] = ablationsOf(
    { ...knownStudy(), ablations: [{ question: 'Does it help?', compare: ['logistic', 'baseline'] }] },
    losses.race,
  );
  assert.ok(row!.difference!.high < 0);
  assert.equal(row!.verdict, 'helps');
});

test("a learner of one's own can be chosen, and one that corrects nothing is fitted once on the open rows", async () => {
  const { schema } = knownDataset();
  const rows: number[] = [];
  const own: Learner = {
    ...{ name: 'my own', kind: 'own', params: {} },
    fit: (matrix, targets, options) => {
      rows.push(matrix.rowCount);
      return logistic().fit(matrix, targets, options);
    },
  };
  const candidates = [pipeline(features(schema, [scale('a', 'b', 'c')]), own)];
  const run = await runStudy({ ...knownStudy(), candidates, ablations: [] }, knownDataset(), oneThread);
  assert.equal(run.choice.name, 'my own');
  assert.equal(rows.filter((count) => count === run.open.table.rowCount).length, 1);
});

test('a candidate that cannot learn is marked with the reason, and the study goes on without it', async () => {
  const { schema } = knownDataset();
  const smoted = pipeline(features(schema, [scale('a', 'b')]), withSmote(logistic(), { neighbours: 2999 }));
  const candidates = [...knownStudy().candidates, smoted];
  const ablations = [{ question: 'Does SMOTE help?', compare: [smoted.name, 'logistic'] as const }];
  const { report, choice } = await runStudy(
    { ...knownStudy(), candidates, ablations },
    knownDataset(),
    oneThread,
  );
  const why = /^"logistic \+ SMOTE" was not judged, under stratified 3-fold, fold \d: SMOTE needs more rows/;
  assert.deepEqual(
    report.failures.map(({ name }) => name),
    [smoted.name],
  );
  assert.match(report.failures[0]!.why, why);
  assert.deepEqual([report.ablations[0]!.verdict, report.ablations[0]!.difference], ['not judged', null]);
  assert.equal(choice.name, known.choice.name);
  for (const text of [
    reportPage(report, { plotlySource: '' }),
    modelCard(report),
    formatLeaderboard(report),
  ]) {
    assert.match(text, /logistic \\?\+ SMOTE(&quot;|")? was not judged, under stratified 3-fold/);
  }
  await assert.rejects(
    runStudy({ ...knownStudy(), candidates: [smoted], ablations: [] }, knownDataset(), oneThread),
    { name: 'Problem', message: /"logistic \+ SMOTE" under stratified 3-fold/ },
  );
});

test('a study prices what comes late and what the audit asks about, and nothing else', () => {
  assert.deepEqual(
    ran.report.price.map(({ suspect }) => suspect),
    ['duration', 'row index'],
  );
  assert.deepEqual(known.report.audit, []);
  assert.deepEqual(known.report.price, []);
});

test('a leak that is neither declared nor waived is refused before anything is raced', async () => {
  const leaky = withCopy(dataset);
  const columns = ['copy', 'age'] as const;
  const recipe = features(leaky.schema, [scale(...columns)]);
  const candidates = [pipeline(recipe, baseline()), pipeline(recipe, logistic())];
  const told: string[] = [];
  const onProgress = (_: number, what: string): void => void told.push(what);
  const asked: Study = { ...study, schema: leaky.schema, candidates, ablations: [], optimistic: undefined };
  await assert.rejects(runStudy(asked, leaky, { program, onProgress }), (error: unknown) => {
    assert.ok(error instanceof Problem);
    assert.deepEqual([...new Set(error.issues.map(({ code }) => code))], ['study-leak']);
    assert.ok(
      error.issues.some(({ where }) => where?.column === 'copy'),
      error.message,
    );
    return true;
  });
  assert.deepEqual(told, []);
});

test('a wish to stop ends it at once, with its reason', async () => {
  const controller = new AbortController();
  const told: string[] = [];
  const stopped = runStudy(study, dataset, {
    program,
    signal: controller.signal,
    onProgress: (_, what) => {
      told.push(what);
      controller.abort(new Error('enough'));
    },
  });
  await assert.rejects(stopped, /enough/);
  assert.ok(told.length <= 2);
  await assert.rejects(
    runStudy(study, dataset, { program, signal: AbortSignal.abort(new Error('no')) }),
    /no/,
  );
});

function knownDataset(): Dataset {
  const schema = defineSchema({
    moment: 'the letter is sent',
    target: yesNo('y'),
    before: { a: number(), b: number(), c: number(), noise: number() },
  });
  return makeDataset(schema, problem.table, { name: 'known', sha256: '0'.repeat(64), simulated: true });
}

function knownStudy(): Study {
  const { schema } = knownDataset();
  const recipe = features(schema, [scale('a', 'b', 'c', 'noise')]);
  return smallStudy({
    schema,
    candidates: [
      pipeline(recipe, baseline(), { name: 'baseline' }),
      pipeline(recipe, logistic({ l2: 1e-6 }), { name: 'logistic' }),
    ],
    protocol: stratifiedFolds({ folds: 3, seed: 1 }),
    optimistic: undefined,
    segments: undefined,
  });
}

/** The same calls with a column that is the outcome in other words, said to be known before. */
function withCopy({ schema, table: rows, source }: Dataset): Dataset {
  const { codes } = rows.categories('y');
  const copy = numberColumn(
    'copy',
    Float64Array.from(codes, (code) => 3 + 2 * code),
  );
  const columns = [...schema.columns, { name: 'copy', known: 'before', type: number() } as const];
  const leaky = { ...schema, columns, before: [...schema.before, 'copy'] };
  return { schema: leaky, table: table([...rows.columns, copy]), source };
}

test('the first of the policies is the one that is saved and that the report calls chosen; all are judged', () => {
  assert.deepEqual(Object.values(study.policies!).map(({ kind }) => kind), ['money', 'f1']); // biome-ignore format: one line
  assert.equal(ran.policy.policy.kind, 'money');
  assert.deepEqual(ran.report.policies.map(({ chosen }) => chosen), [true, false]); // biome-ignore format: one line
  assert.equal(ran.report.policies[0]!.cutoff, ran.policy.cutoff);
});
