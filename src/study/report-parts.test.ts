/** What moves a model's answer, for every kind of model: those with exact contributions, and those without. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blend } from '../evaluate/blend.js';
import { type Pipeline, pipeline } from '../evaluate/pipeline.js';
import { logistic } from '../models/logistic.js';
import type { Dataset } from '../schema/schema.js';
import { made, madeRecipe } from '../testing/made-dataset.js';
import { madeClasses, madeNumbers } from '../testing/made-targets.js';
import { boosting } from '../trees/boosting.js';
import { randomForest } from '../trees/forest.js';
import { importancePart } from './report-parts.js';

const rows = 600;
const learn = (data: Dataset, learner: Parameters<typeof pipeline>[1]): Pipeline =>
  pipeline(madeRecipe(data), learner);
const [calls, numbers, classes] = [made(rows), madeNumbers(rows), madeClasses(rows)];
const forest = randomForest({ trees: 20, minLeaf: 5 });
const cases: [string, Dataset, Pipeline, string][] = [
  ['logistic', calls, learn(calls, logistic()), 'log-odds'],
  ['boosting', calls, learn(calls, boosting({ trees: 20 })), 'log-odds'],
  ['a forest', calls, learn(calls, forest), 'probability'],
  [
    'a blend',
    calls,
    blend('both', [learn(calls, logistic()), learn(calls, boosting({ trees: 20 }))]),
    'log-odds',
  ],
  ['a forest of numbers', numbers, learn(numbers, forest), 'target'],
  ['a forest of classes', classes, learn(classes, forest), 'probability'],
];
for (const [name, data, candidate, unit] of cases) {
  test(`${name} says how far each column moves its answer, the farthest first; what tells nothing moves it least`, () => {
    const { importance, importanceUnit } = importancePart(candidate.fit(data, { seed: 1 }), data);
    assert.equal(importanceUnit, unit);
    assert.deepEqual(importance.map(({ column }) => column).sort(), ['a', 'b', 'c']);
    const moves = importance.map(({ meanAbsoluteContribution }) => meanAbsoluteContribution);
    assert.ok(moves.every((move) => move > 0 && Number.isFinite(move)));
    assert.deepEqual([...moves].sort((x, y) => y - x), moves); // biome-ignore format: one thought
    if (data === calls) assert.equal(importance.at(-1)!.column, 'c');
  });
}
