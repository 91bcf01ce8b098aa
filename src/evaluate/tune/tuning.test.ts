import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { JsonReader } from '../../json.js';
import { tuningFromJson, tuningOf, tuningToJson } from './tuning.js';

const tuning = tuningOf({
  metric: 'AUC',
  protocol: 'stratified 3-fold',
  rounds: [
    { share: 1 / 3, count: 4 },
    { share: 1, count: 2 },
  ],
  trials: [
    { values: {}, scores: [0.7, 0.71] },
    { values: { l2: 3, loss: 'squared' }, scores: [0.6] },
    { values: { l2: 0.5 }, scores: [0.8, 0.81234] },
    { values: { l2: 9, loss: 'absolute' }, scores: [Number.NaN] },
  ],
  chosen: 2,
});

test('the chosen settings stand first, then those that came farthest, of equals in the order of trying', () => {
  const lines = inspect(tuning).split('\n');
  assert.equal(lines[0], '4 settings, judged by AUC under stratified 3-fold inside the training rows');
  assert.match(lines[1]!, /^ +l2 +loss +33\.3 % of rows +100 % of rows$/);
  const cells = lines.slice(3).map((line) => line.trim().split(/ {2,}/));
  assert.deepEqual(cells, [
    ['chosen', '0.5', 'as given', '0.8000', '0.8123'],
    ['as given', 'as given', '0.7000', '0.7100'],
    ['3', 'squared', '0.6000'],
    ['9', 'absolute', 'NaN'],
  ]);
});

test('a record is read back as it was, and refused where it names no trial as chosen', () => {
  const json = JSON.parse(JSON.stringify(tuningToJson(tuning))) as {
    chosen: number;
    trials: { scores: unknown[] }[];
  };
  assert.equal(json.trials[3]!.scores[0], null);
  const read = tuningFromJson(new JsonReader(json));
  assert.deepEqual({ ...read }, { ...tuning });
  assert.equal(inspect(read), inspect(tuning));
  for (const chosen of [-1, 4, 0.5])
    assert.throws(() => tuningFromJson(new JsonReader({ ...json, chosen })), /chosen/);
  assert.equal(tuningFromJson(new JsonReader({ ...json, chosen: 3 })).chosen, 3);
  const rounds = (share: number, count: number): object => ({ ...json, rounds: [{ share, count }] });
  for (const [share, count] of [
    [0, 1],
    [1, 1],
  ] as const)
    assert.doesNotThrow(() => tuningFromJson(new JsonReader(rounds(share, count))));
  for (const [share, count] of [
    [-0.1, 1],
    [1.1, 1],
    [1, 0],
  ] as const)
    assert.throws(() => tuningFromJson(new JsonReader(rounds(share, count))), /share|count/);
});
