/** A study's walk: the rule of choice, the holdout rows, refusals, and how far the chosen model is from the truth. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { pipeline } from '../evaluate/pipeline.js';
import { stratifiedFolds } from '../evaluate/protocols/stratified-folds.js';
import { features } from '../features/recipe.js';
import { scale } from '../features/scale.js';
import { canonicalJson, type Json } from '../json.js';
import { baseline } from '../models/baseline.js';
import { logistic } from '../models/logistic.js';
import { Problem } from '../problem.js';
import { number, yesNo } from '../schema/column-types.js';
import { labelsOf, makeDataset } from '../schema/dataset.js';
import { defineSchema } from '../schema/define-schema.js';
import type { Dataset } from '../schema/schema.js';
import { categoryColumn, numberColumn, table } from '../table/table.js';
import { f1 } from '../task/metrics/at-cutoff.js';
import { auc } from '../task/metrics/auc.js';
import { simulateKnown } from '../testing/simulate/known.js';
import { smallDataset } from '../testing/small-dataset.js';
import { smallStudy } from '../testing/small-study.js';
import { ablationsOf } from './ablations.js';
import { makeArtefact } from './artefact.js';
import { runStudy, type StudyRun } from './run-study.js';
import type { Study } from './study.js';

const program = 'alambique 0.1.0';
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
  assert.equal(known.report.holdout.withinSegments, null);
  const months = ran.report.data.segments;
  assert.equal(months.reduce((sum, { rows }) => sum + rows, 0), 2500); // biome-ignore format: one line
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
  const run = await runStudy({ ...study, optimistic: undefined }, other, { program });
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

test('ablations are sentences that follow from the paired differences', () => {
  const ask = (compare: readonly [string, string]): string =>
    ablationsOf({ ...knownStudy(), ablations: [{ question: 'Does it help?', compare }] }, known.race)[0]!;
  assert.match(
    ask(['logistic', 'baseline']),
    /^Does it help\? Yes: "logistic" against "baseline", AUC within folds \+\.\d{3} \(\+/,
  );
  assert.match(
    ask(['baseline', 'logistic']),
    /^Does it help\? No, it does harm: .* AUC within folds −\.\d{3} \(−/,
  );
  assert.match(ask(['logistic', 'logistic']), /No difference that could be told from chance: .* \+\.000 /);
  assert.equal(ran.report.ablations.length, 1);
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
