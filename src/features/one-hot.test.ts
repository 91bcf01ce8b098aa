import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../problem.js';
import { categoryColumn, numberColumn, table } from '../table/table.js';
import { frozenSteps } from '../testing/sklearn-steps.js';
import { bins } from './bins.js';
import { cross } from './cross.js';
import { numbersOf } from './mapping.js';
import { oneHot } from './one-hot.js';
import { checkStep, madeContext } from './step-checks.js';

checkStep(oneHot('job', bins('age', { count: 5 }), cross('job', 'month')));

test('oneHot agrees with OneHotEncoder: levels sorted, one column each', () => {
  const frozen = frozenSteps();
  const rows = table([categoryColumn('text', frozen.text)]);
  const { step, outputs } = oneHot('text').fit(rows, madeContext(rows.rowCount));
  assert.deepEqual(
    step.outputs.map(({ name }) => name),
    frozen.levels.map((level) => `text=${level}`),
  );
  frozen.oneHot.forEach((expected, row) => {
    assert.deepEqual(
      outputs.map((feature) => numbersOf(feature)[row]),
      expected,
    );
  });
});

test('oneHot gives zeros for a level never seen and for a missing one', () => {
  const train = table([categoryColumn('job', ['a', 'b'])]);
  const { step } = oneHot('job').fit(train, madeContext(2));
  const later = step.transform(table([categoryColumn('job', ['c', null, 'b'])]));
  assert.deepEqual(
    later.map((feature) => [...numbersOf(feature)]),
    [
      [0, 0, 0],
      [0, 0, 1],
    ],
  );
});

test('oneHot has no column for a level that the training rows do not hold', () => {
  const all = table([categoryColumn('job', ['a', 'b', 'c'])]);
  const { step } = oneHot('job').fit(all.slice(0, 2), madeContext(2));
  assert.deepEqual(
    step.outputs.map(({ name }) => name),
    ['job=a', 'job=b'],
  );
});

test('oneHot of numbers, or of more levels than memory bears, is refused with what to do', () => {
  const ages = table([numberColumn('age', [1, 2])]);
  assert.throws(() => oneHot('age').fit(ages, madeContext(2)), {
    message: /"age" holds numbers, and oneHot works on text\. Use numbers as they are, or cut them first/,
  });
  const many = table([
    categoryColumn(
      'shop',
      Array.from({ length: 1001 }, (_, i) => `s${i}`),
    ),
  ]);
  assert.throws(
    () => oneHot('shop').fit(many, madeContext(1001)),
    (error) => error instanceof Problem && error.issues[0]?.code === 'features-too-many-levels',
  );
});
