import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalJson, type JsonObject, JsonReader } from '../json.js';
import { Problem } from '../problem.js';
import type { Shape } from '../table/matrix.js';
import { TreesBuilder } from './trees.js';
import { treesFromJson, treesToJson } from './trees-json.js';

const shape: Shape = [{ kind: 'number' }, { kind: 'category', levels: 40 }];

function made(): ReturnType<TreesBuilder['build']> {
  const builder = new TreesBuilder(shape);
  builder.add({ kind: 'number', column: 0, threshold: 2.5, missingLeft: true });
  builder.add({ kind: 'category', column: 1, codes: [3, 39], missingLeft: false });
  builder.add({ kind: 'leaf', value: -1, rows: 4 });
  builder.add({ kind: 'leaf', value: 0.25, rows: 5 });
  builder.add({ kind: 'leaf', value: 1, rows: 6 });
  builder.add({ kind: 'leaf', value: 7, rows: 15 });
  return builder.build();
}

test('trees are saved as texts and lists that a person can read', () => {
  assert.deepEqual(treesToJson(made()), {
    forms: ['nc...', '.'],
    columns: [0, 1],
    missing: 'lr',
    thresholds: [2.5],
    sets: [[3, 39]],
    values: [-1, 0.25, 1, 7],
    rows: [4, 5, 6, 15],
  });
});

test('trees read back are the same arrays', () => {
  const json: unknown = JSON.parse(canonicalJson(treesToJson(made())));
  assert.deepEqual(treesFromJson(new JsonReader(json), shape), made());
  assert.deepEqual([...made().rows], [15, 9, 4, 5, 6, 15]);
  assert.deepEqual([...made().right], [4, 3, 0, 0, 0, 0]);
});

test('of many trees every node keeps what it was told', () => {
  const builder = new TreesBuilder(shape);
  // So that a category comes at a power of two, where room may end.
  builder.add({ kind: 'leaf', value: 0.5, rows: 1 });
  const codes = Array.from({ length: 1500 }, (_, tree) => [tree % 40]);
  for (const [tree, set] of codes.entries()) {
    builder.add({ kind: 'category', column: 1, codes: set, missingLeft: tree % 3 === 0 });
    builder.add({ kind: 'leaf', value: tree, rows: 1 });
    builder.add({ kind: 'leaf', value: -tree, rows: 2 });
  }
  const json = treesToJson(builder.build()) as JsonObject;
  assert.deepEqual(json.sets, codes);
  assert.deepEqual(json.values, [0.5, ...codes.flatMap((_, tree) => [tree, -tree])]);
  assert.equal(json.missing, codes.map((_, tree) => (tree % 3 === 0 ? 'l' : 'r')).join(''));
});

const damages: Record<string, object> = {
  'a tree cut short': { forms: ['nc..', '.'] },
  'a tree that goes on': { forms: ['nc....', '.'] },
  'an empty tree': { forms: ['nc...', '.', ''] },
  'an unknown letter': { forms: ['nx...', '.'] },
  'a number split on a category': { columns: [1, 1] },
  'a column that is not there': { columns: [0, 2] },
  'too few columns': { columns: [0], missing: 'l' },
  'too many columns': { columns: [0, 1, 1], missing: 'lrr' },
  'a column that is no whole number': { columns: [0, 0.5] },
  'missing values that go nowhere': { missing: 'lx' },
  'too few directions': { missing: 'l' },
  'a threshold that is not finite': { thresholds: [null] },
  'too many thresholds': { thresholds: [2.5, 3] },
  'no thresholds': { thresholds: [] },
  'a code outside the levels': { sets: [[3, 40]] },
  'no set': { sets: [] },
  'too many sets': { sets: [[3], [4]] },
  'too few values': { values: [-1, 0.25, 1] },
  'a leaf without rows': { rows: [4, 5, 6, 0] },
  'too few rows': { rows: [4, 5, 6] },
};

for (const [name, damage] of Object.entries(damages)) {
  test(`refused: ${name}`, () => {
    const json = { ...(treesToJson(made()) as object), ...damage };
    assert.throws(() => treesFromJson(new JsonReader(json), shape), Problem);
  });
}
