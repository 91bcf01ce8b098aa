import assert from 'node:assert/strict';
import { test } from 'node:test';
import { didYouMean, nearestName } from './nearest-name.js';

test('a slip of the finger finds its name, another word does not', () => {
  const names = ['age', 'balance', 'duration', 'pdays'];
  assert.equal(nearestName('balanse', names), 'balance');
  assert.equal(nearestName(' Duration ', names), 'duration');
  assert.equal(nearestName('pday', names), 'pdays');
  assert.equal(nearestName('salary', names), undefined);
  assert.equal(nearestName('x', []), undefined);
  assert.equal(didYouMean('agee', names), 'did you mean "age"?');
});
