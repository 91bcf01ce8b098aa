import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../problem.js';
import { isFailure, orFailure, worstOf } from './fold-failure.js';

const failure = (code: string, rows?: number) => ({
  issues: [{ code, what: code, ...(rows !== undefined && { rows }) }],
});

test('what cannot be learned is a failure with its issues; any other error is thrown on', () => {
  const result = orFailure(() => {
    throw new Problem({ code: 'few', what: 'too few' });
  });
  assert.ok(isFailure(result));
  assert.equal(result.issues[0]!.code, 'few');
  const answer = orFailure(() => ({ answer: 1 }));
  assert.deepEqual([answer, isFailure(answer)], [{ answer: 1 }, false]);
  const bug = (): never => {
    throw new TypeError('a bug');
  };
  assert.throws(() => orFailure(bug), TypeError);
});

test('of several failures the one of the fewest rows is told, else the first', () => {
  assert.equal(worstOf([]), undefined);
  const [a, b, c] = [failure('a', 5), failure('b', 2), failure('c')];
  assert.equal(worstOf([a, b, c]), b);
  assert.equal(worstOf([c, a, b]), b);
  assert.equal(worstOf([c, a]), a);
  assert.equal(worstOf([failure('d'), c])!.issues[0]!.code, 'd');
  assert.equal(worstOf([failure('e', 2), b])!.issues[0]!.code, 'e');
  const several = { issues: [...a.issues, ...failure('f', 1).issues] };
  assert.equal(worstOf([b, several]), several);
});
