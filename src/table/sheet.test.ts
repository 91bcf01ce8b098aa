import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { mimeBundle } from '../display.js';
import { withSheet } from './sheet.js';
import { categoryColumn, numberColumn, table } from './table.js';

test('a sheet is aligned text in a terminal and a table in a notebook, and its object stays plain data', () => {
  const made = withSheet({ a: 1 }, ({ a }) => ({
    above: ['Title & more', ''],
    header: ['name', 'value'],
    rows: [['<b>', String(a)]],
    align: ['left', 'right'],
    below: ['end'],
  }));
  assert.equal(inspect(made), 'Title & more\n\nname  value\n----  -----\n<b>       1\nend');
  const html = String(mimeBundle(made)['text/html']);
  assert.ok(
    html.includes('<p>Title &#38; more</p>') && html.includes('&#60;b&#62;') && !html.includes('<b>'),
  );
  assert.deepEqual(Object.keys(made), ['a']);
  assert.equal(JSON.stringify(made), '{"a":1}');
});

test('sentences after a dash are a list in a notebook, and names in backticks are code; neither lets markup in', () => {
  const below = ['Questions', '- Is `<i>` one?', '- Is `b` two?'];
  const made = withSheet({}, () => ({ header: ['a'], rows: [['1']], align: ['left'], below }));
  const html = String(mimeBundle(made)['text/html']);
  const list = '<ul><li>Is <code>&#60;i&#62;</code> one?</li><li>Is <code>b</code> two?</li></ul>';
  assert.ok(html.endsWith(`<p>Questions</p>${list}</div>`), html);
  assert.match(inspect(made), /\n- Is `<i>` one\?\n- Is `b` two\?$/);
});

test('a table shows its first rows as HTML; what a cell holds cannot become markup', () => {
  const evil = table([categoryColumn('<i>', ['<script>']), numberColumn('x', [null])]);
  const html = String(mimeBundle(evil)['text/html']);
  assert.ok(html.includes('&#60;script&#62;') && !html.includes('<script') && !html.includes('<i>'));
});

test('a list of like objects is a table in a notebook; one of unlike objects is not', () => {
  const like = mimeBundle([
    { name: 'a', rate: 0.123456789 },
    { name: 'b', rate: Number.NaN },
  ]);
  assert.match(String(like['text/html']), /<th[^>]*>rate<.*>0\.12346<.*>–</);
  assert.equal(like['text/plain'], 'name     rate\n----  -------\na     0.12346\nb           –');
  assert.equal(mimeBundle([{ a: 1 }, { b: 1 }])['text/html'], undefined);
  assert.equal(mimeBundle([{ a: { b: 1 } }])['text/html'], undefined);
  assert.equal(mimeBundle([1, 2])['text/html'], undefined);
  assert.equal(mimeBundle([])['text/html'], undefined);
});
