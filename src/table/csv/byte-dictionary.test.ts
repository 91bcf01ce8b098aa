import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ByteDictionary } from './byte-dictionary.js';

const encoder = new TextEncoder();

test('codes are those of a map of strings, in the order of first sight', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 3 }), { maxLength: 300 }), (texts) => {
      const dictionary = new ByteDictionary();
      const expected = new Map<string, number>();
      for (const text of texts) {
        const bytes = encoder.encode(text);
        if (!expected.has(text)) expected.set(text, expected.size);
        assert.equal(dictionary.codeOf(bytes, 0, bytes.length), expected.get(text));
      }
      assert.deepEqual(dictionary.levels, [...expected.keys()]);
    }),
  );
});

test('it grows to many levels, and finds each again inside other bytes', () => {
  const dictionary = new ByteDictionary(['7']);
  for (let round = 0; round < 2; round++) {
    for (let i = 0; i < 20000; i++) {
      const bytes = encoder.encode(`<${i}>`);
      const code = dictionary.codeOf(bytes, 1, bytes.length - 1);
      assert.equal(code, i < 7 ? i : i === 7 ? -1 : i - 1);
    }
  }
  assert.equal(dictionary.levels.length, 19999);
});
