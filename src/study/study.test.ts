/** A study's statement is checked as a whole, before anything is read or raced. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byThreshold } from '../decide/by-threshold.js';
import { Problem } from '../problem.js';
import { borrowers } from '../testing/example-loans.js';
import { smallStudy } from '../testing/small-study.js';
import type { StudySpec } from './study.js';

function codes(changes: Partial<StudySpec>): string[] {
  try {
    smallStudy(changes);
    return [];
  } catch (error) {
    assert.ok(error instanceof Problem);
    return error.issues.map(({ code }) => code);
  }
}

test('a whole study is taken as it is', () => {
  const study = smallStudy();
  assert.equal(study.name, 'small');
  assert.deepEqual(codes({ ablations: undefined, optimistic: undefined, holdout: 0.01 }), []);
});

test('everything that is wrong is said at once', () => {
  const [first] = smallStudy().candidates;
  assert.deepEqual(
    codes({
      candidates: [first!, first!],
      ablations: [],
      holdout: 1,
      policies: { many: byThreshold({ atLeast: 3 }) },
    }),
    ['study-repeated-candidate', 'study-holdout-share', 'study-other-policy'],
  );
  assert.deepEqual(codes({ candidates: [] }), ['study-unknown-candidate', 'study-unknown-candidate', 'study-no-candidates']); // biome-ignore format: one line
  assert.deepEqual(codes({ ablations: [{ question: 'Why?', compare: ['logistic', 'forest'] }] }), ['study-unknown-candidate']); // biome-ignore format: one line
});

test('a share to hold out lies between none and all', () => {
  for (const holdout of [0, 1, -0.1, 1.5, Number.NaN])
    assert.deepEqual(codes({ holdout }), ['study-holdout-share']);
});

test('a name that could be no folder, and segments by a column that is not there, are refused before the run', () => {
  for (const name of ['', 'Small', '../small', 'a b', 'a--b', 'a-'])
    assert.deepEqual(codes({ name }), ['study-name'], name);
  assert.deepEqual(codes({ segments: 'months' }), ['study-unknown-segments']);
});

test('a study of clients has their schema and rows; what a file holds may be left out on purpose only', () => {
  const { schema, derive } = borrowers;
  const own = { schema, segments: undefined };
  assert.deepEqual(codes({ ...own, clients: borrowers }), []);
  assert.equal(smallStudy({ ...own, clients: borrowers }).derive, derive);
  assert.deepEqual(codes({ clients: borrowers }), ['study-other-clients', 'study-lost-columns']);
  const other = { ...derive, without: [] };
  assert.deepEqual(codes({ ...own, derive: other }), ['study-lost-columns']);
  assert.deepEqual(codes({ ...own, derive }), []);
});
