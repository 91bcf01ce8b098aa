import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sharedMemory } from './shared-memory.js';
import { bytesOf, offsetsOf, viewOf } from './structure.js';

const mixed = { small: 'i16', double: 'f64', where: 'usize', bits: 'v128', whole: 'i32' } as const;

test('each field lies at a multiple of its own size, in the order of the declaration', () => {
  assert.deepEqual(offsetsOf(mixed), { small: 0, double: 8, where: 16, bits: 32, whole: 48 });
  assert.equal(bytesOf(mixed), 52);
});

test('a view reads what it has written, and touches nothing else', () => {
  const memory = sharedMemory(256);
  const view = viewOf(mixed, memory, 64);
  Object.assign(view, { small: -3, double: 0.1, where: 4_000_000_000, whole: -7 });
  const { address, small, double, where, whole } = view;
  assert.deepEqual([address, small, double, where, whole], [64, -3, 0.1, 4_000_000_000, -7]);
  const bytes = new Uint8Array(memory.buffer);
  assert.ok(bytes.subarray(0, 64).every((byte) => byte === 0));
  assert.ok(bytes.subarray(96, 112).every((byte) => byte === 0));
  assert.ok(bytes.subarray(116).every((byte) => byte === 0));
});
