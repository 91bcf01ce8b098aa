import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logistic } from '../models/logistic.js';

import { learnerJson } from '../models/reader.js';
import { withCalibration } from '../models/with-calibration.js';
import { withSmote } from '../models/with-smote.js';
import { withWeights } from '../models/with-weights.js';
import { learnerFromJson, modelFromJson } from './learner-registry.js';

test('learners nest to any depth and come back as they were', () => {
  const deep = withWeights(withCalibration(withSmote(logistic({ l2: 3 }), { ratio: 0.5 })), 'balanced');
  const read = learnerFromJson(JSON.parse(JSON.stringify(learnerJson(deep))));
  assert.equal(read.name, deep.name);
  assert.deepEqual(read.params, deep.params);
});

test('an unknown kind is refused with those that are known, and where it stands', () => {
  const json = { kind: 'withSmote', params: { learner: { kind: 'oracle', params: {} }, ratio: 1 } };
  assert.throws(() => learnerFromJson(json), /\/params\/learner\/kind.*"oracle".*"logistic"/s);
  assert.throws(() => modelFromJson({ kind: 'oracle' }), /no model of that kind, got "oracle"/);
});

test('parameters out of bounds are refused when read, too', () => {
  const json = { kind: 'logistic', params: { l2: -1, tolerance: 1e-8, maxIterations: 10 } };
  assert.throws(() => learnerFromJson(json), /"l2" of logistic cannot be used/);
});
