import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import type { PersonKey, PersonKeys } from './person-keys.js';
import { formatRecord, type NewPrediction, parseRecord, withoutInputs } from './prediction-record.js';

const record: NewPrediction = {
  ...{ id: 'a-1', time: '2026-11-21T12:00:00.000Z', model: 'loans@1' },
  ...{ row: { age: 41 }, probability: 0.25, decision: 'act' },
};

/** Keys in memory, one for each person. */
function keysInMemory(): PersonKeys & { throwAway(person: string): void } {
  const keys = new Map<string, PersonKey>();
  return {
    load: () => undefined,
    of(person) {
      const key = keys.get(person) ?? { id: randomBytes(12).toString('hex'), key: randomBytes(32) };
      keys.set(person, key);
      return key;
    },
    known: (person) => keys.get(person),
    find: (id) => [...keys.values()].find((key) => key.id === id),
    isForgotten: () => false,
    save: () => Promise.resolve(),
    forget: () => Promise.resolve(undefined),
    throwAway: (person) => keys.delete(person),
  };
}

test('a prediction is one line of JSON, its id first', () => {
  const line = formatRecord({ ...record, caller: 'erp' }, undefined);
  const head = '{"id":"a-1","time":"2026-11-21T12:00:00.000Z","model":"loans@1","caller":"erp",';
  assert.equal(line, `${head}"row":{"age":41},"probability":0.25,"decision":"act"}\n`);
  assert.equal(formatRecord({ ...record, row: undefined } as never, undefined).includes('"row"'), false);
});

test('a row that is at hand as text is kept as that text', () => {
  const line = formatRecord({ ...record, rowText: '{"age": 41.0}' }, undefined);
  assert.match(line, /"row":\{"age": 41\.0\},"probability"/);
});

test('whatever texts and numbers a prediction holds, it is read back as it was, and is one line', () => {
  const text = fc.oneof(fc.string(), fc.constantFrom('"', '\\', '\n', '\u2028', 'ñ', 'a@b.c-d'));
  fc.assert(
    fc.property(
      fc.record({
        id: text,
        model: text,
        caller: text,
        decision: text,
        text,
        number: fc.double({ noNaN: true, noDefaultInfinity: true }),
      }),
      ({ text, number, ...own }) => {
        const made = { ...record, ...own, row: { text, number: number + 0 }, prediction: number + 0 };
        const line = formatRecord(made, undefined);
        assert.equal(line.indexOf('\n'), line.length - 1);
        assert.deepEqual(parseRecord(line, undefined), made);
      },
    ),
  );
});

test('what is about a person is sealed but for id, time, model and caller, and read with the key alone', () => {
  const keys = keysInMemory();
  const about = { ...record, row: { job: 'out of work' } };
  const line = formatRecord({ ...about, caller: 'erp', person: 'ana maria' }, keys);
  assert.deepEqual(Object.keys(JSON.parse(line) as object), [
    'id',
    'time',
    'model',
    'caller',
    'person',
    'sealed',
  ]);
  // With spaces, so that no cipher spells them by accident.
  assert.ok(!line.includes('ana maria') && !line.includes('out of work'));
  assert.deepEqual(parseRecord(line, keys), { ...about, caller: 'erp' });
  const again = formatRecord({ ...about, person: 'ana maria' }, keys);
  assert.notEqual(
    (JSON.parse(again) as { sealed: string }).sealed,
    (JSON.parse(line) as { sealed: string }).sealed,
  );
  keys.throwAway('ana maria');
  const { id, time, model } = record;
  assert.deepEqual(parseRecord(line, keys), { id, time, model, caller: 'erp', erased: true });
  assert.deepEqual(parseRecord(line, undefined), { id, time, model, caller: 'erp', erased: true });
});

test('where keys are not kept, what is about a person stands in plain', () => {
  assert.deepEqual(parseRecord(formatRecord({ ...record, person: 'ana' }, undefined), undefined), record);
});

test('without its inputs a line keeps all else, sealed if it was, for the same person', () => {
  const keys = keysInMemory();
  const { row: _, ...rest } = record;
  const plain = withoutInputs(formatRecord({ ...record, caller: 'erp' }, keys), keys);
  assert.deepEqual(parseRecord(plain, keys), { ...rest, caller: 'erp' });
  const line = formatRecord({ ...record, person: 'ana' }, keys);
  const shorter = withoutInputs(line, keys);
  const personOf = (text: string): string => (JSON.parse(text) as { person: string }).person;
  assert.equal(personOf(shorter), personOf(line));
  assert.deepEqual(parseRecord(shorter, keys), rest);
  keys.throwAway('ana');
  assert.equal(withoutInputs(line, keys), line);
});
