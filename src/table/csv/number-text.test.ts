import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseNumber } from './number-text.js';

const parse = (text: string): number => {
  const bytes = new TextEncoder().encode(`;${text};`);
  return parseNumber(bytes, 1, bytes.length - 1);
};

const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 20 });
const decimals = fc
  .tuple(
    fc.constantFrom('', '-', '+'),
    digits,
    fc.boolean(),
    digits,
    fc.constantFrom('', 'e5', 'E-7', 'e+22', 'e-300'),
  )
  .filter(([, whole, , part]) => whole + part !== '')
  .map(
    ([sign, whole, point, part, exponent]) =>
      `${sign}${whole}${point || whole === '' ? `.${part}` : ''}${exponent}`,
  )
  .filter((text) => /\d/.test(text.replace(/e.*/i, '')) && Number.isFinite(Number(text)));

test('every decimal is the very double that Number gives, its sign included', () => {
  fc.assert(
    fc.property(decimals, (text) =>
      assert.ok(Object.is(parse(text), Number(text)), `${text}: ${parse(text)}`),
    ),
    { numRuns: 3000 },
  );
});

test('every finite double comes back from its shortest text', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const text = Object.is(value, -0) ? '-0' : String(value);
      assert.ok(Object.is(parse(text), value), text);
    }),
    { numRuns: 3000 },
  );
});

test('hard cases of decimal conversion', () => {
  for (const text of [
    '9007199254740993',
    '0.1',
    '1.7976931348623157e308',
    '5e-324',
    '123456789012345.6',
    '-0',
    '-0.0',
    '5.',
    '.5',
  ]) {
    assert.ok(Object.is(parse(text), Number(text)), text);
  }
});

test('what is no finite decimal is NaN', () => {
  for (const text of [
    '',
    '-',
    '+',
    '.',
    '-.',
    'e5',
    '1e',
    '1e+',
    '0x10',
    '1_000',
    '1,5',
    ' 1',
    '1 ',
    '--1',
    '1.2.3',
    'NaN',
    'Infinity',
    '1e400',
    '٣',
    '1n',
  ]) {
    assert.ok(Number.isNaN(parse(text)), JSON.stringify(text));
  }
});
