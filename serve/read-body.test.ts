import assert from 'node:assert/strict';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { Refusal } from './problems.js';
import { bodyText, defaultLimits, parseJson, readBody } from './read-body.js';

const limits = { ...defaultLimits, rowBytes: 40 };
const statusOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    assert.ok(error instanceof Refusal, String(error));
    return `${error.reply.status} ${error.message}`;
  }
  return 'none';
};
const refusalOf = (text: string, options?: { withNan?: boolean }): string =>
  statusOf(() => parseJson(text, defaultLimits, options));

test('a body is UTF-8, with or without a mark before it', () => {
  assert.equal(bodyText(Buffer.from('\ufeff{"a":1}')), '{"a":1}');
  assert.equal(bodyText(Buffer.from('{"a":"é"}')), '{"a":"é"}');
  const part = Buffer.from('xx{}yy').subarray(2, 4);
  assert.equal(bodyText(part), '{}');
  assert.equal(
    statusOf(() => bodyText(Buffer.from([0xff, 0x41]))),
    '400 The body is not UTF-8.',
  );
});

test('a body nests sixteen levels at most; brackets within texts are no levels', () => {
  const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
  assert.equal(refusalOf(nested(16)), 'none');
  assert.equal(refusalOf(nested(17)), '400 The body nests deeper than 16 levels; a row is flat.');
  assert.match(refusalOf(`${'{"a":'.repeat(17)}1${'}'.repeat(17)}`), /deeper than 16/);
  assert.equal(refusalOf(JSON.stringify({ a: '[{'.repeat(30) })), 'none');
  assert.equal(refusalOf(JSON.stringify({ a: '\\"[{'.repeat(30) })), 'none');
  // What was closed is no level any more.
  assert.equal(refusalOf(`[${Array(30).fill('[]').join()}]`), 'none');
  assert.match(refusalOf(`{"a":"\\\\","b":${nested(17)}}`), /deeper than 16/);
});

test('what is empty and what is no JSON have sentences of their own', () => {
  assert.equal(refusalOf(' \n'), '400 The body is empty; send JSON.');
  assert.equal(refusalOf('{a: 1}'), '400 The body is not JSON.');
  assert.equal(refusalOf('"unfinished'), '400 The body is not JSON.');
});

test('a large body holds many rows, or it is refused', () => {
  const of = (value: unknown): string => statusOf(() => parseJson(JSON.stringify(value), limits));
  assert.equal(of({ text: 'x'.repeat(40 - 11) }), 'none');
  assert.match(of({ text: 'x'.repeat(40 - 10) }), /^413 The body is larger than 0 KiB/);
  assert.equal(of([{ text: 'x'.repeat(100) }]), 'none');
  assert.equal(of({ rows: [{ text: 'x'.repeat(100) }] }), 'none');
  assert.match(of({ a: null, text: 'x'.repeat(100) }), /^413/);
  assert.match(of('x'.repeat(100)), /^413/);
  assert.match(
    statusOf(() => parseJson('1'.repeat(70_000), defaultLimits)),
    /larger than 64 KiB/,
  );
});

test('a name stands once in each object, at any place and however it is written', () => {
  const twice = '400 A name comes twice in one object of the body. Send each value once.';
  assert.equal(refusalOf('{"a":1,"a":2}'), twice);
  assert.equal(refusalOf('[{"b":{"a":1,"\\u0061":2}}]'), twice);
  assert.equal(refusalOf('{"rows":[{"a":1},{"a":1,"a":1}]}'), twice);
  assert.equal(refusalOf('{"a":1,"b":{"a":[{"a":null}]},"c":"a:b:\\"c:"}'), 'none');
  assert.equal(refusalOf('{"a":"\\\\","b":":"}'), 'none');
});

test('NaN is a missing number where that is asked, and stays in texts', () => {
  const read = (text: string): unknown => parseJson(text, defaultLimits, { withNan: true });
  assert.deepEqual(read('{"a":NaN,"b":[NaN, 1],"c":"NaN \\"NaN\\""}'), {
    a: null,
    b: [null, 1],
    c: 'NaN "NaN"',
  });
  assert.deepEqual(read('{"a":Infinity,"b":-Infinity}'), {
    a: Number.POSITIVE_INFINITY,
    b: Number.NEGATIVE_INFINITY,
  });
  assert.equal(refusalOf('{"a":NaN}'), '400 The body is not JSON.');
  // A text of a thousand thousand quotes that never ends is looked at once, not from each of them.
  for (const end of ['', '\\'])
    assert.equal(
      refusalOf(`{"a":NaN,"b":["${'\\"'.repeat(1e6)}${end}`, { withNan: true }),
      '400 The body is not JSON.',
    );
  assert.equal(refusalOf('{"a":xNaN}', { withNan: true }), '400 The body is not JSON.');
});

test('a body whose sender left before it was read is refused, and holds no place', async () => {
  const incoming = new PassThrough();
  incoming.destroy();
  await once(incoming, 'close');
  const request = { header: () => undefined, incoming } as unknown as Parameters<typeof readBody>[0];
  await assert.rejects(async () => readBody(request, 100), /The connection ended before the body did/);
});
