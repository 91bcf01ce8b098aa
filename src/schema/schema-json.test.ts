import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { canonicalJson, JsonReader } from '../json.js';
import { Problem } from '../problem.js';
import { dateFormats } from '../table/date-text.js';
import { type ColumnType, category, date, id, number, yesNo } from './column-types.js';
import { defineSchema } from './define-schema.js';
import type { Schema } from './schema.js';
import { schemaFromJson, schemaToJson } from './schema-json.js';

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 4 });
const finite = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 });
const optional = { requiredKeys: [] as [] };
const notes = { label: text, because: text, optional: fc.boolean() };
const types: fc.Arbitrary<ColumnType> = fc.oneof(
  fc
    .record(
      {
        ...notes,
        unit: text,
        missing: fc.array(finite, { maxLength: 2 }),
        range: fc.tuple(finite, finite).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const),
        integer: fc.boolean(),
      },
      optional,
    )
    .map(number),
  fc
    .record({ ...notes, levels: fc.uniqueArray(text, { minLength: 1, maxLength: 3 }) }, optional)
    .map(category),
  fc.record({ ...notes, missing: fc.array(text, { maxLength: 2 }) }, optional).map(category),
  fc.record(notes, optional).map((options) => yesNo(undefined, { ...options, yes: 'ja', no: 'nein' })),
  fc.record({ ...notes, format: fc.constantFrom(...dateFormats) }, optional).map(date),
  fc.record(notes, optional).map(id),
);
const typesByName = fc.dictionary(fc.constantFrom('a', 'b', 'c', '__proto__', 'é'), types, { minKeys: 1 });
const schemas: fc.Arbitrary<Schema> = fc
  .tuple(
    typesByName,
    fc.dictionary(fc.constantFrom('x', 'z'), types),
    fc.constantFrom(undefined, 'rows' as const),
  )
  .map(([before, after, order]) => {
    return defineSchema({
      moment: 'now',
      target: yesNo('y'),
      order,
      group: Object.keys(before)[0],
      before,
      after,
    });
  });

const saved = (schema: Schema): string => canonicalJson(schemaToJson(schema));

test('any schema comes back from its JSON, exactly', () => {
  fc.assert(
    fc.property(schemas, (schema) => {
      const back = schemaFromJson(new JsonReader(JSON.parse(saved(schema))));
      assert.deepStrictEqual(JSON.parse(saved(back)), JSON.parse(saved(schema)));
      assert.deepStrictEqual(back.columns, schema.columns);
      assert.deepStrictEqual(
        [back.before, back.late, back.order, back.group],
        [schema.before, schema.late, schema.order, schema.group],
      );
    }),
  );
});

test('what is no schema is refused with its place', () => {
  const schema = defineSchema({ moment: 'now', target: yesNo('y'), before: { a: number() } });
  const refuse = (
    change: (json: { columns: { known: string; type: { kind: string } }[] }) => void,
    where: string,
  ): void => {
    const json = JSON.parse(saved(schema));
    change(json);
    assert.throws(
      () => schemaFromJson(new JsonReader(json)),
      (error) => {
        return error instanceof Problem && error.issues[0]?.where?.pointer === where;
      },
    );
  };
  refuse((json) => (json.columns[0]!.known = 'later'), '/columns/0/known');
  refuse((json) => (json.columns[0]!.type.kind = 'text'), '/columns/0/type/kind');
});
