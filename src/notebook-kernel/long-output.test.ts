import assert from 'node:assert/strict';
import { test } from 'node:test';
import { longOutput } from './long-output.js';

const lines = (count: number): string => Array.from({ length: count }, (_, i) => `line ${i}\n`).join('');

/** All that is shown when the text comes in pieces of this length. */
function shownOf(text: string, piece: number): string {
  const output = longOutput();
  let shown = '';
  for (let i = 0; i < text.length; i += piece) shown += output.take('stdout', text.slice(i, i + piece));
  return (
    shown +
    output
      .end()
      .map((part) => part.text)
      .join('')
  );
}

test('500 lines stay as they are, in whatever pieces they come', () => {
  for (const piece of [1, 7, 4096, 1e6]) assert.equal(shownOf(lines(500), piece), lines(500));
});

test('of 20,000 lines the first 400 and the last 100 stay, and a word tells of the rest', () => {
  for (const piece of [7, 4096, 1e6]) {
    const shown = shownOf(lines(20_000), piece).split('\n');
    assert.equal(shown.length, 502);
    assert.deepEqual(
      [shown[0], shown[399], shown[401], shown[500]],
      ['line 0', 'line 399', 'line 19900', 'line 19999'],
    );
    assert.equal(shown[400], '… 19,500 lines are left out here; write them to a file to keep them all …');
  }
});

test('the streams of the last lines stay apart, and the next cell begins with none', () => {
  const output = longOutput();
  output.take('stdout', lines(400));
  assert.equal(output.take('stdout', 'a\n'), '');
  output.take('stderr', 'b');
  output.take('stderr', 'c\n');
  assert.deepEqual(output.end(), [
    { name: 'stdout', text: 'a\n' },
    { name: 'stderr', text: 'bc\n' },
  ]);
  assert.deepEqual(output.end(), []);
  assert.equal(output.take('stdout', lines(400)), lines(400));
});
