import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StudyReport } from '../../study/study-report.js';
import { exampleReport } from '../../testing/example-report.js';
import type { Figure } from '../figure.js';
import { everyFigure } from './every-figure.js';
import { policiesFigure } from './policies.js';
import { priceFigure } from './price.js';
import { raceFigure } from './race.js';
import { targetRateFigure } from './target-rate.js';

/** Every number in a value, however deep. */
function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(numbersIn) : [];
}

function textsOf(figure: Figure): string {
  return JSON.stringify([figure.data, figure.layout]);
}

test('a whole report has all twelve figures, each with marks, finite numbers, a title and words', () => {
  const figures = everyFigure(exampleReport());
  assert.equal(figures.size, 12);
  for (const [name, figure] of figures) {
    const marks = figure.data.flatMap(({ x }) => (Array.isArray(x) ? x : []));
    assert.ok(marks.length > 1, `${name} has marks`);
    for (const { x, y } of figure.data) assert.equal((x as []).length, (y as []).length, `${name}: x and y`);
    assert.ok(numbersIn(figure).every(Number.isFinite), `${name}: a number is not finite`);
    assert.ok(figure.title.length > 20 && figure.title.length < 140, `${name}: title`);
    assert.ok(figure.alt.length > 40, `${name}: alt`);
    assert.doesNotMatch(figure.title + figure.alt, /NaN|undefined|Infinity|null/, name);
    assert.deepEqual(JSON.parse(JSON.stringify(figure)), figure, `${name} is plain JSON`);
  }
});

test('a report without anything to draw has no figures, and none of what it lacks is invented', () => {
  const report = exampleReport();
  const empty: StudyReport = {
    ...report,
    data: { ...report.data, segments: [] },
    price: [],
    demonstrations: [],
    leaderboard: [],
    policies: [],
    holdout: {
      ...report.holdout,
      segments: [],
      importance: [],
      details: {},
    },
  };
  assert.deepEqual([...everyFigure(empty).keys()], []);
});

test('names from the data cannot become markup inside a figure', () => {
  const report = exampleReport();
  const evil = '<a href="javascript:alert(1)">x</a>';
  const named: StudyReport = {
    ...report,
    data: { ...report.data, segments: report.data.segments.map((row) => ({ ...row, name: evil })) },
    price: report.price.map((row) => ({ ...row, suspect: evil })),
    demonstrations: report.demonstrations.map((row) => ({ ...row, way: evil })),
    leaderboard: report.leaderboard.map((row) => ({ ...row, name: evil })),
    protocols: report.protocols.map((row) => ({ ...row, name: evil })),
    policies: report.policies.map((row) => ({ ...row, name: evil })),
    holdout: {
      ...report.holdout,
      segments: report.holdout.segments.map((row) => ({ ...row, name: evil })),
      importance: report.holdout.importance.map((row) => ({ ...row, column: evil })),
    },
  };
  const scores = { [evil]: report.leaderboard[0]!.scores['forward chaining']! };
  const all: StudyReport = { ...named, leaderboard: named.leaderboard.map((row) => ({ ...row, scores })) };
  for (const [name, figure] of everyFigure(all)) assert.ok(!textsOf(figure).includes('<a '), name);
});

test('the four parts of a policy add up to the holdout rows', () => {
  const report = exampleReport();
  const { data } = policiesFigure(report);
  report.policies.forEach((policy, i) => {
    const parts = data.map(({ x }) => (x as number[])[i]!);
    assert.ok(Math.abs(parts.reduce((a, b) => a + b) - report.holdout.rows) < 1e-9, policy.name);
    assert.ok(
      parts.every((part) => part >= 0),
      policy.name,
    );
  });
});

test('the title of the target rate says how far apart the years are, or only the rate where there are none', () => {
  const report = exampleReport();
  assert.match(targetRateFigure(report).title, /grows \d+\.\d-fold: [\d.]+\s% in 2008 and \d+\s% in 2010$/);
  const flat = [{ name: 'all', rows: 10, rate: 0.5 }];
  const one = targetRateFigure({
    ...report,
    data: { ...report.data, segments: flat, rows: 10, baseRate: 0.5 },
  });
  assert.equal(one.title, '50\u00a0% of 10 rows say yes');
});

test('a suspect whose difference may be nothing has no price in the title', () => {
  const report = exampleReport();
  assert.match(priceFigure(report).title, /^With duration the AUC looks \.171 better/);
  const none = report.price.map((row) => ({ ...row, difference: { ...row.difference, low: -0.01 } }));
  assert.equal(
    priceFigure({ ...report, price: none }).title,
    'No suspect changes the AUC beyond its interval',
  );
});

test('the title of the race names both winners where the protocols differ, and one where they do not', () => {
  const report = exampleReport();
  assert.equal(
    raceFigure(report).title,
    'The protocol changes the winner: boosting has .798 by stratified 5-fold; naive Bayes on bins has .734 by forward chaining',
  );
  const one = raceFigure({ ...report, leaderboard: report.leaderboard.slice(0, 2) });
  assert.equal(
    one.title,
    'The same candidate leads under both protocols, with another AUC: .776 by stratified 5-fold; .734 by forward chaining',
  );
  const comma = { ...report.protocols[1]!, name: 'five folds, shuffled' };
  const renamed = report.leaderboard.map((row) => ({
    ...row,
    scores: { ...row.scores, [comma.name]: row.scores['stratified 5-fold']! },
  }));
  assert.match(
    raceFigure({ ...report, protocols: [report.protocols[0]!, comma], leaderboard: renamed }).title,
    /boosting has \.798 by five folds, shuffled; naive Bayes on bins has \.734 by forward chaining$/,
  );
});

test('columns that move nothing are not drawn, nor the conventional point of precision at recall 0', () => {
  const report = exampleReport();
  const still = { column: 'still', meanAbsoluteContribution: 0 };
  const { importance } = report.holdout;
  const curves = report.holdout.details.curves!;
  const some = everyFigure({ ...report, holdout: { ...report.holdout, importance: [still, ...importance] } });
  assert.ok(!JSON.stringify(some.get('importance')).includes('still'));
  const none = everyFigure({ ...report, holdout: { ...report.holdout, importance: [still] } });
  assert.ok(!none.has('importance'));
  const precisionRecall = [[0, 1] as const, ...curves.precisionRecall];
  const drawn = everyFigure({
    ...report,
    holdout: { ...report.holdout, details: { curves: { ...curves, precisionRecall } } },
  });
  assert.equal((drawn.get('precision-recall')!.data[0]!.x as number[])[0], curves.precisionRecall[0]![0]);
});

test('probabilities that nothing corrects are drawn once, and said to be so', () => {
  const report = exampleReport();
  const curves = report.holdout.details.curves!;
  const plain = { ...curves, calibrationBefore: curves.calibrationAfter };
  const figure = everyFigure({ ...report, holdout: { ...report.holdout, details: { curves: plain } } }).get(
    'calibration',
  )!;
  assert.equal(figure.data.length, 1);
  assert.match(
    figure.title,
    /miss the observed rate by [\d.]+ points on average, and nothing corrects them$/,
  );
});
