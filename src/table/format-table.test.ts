import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatTable } from './format-table.js';

test('columns are aligned, numbers to the right, without trailing spaces', () => {
  const text = formatTable(
    [
      ['logistic', '.766', 'a'],
      ['baseline', '.5', ''],
    ],
    { header: ['model', 'AUC', 'note'] },
  );
  assert.equal(
    text,
    ['model      AUC  note', '--------  ----  ----', 'logistic  .766  a', 'baseline    .5'].join('\n'),
  );
});

test('alignment may be stated', () => {
  assert.equal(
    formatTable(
      [
        ['a', '1'],
        ['bbb', '22'],
      ],
      { align: ['right', 'left'] },
    ),
    '  a  1\nbbb  22',
  );
});

test('a line break in a cell cannot break the table, short rows are filled, width counts code points', () => {
  assert.equal(
    formatTable([
      ['a\nb', 'x'],
      ['ñé😀', 'y', 'z'],
    ]),
    'a b  x\nñé😀  y  z',
  );
});

test('nothing is an empty text', () => {
  assert.equal(formatTable([]), '');
  assert.equal(formatTable([], { header: ['a'] }), 'a\n-');
});
