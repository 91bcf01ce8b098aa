import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../problem.js';
import { categoryColumn, numberColumn, table } from '../table/table.js';
import { bins } from './bins.js';
import { cross } from './cross.js';
import { codesOf } from './mapping.js';
import { checkStep, madeContext } from './step-checks.js';

checkStep(cross('job', 'month'));
checkStep(cross('job', bins('age', { count: 3 }), 'month'));

test('cross knows the combinations it has seen, and no others', () => {
  const train = table([categoryColumn('a', ['x', 'y', 'y']), categoryColumn('b', ['2', '1', '2'])]);
  const { step, outputs } = cross('a', 'b').fit(train, madeContext(3));
  assert.deepEqual(step.outputs, [
    { name: 'a × b', from: ['a', 'b'], kind: 'category', levels: ['x × 2', 'y × 1', 'y × 2'] },
  ]);
  assert.deepEqual([...codesOf(outputs[0]!)], [0, 1, 2]);
  const later = table([categoryColumn('a', ['x', 'y', null]), categoryColumn('b', ['1', '1', '1'])]);
  assert.deepEqual([...codesOf(step.transform(later)[0]!)], [-1, 1, -1]);
});

test('cross keeps combinations apart whose texts look the same', () => {
  const rows = table([categoryColumn('a', ['p × q', 'p']), categoryColumn('b', ['r', 'q × r'])]);
  const { outputs } = cross('a', 'b').fit(rows, madeContext(2));
  assert.notEqual(codesOf(outputs[0]!)[0], codesOf(outputs[0]!)[1]);
});

test('cross refuses numbers, and a single input', () => {
  const rows = table([categoryColumn('a', ['x']), numberColumn('n', [1])]);
  assert.throws(() => cross('a', 'n').fit(rows, madeContext(1)), {
    message: /"n" holds numbers, and cross works on text/,
  });
  assert.throws(() => cross('a'), Problem);
});
