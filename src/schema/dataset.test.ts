import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { categoryColumn, dateColumn, numberColumn, table } from '../table/table.js';
import { date, id, number, yesNo } from './column-types.js';
import { datasetRows, datasetSlice, groupCodes, isOrdered, labelsOf, makeDataset } from './dataset.js';
import { defineSchema } from './define-schema.js';

const source = { name: 'made.csv', sha256: 'ab'.repeat(32), simulated: false };
const target = yesNo('y');
const plain = defineSchema({ moment: 'now', target, before: { n: number() } });
const timed = defineSchema({
  moment: 'now',
  target,
  order: 'when',
  group: 'who',
  before: { when: date(), who: id() },
});
const labels = categoryColumn('y', ['no', 'yes', 'yes']);

test('labels are 1 for yes and 0 for no, whatever their codes', () => {
  const data = makeDataset(plain, table([numberColumn('n', [1, 2, 3]), labels]), source);
  assert.deepEqual([...labelsOf(data)], [0, 1, 1]);
  assert.deepEqual([...labelsOf(datasetSlice(data, 1))], [1, 1]);
  assert.deepEqual([...labelsOf(datasetRows(data, Uint32Array.of(2, 0)))], [1, 0]);
  assert.equal(isOrdered(data), false);
  assert.equal(groupCodes(data), undefined);
});

test('a missing label and another text are refused with their row', () => {
  for (const value of [null, 'maybe']) {
    const y = categoryColumn('y', ['no', value, value]);
    const data = makeDataset(plain, table([numberColumn('n', [1, 2, 3]), y]), source);
    assert.throws(() => labelsOf(data), /row 1, column "y": 2 of 3 rows say neither yes nor no/i);
  }
});

test('rows are brought into the order of time, those of one time as they stood', () => {
  const given = table([
    dateColumn('when', [3, 1, 3, 2]),
    categoryColumn('who', ['a', 'b', 'c', 'a']),
    categoryColumn('y', ['no', 'yes', 'yes', 'no']),
  ]);
  const data = makeDataset(timed, given, source);
  assert.deepEqual([...data.table.numbers('when')], [1, 2, 3, 3]);
  assert.deepEqual(
    [0, 1, 2, 3].map((row) => data.table.cell(row, 'who')),
    ['b', 'a', 'a', 'c'],
  );
  assert.deepEqual([...groupCodes(data)!], [1, 0, 0, 2]);
  assert.equal(isOrdered(data), true);
});

test('a row without a time has no place, one without a group belongs nowhere', () => {
  const when = (values: (number | null)[], who: (string | null)[]) => (): unknown =>
    groupCodes(
      makeDataset(timed, table([dateColumn('when', values), categoryColumn('who', who), labels]), source),
    );
  assert.throws(when([1, null, 2], ['a', 'b', 'c']), /row 1, column "when"/i);
  assert.throws(when([1, 2, 3], ['a', 'b', null]), /row 2, column "who"/i);
});

test('a dataset prints itself, and says when it describes nobody', () => {
  const made = table([numberColumn('n', [1, 2, 3]), labels]);
  assert.match(
    inspect(makeDataset(plain, made, source)),
    /^made\.csv \(sha256 abababababab…\): 3 rows in no stated order, y = "yes" in 66\.67 %/,
  );
  assert.match(inspect(makeDataset(plain, made, { ...source, simulated: true })), /SIMULATED/);
});
