/** Rows become answers: of every kind of target, one by one and as a list. Long, because one scorer is held to all of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atCutoff } from '../decide/at-cutoff.js';
import { byCapacity } from '../decide/by-capacity.js';
import { byMostLikely } from '../decide/by-most-likely.js';
import { byThreshold } from '../decide/by-threshold.js';
import { noDecision } from '../decide/no-decision.js';
import type { Policy } from '../decide/policy.js';
import { pipeline } from '../evaluate/pipeline.js';
import { plainRecipe } from '../leakage/plain-recipe.js';
import { logistic } from '../models/logistic.js';
import type { Learner } from '../models/models.js';
import { ridge } from '../models/ridge.js';
import { withIntervals } from '../models/with-intervals.js';
import { seededRandom } from '../random.js';
import { category, date, number, type TargetType, yesNo } from '../schema/column-types.js';
import { datasetSlice, makeDataset } from '../schema/dataset.js';
import { makeSchema } from '../schema/define-schema.js';
import { makeArtefact, readArtefact } from '../study/artefact.js';
import { type Column, categoryColumn, dateColumn, numberColumn, table } from '../table/table.js';
import { taskOf } from '../task/task-of.js';
import { scoreRows } from './score-rows.js';
import { createScorer, policyNote } from './scorer.js';
import type { Scorer } from './scoring.js';

const plans = ['basic', 'plus', 'gold'];
const day = 86_400_000;

/** A model of `size`, `since` and `colour`, fitted on the first 240 of 300 rows; `colour` is missing in one of them. */
function scorerOf(kind: 'yesNo' | 'number' | 'category', learner: Learner, policy: Policy): Scorer {
  const random = seededRandom(5);
  const size = Array.from({ length: 300 }, () => random.integer(100));
  const since = size.map((_, i) => Date.UTC(2024, 0, 1) + (i % 240) * day);
  const colour = size.map((_, i) => (i === 7 ? null : ['red', 'green', 'blue'][i % 3]!));
  const columns: Column[] = [
    numberColumn('size', size),
    dateColumn('since', since),
    categoryColumn('colour', colour),
  ];
  const targets: Record<typeof kind, [Column, TargetType]> = {
    yesNo: [
      categoryColumn(
        'y',
        size.map((x) => (random.uniform() < x / 100 ? 'yes' : 'no')),
      ),
      yesNo('y'),
    ],
    number: [
      numberColumn(
        'y',
        size.map((x) => 3 * x + 10 * random.normal()),
      ),
      number('y', { unit: 'pieces' }),
    ],
    category: [
      categoryColumn(
        'y',
        size.map((x) => plans[Math.min(2, Math.floor((x + random.integer(40)) / 45))]!),
      ),
      category('y', { levels: plans }),
    ],
  };
  const [target, type] = targets[kind];
  const schema = makeSchema({
    moment: 'the offer is sent',
    target: { name: 'y', type },
    order: undefined,
    group: undefined,
    columns: [
      { name: 'size', known: 'before', type: number() },
      { name: 'since', known: 'before', type: date() },
      { name: 'colour', known: 'before', type: category({ optional: true }) },
    ],
  });
  const source = { name: 'made.csv', sha256: '0'.repeat(64), simulated: true };
  const dataset = makeDataset(schema, table([...columns, target]), source);
  const [trainedOn, measuredOn] = [datasetSlice(dataset, 0, 240), datasetSlice(dataset, 240)];
  const fitted = pipeline(plainRecipe(schema), learner).fit(trainedOn, { seed: 3 });
  const judged = {
    targets: taskOf(schema).targets(measuredOn),
    predicted: fitted.predict(measuredOn),
    ...(fitted.width > 1 && { width: fitted.width }),
  };
  const files = makeArtefact(
    {
      ...{
        study: 'made',
        pipeline: fitted,
        policy: policy.fit(judged, fitted.target),
        trainedOn,
        measuredOn,
      },
      ...{ scores: {}, seed: 3, program: 'alambique 0.1.0', why: 'It is small.', card: '# Made\n' },
    },
    new Date('2026-11-21T06:00:00Z'),
  );
  return createScorer(readArtefact(files));
}

const yesNoScorer = scorerOf(
  'yesNo',
  logistic(),
  byCapacity({ actionsPerDay: 2, rowsPerDay: 10, verb: 'call' }),
);
const intervalScorer = scorerOf(
  'number',
  withIntervals(ridge(), { level: 0.8 }),
  byThreshold({ atLeast: 150 }),
);
const classScorer = scorerOf('category', logistic(), byMostLikely());

const small = { size: 5, since: '2024-02-01', colour: 'red' };
const middle = { size: 50, since: '2024-02-01', colour: 'green' };
const large = { size: 95, since: '2024-02-01', colour: 'blue' };
const three = [small, middle, large];

