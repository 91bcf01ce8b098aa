import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Json, JsonObject } from '../json.js';
import { compileRowCheck } from './check-row.js';
import { category, date, id, number, yesNo } from './column-types.js';
import { defineSchema } from './define-schema.js';
import { jsonSchema } from './json-schema.js';

const schema = defineSchema({
  moment: 'the call is placed',
  target: yesNo('y'),
  before: {
    age: number({ unit: 'years', integer: true, range: [18, 120], label: 'Age' }),
    pdays: number({ missing: [-1], range: [0, 1000], because: 'from the last campaign' }),
    job: category({ missing: ['unknown'] }),
    month: category({ levels: ['jan', 'feb'] }),
    loan: yesNo({ optional: true }),
    day: date(),
    client: id(),
  },
  after: { duration: number() },
});
const document = jsonSchema(schema, { levels: new Map([['job', new Set(['services', 'retired'])]]) });
const properties = document.properties as Record<string, JsonObject>;

test('it says what a client needs to know, and nothing of late columns', () => {
  assert.deepEqual(Object.keys(properties), ['age', 'pdays', 'job', 'month', 'loan', 'day', 'client']);
  assert.deepEqual(document.required, ['age', 'pdays', 'job', 'month', 'day']);
  assert.equal(document.additionalProperties, false);
  assert.deepEqual(properties.age, {
    title: 'Age',
    description: 'In years.',
    type: 'integer',
    minimum: 18,
    maximum: 120,
  });
  assert.deepEqual(properties.pdays, {
    description: 'From the last campaign. No value: -1 or null.',
    anyOf: [{ type: 'number', minimum: 0, maximum: 1000 }, { enum: [-1, null] }],
  });
  assert.deepEqual(properties.job?.examples, ['services', 'retired']);
  assert.deepEqual(properties.month?.enum, ['jan', 'feb']);
});

/** The few keywords that are used, as JSON Schema 2020-12 defines them. */
function valid(rule: JsonObject, value: unknown): boolean {
  const { type, properties, required = [], anyOf } = rule;
  if (anyOf) return (anyOf as JsonObject[]).some((other) => valid(other, value));
  if (rule.enum && !(rule.enum as Json[]).includes(value as Json)) return false;
  if (type === 'object') {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
    const rules = properties as Record<string, JsonObject>;
    return (
      (required as string[]).every((name) => Object.hasOwn(value, name)) &&
      Object.entries(value).every(([name, item]) => Object.hasOwn(rules, name) && valid(rules[name]!, item))
    );
  }
  if (type === 'integer' && !Number.isInteger(value)) return false;
  if (type === 'number' && typeof value !== 'number') return false;
  if (type === 'string' && typeof value !== 'string') return false;
  if (
    typeof value === 'number' &&
    (value < ((rule.minimum as number) ?? value) || value > ((rule.maximum as number) ?? value))
  )
    return false;
  if (typeof value === 'string') {
    if (value.length < ((rule.minLength as number) ?? 0)) return false;
    if (rule.pattern && !new RegExp(rule.pattern as string, 'u').test(value)) return false;
  }
  return true;
}

test('it lets pass exactly what the checker of rows lets pass', () => {
  const check = compileRowCheck(schema);
  const some = fc.oneof(fc.constantFrom('', 'x', 5, true, null, [], {}), fc.constant(-1));
  const field = (...good: unknown[]): fc.Arbitrary<unknown> =>
    fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...good) }, some);
  const bodies = fc
    .record(
      {
        age: field(18, 120, 41, 41.5, 17),
        pdays: field(0, 1000, -1, 3.5, null, 1001),
        job: field('services', 'unknown', null),
        month: field('jan', 'feb'),
        loan: field('yes', 'no', null, ''),
        day: field('2010-12-31', '2010-12-31T10:00:00Z', '31/12/2010'),
        client: field('c1', null),
        duration: fc.constant(5),
      },
      { requiredKeys: ['age', 'pdays', 'job', 'month', 'day'] },
    )
    .map((body) => {
      if (Math.abs(JSON.stringify(body).length % 3) > 0) delete (body as { duration?: unknown }).duration;
      return body;
    });
  const seen = [0, 0];
  fc.assert(
    fc.property(bodies, (body) => {
      const { issues } = check(body);
      assert.equal(valid(document, body), issues.length === 0, JSON.stringify({ body, issues }));
      seen[issues.length === 0 ? 0 : 1]!++;
    }),
    { numRuns: 1000, seed: 11 },
  );
  assert.ok(seen[0]! > 50 && seen[1]! > 50, String(seen));
});
