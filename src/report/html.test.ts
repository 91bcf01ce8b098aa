import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { html, jsonForScript, trustedHtml, withCode } from './html.js';

test('what is put into a template is escaped, in text and in attributes; templates nest', () => {
  assert.equal(html`<b title="${'"\'&'}">${'a < b'}</b>`.text, '<b title="&quot;&#39;&amp;">a &lt; b</b>');
  assert.equal(
    html`<ul>${['a', '<'].map((item) => html`<li>${item}</li>`)}</ul>`.text,
    '<ul><li>a</li><li>&lt;</li></ul>',
  );
  assert.equal(html`${null}${undefined}${0}${trustedHtml('<br>')}`.text, '0<br>');
});

test('no text whatever can open or close an element', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !/[<>"']/.test(html`${text}`.text)));
});

test('JSON in a script reads back, and cannot end the script', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const { text } = jsonForScript(value);
      assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)));
      return !/[<>]/.test(text);
    }),
  );
  assert.equal(jsonForScript('</script><!--').text, '"\\u003c/script\\u003e\\u003c!--"');
});

test('names between back-ticks become code; a lone back-tick stays what it is', () => {
  assert.equal(withCode('move `a<b` up').text, 'move <code>a&lt;b</code> up');
  assert.equal(withCode('a ` b').text, 'a ` b');
});
