import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { PredictionBatch } from './prediction-batch.js';

test('lines of any length and of characters of any width come back as they were, before their seal', () => {
  const line = fc
    .tuple(fc.constantFrom('a', 'é', '€', '😀'), fc.integer({ min: 0, max: 40_000 }))
    .map(([letter, count]) => `${letter.repeat(count)}\n`);
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), (lines) => {
      const batch = new PredictionBatch();
      for (const one of lines) batch.add(one);
      assert.equal(batch.records, lines.length);
      assert.deepEqual(batch.lines(), lines);
      const seal = 's'.repeat(400);
      assert.equal(Buffer.from(batch.withSeal(seal)).toString(), lines.join('') + seal);
      assert.equal(batch.body.length, batch.used);
      batch.reset();
      assert.deepEqual([batch.lines(), batch.used], [[], 0]);
    }),
    { numRuns: 60 },
  );
});

test('there is room for the seal, however the lines fill the buffer', () => {
  const batch = new PredictionBatch();
  // The first line makes the buffer six times as large as itself; the second would fill that to the byte.
  batch.add('x'.repeat(66_000));
  batch.add('€'.repeat(110_000));
  assert.equal(batch.used, 6 * 66_000);
  const seal = `${'s'.repeat(300)}\n`;
  const bytes = batch.withSeal(seal);
  assert.equal(bytes.length, 6 * 66_000 + 301);
  assert.equal(Buffer.from(bytes.subarray(-301)).toString(), seal);
});
