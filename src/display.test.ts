import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { afterEach, describe, it } from 'node:test';
import { display, htmlTable, mimeBundle, setDisplaySink } from './display.js';

describe('the forms of a value', () => {
  it('are its text, and HTML where it offers it', () => {
    assert.deepEqual(mimeBundle('bare'), { 'text/plain': 'bare' });
    assert.deepEqual(mimeBundle(null), { 'text/plain': 'null' });
    const value = { toHtml: () => '<b>1</b>', [Symbol.for('nodejs.util.inspect.custom')]: () => 'one' };
    assert.deepEqual(mimeBundle(value), { 'text/plain': 'one', 'text/html': '<b>1</b>' });
  });

  it('are a table where the value is a list of like objects', () => {
    const forms = mimeBundle([
      { level: 'a', rows: 29285, rate: 0.14918900460986853 },
      { level: 'unknown', rows: 7, rate: Number.NaN },
    ]);
    assert.equal(
      forms['text/plain'],
      'level     rows     rate\n-------  -----  -------\na        29285  0.14919\nunknown      7        –',
    );
    assert.match(String(forms['text/html']), /<td style="text-align:right">0\.14919<\/td>/);
  });

  it('escape what stands in a table', () => {
    const table = htmlTable([['<a>', '1']], { header: ['name & place', 'n'], align: ['left', 'right'] });
    assert.match(table, /<th style="text-align:left">name &#38; place<\/th>/);
    assert.match(table, /<td style="text-align:left">&#60;a&#62;<\/td><td style="text-align:right">1<\/td>/);
  });
});

describe('display', () => {
  afterEach(() => setDisplaySink(undefined));

  it('updates the output that it made, and no other', () => {
    const seen: [unknown, string | undefined, boolean][] = [];
    setDisplaySink((bundle, { id, update }) => void seen.push([bundle['text/plain'], id, update]));
    const first = display('a');
    const second = display('b');
    first.update('a again');
    second.update('b again');
    const [one, two] = [seen[0]![1], seen[1]![1]];
    assert.notEqual(one, two);
    assert.deepEqual(seen, [
      ['a', one, false],
      ['b', two, false],
      ['a again', one, true],
      ['b again', two, true],
    ]);
  });

  it('takes away what it showed by replacing it with no form at all', () => {
    const seen: unknown[] = [];
    setDisplaySink((bundle, { update }) => void seen.push([bundle, update]));
    display('a').clear();
    assert.deepEqual(seen, [
      [{ 'text/plain': 'a' }, false],
      [{}, true],
    ]);
  });
});

it("danfo's description keeps the names of its rows, as text and as HTML", () => {
  const danfo = createRequire(import.meta.url)('danfojs-node');
  const frame = new danfo.DataFrame(
    [
      [1, Number.NaN],
      [2, 3],
      [3, 4],
    ],
    { columns: ['v', 'w'], dtypes: ['float32', 'float32'] },
  );
  const forms = mimeBundle(frame.describe());
  assert.match(String(forms['text/plain']), /^ +v +w\n-.*\ncount +3 +2\nmean +2 +–\n/);
  assert.match(String(forms['text/html']), /<td[^>]*>median<\/td><td[^>]*>2<\/td>/);
});
