import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problem, problemEntries, Refusal, refusedRows } from './problems.js';

test('a refusal counts all that is wrong, and says how much of it is listed', () => {
  const entries = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ pointer: `/rows/${i}`, code: 'c', detail: 'd' }));
  const detail = (listed: number, total: number): string => refusedRows(entries(listed), { total }).message;
  assert.equal(detail(1, 1), 'One thing is wrong with the rows. Nothing was predicted.');
  assert.equal(detail(3, 3), '3 things are wrong with the rows. Nothing was predicted.');
  assert.equal(
    detail(2, 5),
    '5 things are wrong with the rows; the first 2 are listed. Nothing was predicted.',
  );
  assert.equal(
    refusedRows(entries(2), { total: 5, unread: 9 }).message,
    '5 things are wrong with the rows; the first 2 are listed, and the last 9 rows were not looked at. Nothing was predicted.',
  );
  assert.equal(refusedRows(entries(2), { total: 5 }).reply.status, 422);
});

test('a problem is a document of its own type, with the title that HTTP gives its status', () => {
  const { status, headers, body } = problem(429, 'Too many.', { headers: { 'retry-after': '1' } });
  assert.deepEqual(
    [status, headers],
    [429, { 'retry-after': '1', 'content-type': 'application/problem+json' }],
  );
  assert.deepEqual(JSON.parse(String(body)), {
    type: 'about:blank',
    title: 'Too Many Requests',
    status: 429,
    detail: 'Too many.',
  });
  assert.equal((JSON.parse(String(problem(418, '').body)) as { title: string }).title, 'Error');
  assert.equal(new Refusal(400, 'No.').message, 'No.');
});

test('an entry has its pointer beside the sentence, and nothing of what was sent', () => {
  const issue = {
    code: 'schema-wrong-type',
    what: 'this is not a number',
    got: '"secret"',
    where: { pointer: '/age', column: 'age' },
  };
  const [entry] = problemEntries([issue]);
  assert.deepEqual([entry!.pointer, entry!.code], ['/age', 'schema-wrong-type']);
  assert.match(entry!.detail, /not a number/);
  assert.doesNotMatch(entry!.detail, /secret|\/age/);
  assert.equal(problemEntries([{ code: 'a', what: 'b' }])[0]!.pointer, '');
});
