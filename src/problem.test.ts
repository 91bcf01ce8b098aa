/** Issues become sentences here and nowhere else. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatIssue, listNames, Problem, show } from './problem.js';

test('an issue reads as sentences: where and what, what was expected, what to do', () => {
  const issue = {
    code: 'csv-bad-number',
    what: 'not a number',
    where: { file: 'calls.csv', line: 7, column: 'age' },
    got: '"old"',
    expected: 'digits, such as 42',
    remedy: 'mend the file',
  };
  assert.equal(
    formatIssue(issue),
    'calls.csv, line 7, column "age": not a number, got "old". Expected digits, such as 42. Mend the file.',
  );
  assert.equal(
    formatIssue(issue, { withValues: false }),
    'calls.csv, line 7, column "age": not a number. Expected digits, such as 42. Mend the file.',
  );
});

test('a sentence begins with a capital and ends once; a place that the clause names already is not said twice', () => {
  assert.equal(formatIssue({ code: 'x-y', what: 'nothing is there' }), 'Nothing is there.');
  assert.equal(formatIssue({ code: 'x-y', what: 'is that all?' }), 'Is that all?');
  assert.equal(
    formatIssue({ code: 'x-y', what: 'column "duration" is late', where: { column: 'duration' } }),
    'Column "duration" is late.',
  );
  assert.equal(
    formatIssue({ code: 'x-y', what: 'an object', where: { pointer: '' } }),
    'At the root: an object.',
  );
  assert.equal(
    formatIssue({ code: 'x-y', what: 'too high', where: { cell: 'a1', row: 0, pointer: '/rows/0' } }),
    'Cell a1, row 0, at /rows/0: too high.',
  );
});

test('a problem carries every issue, and says how many were left out', () => {
  const issues = [
    { code: 'x-one', what: 'one' },
    { code: 'x-two', what: 'two' },
  ];
  const problem = new Problem(issues, 9);
  assert.deepEqual(problem.issues, issues);
  assert.equal(problem.total, 9);
  assert.equal(problem.message, 'One.\nTwo.\n… and 7 more of 9 in all.');
  assert.equal(new Problem(issues[0]!).total, 1);
  assert.ok(problem instanceof Error);
});

test('values are shown as JSON, short, and never fail to be shown', () => {
  assert.equal(show('a\n"b"'), '"a\\n\\"b\\""');
  assert.equal(show(Number.NaN), 'NaN');
  assert.equal(show(12n), '12');
  assert.equal(show(undefined), 'undefined');
  const circle: unknown[] = [];
  circle.push(circle);
  assert.equal(show(circle), 'object');
  assert.ok(show('x'.repeat(1000)).length <= 60);
});

test('names are listed as people list them, and counted where there are too many', () => {
  assert.equal(listNames([]), '');
  assert.equal(listNames(['a']), '"a"');
  assert.equal(listNames(['a', 'b']), '"a" and "b"');
  assert.equal(listNames(['a', 'b', 'c'], { last: 'or' }), '"a", "b" or "c"');
  assert.equal(listNames(['a', 'b', 'c'], { most: 2 }), '"a", "b" and 1 more');
});
