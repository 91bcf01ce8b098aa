/** A schema as plain data and back, without loss. */
import type { JsonObject, JsonReader } from '../json.js';
import { dateFormats } from '../table/date-text.js';
import { type ColumnType, category, date, id, number, type TargetType, yesNo } from './column-types.js';
import { makeSchema } from './define-schema.js';
import type { Moment, Schema, SchemaColumn } from './schema.js';

const moments: readonly Moment[] = ['before', 'during', 'after'];
const targetKinds: readonly TargetType['kind'][] = ['yesNo', 'number', 'category'];
const kinds: readonly ColumnType['kind'][] = ['number', 'category', 'yesNo', 'date', 'id'];

/** The schema as JSON. */
export function schemaToJson(schema: Schema): JsonObject {
  const { moment, target, order, group, columns } = schema;
  return {
    moment,
    target: { name: target.name, type: typeToJson(target.type) },
    ...(order === undefined ? {} : { order }),
    ...(group === undefined ? {} : { group }),
    columns: columns.map(({ name, known, type }) => ({ name, known, type: typeToJson(type) })),
  };
}

/** The schema that `schemaToJson` wrote. Throws a `Problem` for anything that is not one. */
export function schemaFromJson(json: JsonReader): Schema {
  const target = json.field('target');
  return makeSchema({
    moment: json.field('moment').string(),
    target: { name: target.field('name').string(), type: targetFromJson(target.field('type')) },
    order: json.optional('order')?.string(),
    group: json.optional('group')?.string(),
    columns: json
      .field('columns')
      .items()
      .map(
        (column): SchemaColumn => ({
          name: column.field('name').string(),
          known: column.field('known').oneOf(moments),
          type: typeFromJson(column.field('type')),
        }),
      ),
  });
}

function typeToJson(type: ColumnType): JsonObject {
  return Object.fromEntries(Object.entries(type).filter(([, value]) => value !== undefined)) as JsonObject;
}

function targetFromJson(json: JsonReader): TargetType {
  json.field('kind').oneOf(targetKinds);
  return typeFromJson(json) as TargetType;
}

function typeFromJson(json: JsonReader): ColumnType {
  const kind = json.field('kind').oneOf(kinds);
  const notes = given({
    label: json.optional('label')?.string(),
    because: json.optional('because')?.string(),
    optional: json.optional('optional')?.boolean(),
  });
  if (kind === 'number') {
    const range = json.optional('range')?.numbers({ length: 2 });
    const missing = json.optional('missing')?.numbers();
    return number(json.optional('name')?.string(), {
      ...notes,
      ...given({
        unit: json.optional('unit')?.string(),
        missing: missing && [...missing],
        range: range && ([range[0]!, range[1]!] as const),
        integer: json.optional('integer')?.boolean(),
      }),
    });
  }
  if (kind === 'category') {
    const levels = json.optional('levels')?.strings();
    return category(json.optional('name')?.string(), {
      ...notes,
      ...given({ levels, missing: json.optional('missing')?.strings() }),
    });
  }
  if (kind === 'yesNo') {
    const [yes, no] = [json.field('yes').string(), json.field('no').string()];
    return yesNo(json.optional('name')?.string(), { ...notes, yes, no });
  }
  if (kind === 'date') {
    return date({ ...notes, ...given({ format: json.optional('format')?.oneOf(dateFormats) }) });
  }
  return id(notes);
}

/** Only the fields that have a value, so that what is read back has the very keys that were written. */
function given<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