/** The answers to rows that must pass. */
function answersTo(
  scorer: Scorer,
  rows: readonly unknown[],
  choose?: number,
): readonly Record<string, unknown>[] {
  const scored = scoreRows(scorer, rows, choose === undefined ? {} : { choose });
  assert.ok('rows' in scored);
  return scored.rows.map(({ fields }) => ({ ...fields }));
}

test('of yes or no, an answer is the probability and what the cut-off decides', () => {
  const answers = answersTo(yesNoScorer, three);
  const { table: rows } = scoreRows(yesNoScorer, three) as { table: Parameters<Scorer['predict']>[0] };
  assert.deepEqual(
    answers.map(({ probability }) => probability),
    [...yesNoScorer.predict(rows)],
  );
  const { cutoff } = yesNoScorer.artefact.policy;
  assert.deepEqual(
    answers.map(({ decision }) => decision),
    answers.map(({ probability }) => ((probability as number) >= cutoff! ? 'act' : 'skip')),
  );
  assert.deepEqual([answers[0]!.decision, answers[2]!.decision], ['skip', 'act']);
  assert.match(
    String(yesNoScorer.form.fields.at(-1)!.schema.description),
    /"act" \(call\), or "skip" \(do not call\)/,
  );
});

test('of a number with an interval, an answer is the number between its bounds; the number decides', () => {
  const answers = answersTo(intervalScorer, three);
  for (const { low, prediction, high } of answers as { low: number; prediction: number; high: number }[])
    assert.ok(low < prediction && prediction < high);
  assert.deepEqual(
    answers.map(({ prediction }) => Math.round((prediction as number) / 50)),
    [0, 3, 6],
  );
  assert.deepEqual(
    answers.map(({ decision }) => decision),
    answers.map(({ prediction }) => ((prediction as number) >= 150 ? 'act' : 'skip')),
  );
  assert.deepEqual([intervalScorer.form.width, intervalScorer.form.main], [3, 'prediction']);
});

test('of several classes, an answer is a probability for each, and the decision one of them', () => {
  const answers = answersTo(classScorer, three);
  for (const { probabilities } of answers as { probabilities: Record<string, number> }[]) {
    assert.deepEqual(Object.keys(probabilities).sort(), [...plans].sort());
    assert.ok(Math.abs(Object.values(probabilities).reduce((sum, one) => sum + one, 0) - 1) < 1e-9);
  }
  assert.deepEqual([answers[0]!.decision, answers[2]!.decision], ['basic', 'gold']);
  const { schema } = classScorer.form.fields.at(-1)!;
  assert.deepEqual(schema, {
    enum: [...classScorer.artefact.policy.decisions],
    description: 'What the policy says: the most likely class.',
  });
});

test('where nothing is decided, the answer has no decision', () => {
  const scorer = scorerOf('number', ridge(), noDecision('number'));
  assert.deepEqual(Object.keys(answersTo(scorer, [small])[0]!), ['prediction']);
  assert.deepEqual(
    [scorer.form.action, scorer.form.fields.map(({ name }) => name)],
    [undefined, ['prediction']],
  );
});

test('a row gets the same bits alone and among others', () => {
  for (const scorer of [yesNoScorer, intervalScorer, classScorer]) {
    assert.deepEqual(
      three.flatMap((row) => answersTo(scorer, [row])),
      answersTo(scorer, three),
    );
  }
});

test('a list is decided by rank: so many of the highest, of an answer with an interval by its number', () => {
  for (const scorer of [yesNoScorer, intervalScorer]) {
    const decisions = (choose: number): unknown[] =>
      answersTo(scorer, three, choose).map(({ decision }) => decision);
    assert.deepEqual(decisions(0), ['skip', 'skip', 'skip']);
    assert.deepEqual(decisions(1), ['skip', 'skip', 'act']);
    assert.deepEqual(decisions(2), ['skip', 'act', 'act']);
    const byCutoff = answersTo(scorer, three).map(({ decision: _, ...rest }) => rest);
    assert.deepEqual(
      answersTo(scorer, three, 1).map(({ decision: _, ...rest }) => rest),
      byCutoff,
    );
  }
});

test('of a list of answers with bounds, the numbers are ranked, not the bounds', () => {
  const { artefact } = intervalScorer;
  const predict = (): Float64Array => Float64Array.of(10, 9, 11, 20, 1, 90, 15, 14, 16);
  const scorer = createScorer({ ...artefact, pipeline: { ...artefact.pipeline, predict } });
  const decisions = answersTo(scorer, three, 1).map(({ decision }) => decision);
  assert.deepEqual(decisions, ['skip', 'act', 'skip']);
});

