import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { tensorFromBytes, tensorToBytes } from './tensor-bytes.js';

test('numbers and texts come back from their bytes', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true })), (data) => {
      assert.deepEqual(tensorFromBytes('FP64', tensorToBytes('FP64', data)), data);
    }),
  );
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' })), (data) => {
      assert.deepEqual(tensorFromBytes('BYTES', tensorToBytes('BYTES', data)), data);
    }),
  );
});

test('every width is read as it was written; NaN is a missing number', () => {
  assert.deepEqual(tensorFromBytes('INT16', Buffer.from([0xff, 0xff, 1, 0])), [-1, 1]);
  assert.deepEqual(tensorFromBytes('UINT16', Buffer.from([0xff, 0xff])), [65_535]);
  assert.deepEqual(tensorFromBytes('INT64', Buffer.from([1, 0, 0, 0, 0, 0, 0, 0])), [1]);
  const half = Buffer.alloc(8);
  half.writeFloatLE(0.5, 0);
  half.writeFloatLE(Number.NaN, 4);
  assert.deepEqual(tensorFromBytes('FP32', half), [0.5, null]);
});

test('bytes that are not whole values are refused', () => {
  assert.equal(tensorFromBytes('FP64', Buffer.alloc(9)), undefined);
  assert.equal(tensorFromBytes('FP16', Buffer.alloc(2)), undefined);
  assert.equal(tensorFromBytes('BYTES', Buffer.from([9, 0, 0, 0, 65])), undefined);
  assert.equal(tensorFromBytes('BYTES', Buffer.from([1, 0])), undefined);
  assert.equal(tensorFromBytes('BYTES', Buffer.from([1, 0, 0, 0, 0xff])), undefined);
});
