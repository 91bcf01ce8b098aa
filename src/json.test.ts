/** Canonical JSON is the same text for equal values and keeps every bit; the reader believes nothing. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { canonicalJson, type Json, JsonReader } from './json.js';
import { Problem } from './problem.js';

test('what is written reads back as the very same value, -0 and lone surrogates included', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      assert.deepStrictEqual(JSON.parse(canonicalJson(value as Json)), value);
    }),
    { examples: [[-0], ['\ud800'], [{ ['__proto__']: 1 }], [5e-324], [1.7976931348623157e308]] },
  );
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      assert.ok(Object.is(JSON.parse(canonicalJson(value)), value));
    }),
  );
});

test('the order in which keys were set does not show, and there is no white space', () => {
  assert.equal(
    canonicalJson({ b: [1, 'x y'], a: { d: null, c: undefined, B: true } }),
    '{"a":{"B":true,"d":null},"b":[1,"x y"]}',
  );
  // By code unit, as RFC 8785 asks: its own example.
  const keys = ['\u20ac', '\r', '\ufb33', '1', '\u{1f600}', '\u0080', '\u00f6'];
  const object = Object.fromEntries(keys.map((key) => [key, 0]));
  const sorted = [...canonicalJson(object).matchAll(/"((?:[^"\\]|\\.)*)":/g)].map(([, key]) => key);
  assert.deepEqual(sorted, ['\\r', '1', '\u0080', '\u00f6', '\u20ac', '\u{1f600}', '\ufb33']);
});

test('numbers have the shortest form that reads back', () => {
  const numbers = [333333333.3333333, 1e30, 4.5, 2e-3, 1e-27, 1e21, -0];
  assert.equal(canonicalJson(numbers), '[333333333.3333333,1e+30,4.5,0.002,1e-27,1e+21,-0]');
});

test('what JSON cannot hold is refused, with the place where it stands', () => {
  const refusal = (value: unknown): unknown => {
    try {
      return canonicalJson(value as Json);
    } catch (error) {
      assert.ok(error instanceof Problem);
      return [error.issues[0]!.code, error.issues[0]!.where?.pointer];
    }
  };
  for (const number of [Number.NaN, Infinity, -Infinity])
    assert.deepEqual(refusal({ a: [0, { 'b/c~': number }] }), ['json-not-finite', '/a/1/b~1c~0']);
  assert.deepEqual(refusal(Number.NaN), ['json-not-finite', '']);
  const values = [[undefined], new Array(1), [() => 1], [1n], [Symbol('x')], [Float64Array.of(1)]];
  for (const value of values) assert.deepEqual(refusal(value), ['json-not-json', '/0']);
});

test('a reader names the place of what is wrong as a JSON Pointer', () => {
  const root = new JsonReader({ a: { 'b/c~d': [1, 'two', null] } });
  const items = root.field('a').field('b/c~d').items();
  assert.equal(items[0]!.integer(), 1);
  refuses(() => items[1]!.number(), '/a/b~1c~0d/1', 'a finite number');
  refuses(() => root.field('a').field('x'), '/a', 'a field "x"');
  refuses(() => root.field('toString'), '', 'a field "toString"');
  assert.equal(root.optional('x'), undefined);
  assert.deepEqual(root.field('a').keys(), ['b/c~d']);
});

test('every accessor takes its own kind only', () => {
  const values = [null, true, 1, 1.5, 'text', [], {}];
  const accepted = (read: (reader: JsonReader) => unknown): unknown[] =>
    values.filter((value) => {
      try {
        read(new JsonReader(value));
        return true;
      } catch (error) {
        assert.ok(error instanceof Problem && error.issues[0]!.code === 'artefact-structure');
        return false;
      }
    });
  assert.deepEqual(accepted((reader) => reader.object()), [{}]); // biome-ignore format: one line a kind
  assert.deepEqual(accepted((reader) => reader.items()), [[]]); // biome-ignore format: one line a kind
  assert.deepEqual(accepted((reader) => reader.numbers()), [[]]); // biome-ignore format: one line a kind
  assert.deepEqual(accepted((reader) => reader.integers()), [[]]); // biome-ignore format: one line a kind
  assert.deepEqual(accepted((reader) => reader.strings()), [[]]); // biome-ignore format: one line a kind
  assert.deepEqual(accepted((reader) => reader.number()), [1, 1.5]); // biome-ignore format: one line a kind
  assert.deepEqual(accepted((reader) => reader.integer()), [1]); // biome-ignore format: one line a kind
  assert.deepEqual(accepted((reader) => reader.string()), ['text']); // biome-ignore format: one line a kind
  assert.deepEqual(accepted((reader) => reader.boolean()), [true]); // biome-ignore format: one line a kind
  assert.deepEqual(accepted((reader) => reader.oneOf(['text', 'other'])), ['text']); // biome-ignore format: one line a kind
});

test('ranges and lengths are checked, item by item', () => {
  refuses(() => new JsonReader(3).number({ max: 2 }), '', 'a number of at most 2');
  refuses(() => new JsonReader(3).integer({ min: 4, max: 5 }), '', 'an integer from 4 to 5');
  refuses(() => new JsonReader([0, 7]).integers({ min: 0, max: 6 }), '/1', 'an integer from 0 to 6');
  refuses(() => new JsonReader([0, 2 ** 31]).integers(), '/1', 'an integer from -2147483648 to 2147483647');
  refuses(() => new JsonReader([0, 'NaN']).numbers(), '/1', 'a finite number');
  refuses(() => new JsonReader(JSON.parse('[1e400]')).numbers(), '/0', 'a finite number');
  refuses(() => new JsonReader([0]).numbers({ length: 2 }), '', 'an array of 2');
  refuses(() => new JsonReader([0]).items({ length: 2 }), '', 'an array of 2');
});

function refuses(read: () => unknown, pointer: string, expected: string): void {
  assert.throws(read, (error: unknown) => {
    assert.ok(error instanceof Problem);
    const [issue] = error.issues;
    assert.deepEqual([issue!.code, issue!.where?.pointer, issue!.expected], ['artefact-structure', pointer, expected]); // biome-ignore format: one line
    return true;
  });
}