test('the note says who decided: a cut-off, each row by itself, or the rank, and with which word for acting', () => {
  const { cutoff } = yesNoScorer.artefact.policy;
  const name = 'capacity of 2 a day';
  assert.deepEqual(policyNote(yesNoScorer.artefact), {
    name,
    verb: 'call',
    cutoff,
    by: 'cut-off',
    perList: 2,
  });
  assert.deepEqual(policyNote(yesNoScorer.artefact, 5), {
    name,
    verb: 'call',
    cutoff,
    by: 'rank',
    choose: 5,
    perList: 2,
  });
  assert.deepEqual(policyNote(classScorer.artefact), {
    name: 'the most likely class',
    verb: 'act',
    by: 'row',
  });
  const plain = scorerOf('yesNo', logistic(), atCutoff(0.5));
  assert.deepEqual(policyNote(plain.artefact), {
    name: 'cut-off 0.5',
    verb: 'act',
    cutoff: 0.5,
    by: 'cut-off',
  });
});

test('a model that answers what cannot be is not believed', () => {
  const { artefact } = yesNoScorer;
  for (const answer of [Number.NaN, 1.5, -0.1]) {
    const pipeline = { ...artefact.pipeline, predict: () => Float64Array.of(answer) };
    assert.throws(
      () => answersTo(createScorer({ ...artefact, pipeline }), [small]),
      /answered no probability/,
    );
  }
  for (const answer of [0, 1]) {
    const pipeline = { ...artefact.pipeline, predict: () => Float64Array.of(answer) };
    assert.equal(answersTo(createScorer({ ...artefact, pipeline }), [small])[0]!.probability, answer);
  }
});

test('where one row is wrong, none is answered: everything wrong is counted, and a hundred are told with their places', () => {
  const wrong = { ...small, size: 'many' };
  const scored = scoreRows(yesNoScorer, [small, wrong, ...Array<unknown>(149).fill(wrong)]);
  assert.ok('issues' in scored);
  assert.deepEqual([scored.total, scored.issues.length], [150, 100]);
  assert.deepEqual(
    [scored.issues[0]!.where?.pointer, scored.issues[99]!.where?.pointer],
    ['/1/size', '/100/size'],
  );
  const placed = scoreRows(yesNoScorer, [wrong], { pointer: (row) => `/rows/${row}` });
  assert.ok('issues' in placed);
  assert.equal(placed.issues[0]!.where?.pointer, '/rows/0/size');
});

test('strict, what else is only warned about refuses the rows, in their order and with their places among all', () => {
  const far = { ...small, size: 1000 };
  const lenient = scoreRows(yesNoScorer, [small, far]);
  assert.ok('rows' in lenient);
  assert.deepEqual(
    lenient.rows.map(({ unusual }) => unusual.length),
    [0, 1],
  );
  const strict = scoreRows(
    yesNoScorer,
    [{ ...small, size: 'many' }, small, { ...far, colour: 'pink' }, far],
    { strict: true },
  );
  assert.ok('issues' in strict);
  assert.deepEqual(strict.issues.map(({ code, where }) => `${where?.pointer} ${code}`).slice(1), [
    '/2/size outside-trained-range',
    '/2/colour unseen-level',
    '/3/size outside-trained-range',
  ]);
  assert.equal(strict.total, 4);
  // Columns are looked at one after the other; what is said goes by rows.
  const mixed = scoreRows(yesNoScorer, [{ ...small, colour: 'pink' }, small, far], { strict: true });
  assert.ok('issues' in mixed);
  assert.deepEqual(
    mixed.issues.map(({ where }) => where?.pointer),
    ['/0/colour', '/2/size'],
  );
  assert.ok('rows' in scoreRows(yesNoScorer, [small], { strict: true }));
});

test('an unseen text, a number or a date beyond training, and a value hardly ever missing are said in words', () => {
  const said = (change: object): string[] => {
    const scored = scoreRows(yesNoScorer, [{ ...small, ...change }], { strict: true });
    return 'issues' in scored ? scored.issues.map(({ what }) => what) : [];
  };
  assert.deepEqual(said({ colour: 'pink' }), ['no training row had this text, so the model passes over it']);
  assert.match(
    said({ size: 100 })[0]!,
    /outside of what the training rows had \(0 to 99\), so the answer is a guess/,
  );
  assert.match(said({ since: '2025-01-01' })[0]!, /\(2024-01-01 to 2024-08-27\)/);
  assert.match(said({ colour: null })[0]!, /hardly ever missing in training/);
  assert.deepEqual(said({}), []);
});

test('of many rows each is told what is unusual about it, and nothing of the others', () => {
  const rows = Array.from({ length: 40 }, (_, i) => ({
    ...small,
    ...(i === 11 && { colour: 'pink' }),
    ...(i === 30 && { colour: null }),
  }));
  const scored = scoreRows(yesNoScorer, rows);
  assert.ok('rows' in scored);
  const found = scored.rows.flatMap(({ unusual }, i) => unusual.map(({ code }) => `${i} ${code}`));
  assert.deepEqual(found, ['11 unseen-level', '30 seldom-missing']);
});
