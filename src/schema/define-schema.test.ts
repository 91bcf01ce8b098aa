import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import type { ShowsHtml } from '../display.js';
import { Problem } from '../problem.js';
import { category, date, id, number, yesNo } from './column-types.js';
import { defineSchema } from './define-schema.js';
import type { KnownBefore, Schema } from './schema.js';

const bank = defineSchema({
  moment: 'the call is placed',
  target: yesNo('y'),
  order: 'asked',
  group: 'client',
  before: { asked: date(), age: number({ unit: 'years' }), client: id() },
  during: { campaign: number() },
  after: { duration: number({ unit: 's', because: 'known when we hang up' }) },
});

/** The codes of everything that is wrong with a schema. */
const codes = (define: () => unknown): string[] => {
  try {
    define();
    return [];
  } catch (error) {
    assert.ok(error instanceof Problem, String(error));
    return error.issues.map((issue) => issue.code);
  }
};

test('the names of the columns are part of the type', () => {
  const exact: Schema<'asked' | 'age' | 'client', 'campaign' | 'duration'> = bank;
  const known: KnownBefore<typeof bank> = 'age';
  // @ts-expect-error: duration is not known before the call
  const late: KnownBefore<typeof bank> = 'duration';
  const onlyBefore: Schema<'age', never> = defineSchema({
    moment: 'now',
    target: yesNo('y'),
    order: 'rows',
    before: { age: number() },
  });
  assert.ok(exact && known && late && onlyBefore);
});

test('what cannot be meant is an error of types, and a Problem for callers without them', () => {
  const before = { age: number() };
  assert.deepEqual(
    // @ts-expect-error: no such column
    codes(() => defineSchema({ moment: 'now', target: yesNo('y'), order: 'nope', before })),
    ['schema-unknown-order'],
  );
  assert.deepEqual(
    // @ts-expect-error: no such column
    codes(() => defineSchema({ moment: 'now', target: yesNo('y'), group: 'nope', before })),
    ['schema-unknown-group'],
  );
  assert.deepEqual(
    // @ts-expect-error: a target is a yesNo with a name
    codes(() => defineSchema({ moment: 'now', target: 'y', before })),
    ['schema-no-target-name', 'schema-target-kind'],
  );
});

test('before, during and after, in that order, are its columns; during and after are late', () => {
  assert.deepEqual(bank.before, ['asked', 'age', 'client']);
  assert.deepEqual(bank.late, ['campaign', 'duration']);
  assert.deepEqual(
    bank.columns.map(({ name, known }) => `${name} ${known}`),
    ['asked before', 'age before', 'client before', 'campaign during', 'duration after'],
  );
  assert.deepEqual(bank.target, { name: 'y', type: { kind: 'yesNo', name: 'y', yes: 'yes', no: 'no' } });
});

test('everything wrong is told at once', () => {
  const wrong = (): unknown =>
    defineSchema({
      moment: ' ',
      target: yesNo('y', { yes: 'x', no: 'x' }),
      order: 'job',
      before: {
        y: number(),
        age: number({ range: [5, 1], missing: [Number.NaN] }),
        job: category({ levels: ['a', 'a', '', 'b'], missing: ['b'] }),
        empty: category({ levels: [] }),
        loan: yesNo('lone', { yes: '1', no: '1' }),
        odd: {} as never,
        '': number(),
      },
      after: { age: number() },
    });
  assert.deepEqual(codes(wrong).sort(), [
    'schema-bad-missing',
    'schema-bad-range',
    'schema-empty-level',
    'schema-empty-name',
    'schema-missing-level',
    'schema-no-levels',
    'schema-no-moment',
    'schema-order-not-orderable',
    'schema-repeated-column',
    'schema-repeated-level',
    'schema-same-yes-no',
    'schema-same-yes-no',
    'schema-target-among-columns',
    'schema-two-names',
    'schema-unknown-kind',
  ]);
  assert.deepEqual(
    codes(() => defineSchema({ moment: 'now', target: yesNo('y'), before: {} })),
    ['schema-no-columns'],
  );
});

test('a schema shows itself, as text and as a table', () => {
  const text = inspect(bank);
  assert.match(text, /^Predicts y = "yes" \(or "no"\) when the call is placed\. Rows are ordered by asked\./);
  assert.match(text, /^duration +number +s +after +known when we hang up$/m);
  const html = (bank as unknown as ShowsHtml).toHtml();
  assert.match(html, /^<div><p>Predicts y = .*<td[^>]*>duration<\/td>.*known when we hang up/s);
});
