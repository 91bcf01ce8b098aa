/** Records are found in chunks of any size, and their fields are what was written. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { csvLines } from '../io/databases/csv-lines.js';
import { CsvRecords, fieldText } from './csv-records.js';

const value = fc.option(fc.oneof(fc.string(), fc.constantFrom('', '"', ',', '\n', '\r\n', 'a"b,c\nd', 'ñ')), {
  nil: null,
});

test('whatever values there are and wherever the chunks end, the same values come out', async () => {
  const rows = fc.array(fc.array(value, { minLength: 3, maxLength: 3 }), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(rows, fc.integer({ min: 1, max: 40 }), async (written, size) => {
      const parts: Uint8Array[] = [];
      for await (const part of csvLines(['a', 'b', 'c'], written)) parts.push(part);
      const all = Buffer.concat(parts);
      const records = new CsvRecords(3, 'table');
      const read: (string | null)[][] = [];
      for (let from = 0; from < all.length; from += size) {
        // What was told is read when the chunk is through: until then it stays.
        const told: { bytes: Uint8Array; start: number; ends: Int32Array }[] = [];
        records.push(all.subarray(from, from + size), (bytes, start, ends) =>
          told.push({ bytes, start, ends: ends.slice() }),
        );
        for (const { bytes, start, ends } of told)
          read.push(
            Array.from(ends, (end, i) => fieldText(bytes, i === 0 ? start : ends[i - 1]! + 1, end) ?? null),
          );
      }
      records.end();
      assert.deepEqual(read, [['a', 'b', 'c'], ...written]);
    }),
  );
});

test('a stream that ends in the middle, or has other fields, is refused', () => {
  const push = (text: string): void => {
    const records = new CsvRecords(2, 'loans');
    records.push(Buffer.from(text), () => {});
    records.end();
  };
  push('a,b\n1,2\n');
  for (const text of ['a,b\n1,', 'a,b\n1\n', 'a,b\n1,2,3\n', 'a,b\n1,"2\n'])
    assert.throws(() => push(text), { message: /"loans" did not arrive whole/ }, text);
});
