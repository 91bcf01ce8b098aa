/** Parameters and bodies of operations, for the OpenAPI document. */
import { type Artefact, type Json, type JsonObject, jsonSchema } from '../src/serving.js';

/**
 * A parameter for each column of a row. Those of a whole row must be there where the row must have them. The page takes
 * any text, and says beside the field what is wrong with it.
 */
export function rowParameters(
  artefact: Artefact,
  example: JsonObject,
  { isWhole }: { isWhole: boolean },
): JsonObject[] {
  const { properties = {}, required = [] } = jsonSchema(artefact.schema) as {
    properties?: Record<string, JsonObject>;
    required?: readonly string[];
  };
  return Object.entries(properties).map(([name, schema]) => {
    if (!isWhole) return query(name, { type: 'string' });
    const inText = withoutNull(schema);
    return {
      ...query(name, inText, undefined, Object.hasOwn(example, name) ? example[name] : undefined),
      ...(required.includes(name) && { required: true }),
      // Nothing stands for a missing value, which has no other name in an address.
      ...(JSON.stringify(inText) !== JSON.stringify(schema) && { allowEmptyValue: true }),
    };
  });
}

function withoutNull(schema: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]): [string, Json | undefined] => {
      if (key === 'type' && Array.isArray(value)) {
        const types = value.filter((type) => type !== 'null');
        return [key, types.length === 1 ? types[0] : types];
      }
      if (key === 'enum' && Array.isArray(value)) return [key, value.filter((one) => one !== null)];
      if (key === 'anyOf' && Array.isArray(value)) {
        const kinds = (value as readonly JsonObject[]).filter(({ type }) => type !== 'null').map(withoutNull);
        return [key, kinds.filter((kind) => !(Array.isArray(kind.enum) && kind.enum.length === 0))];
      }
      return [key, value];
    }),
  );
}

/** A parameter of the query. */
export function query(name: string, schema: JsonObject, description?: string, example?: Json): JsonObject {
  return {
    name,
    in: 'query',
    schema,
    ...(description !== undefined && { description }),
    ...(example !== undefined && example !== null && { example }),
  };
}

/** A parameter of the path. */
export function inPath(name: string, schema: JsonObject, example?: string): JsonObject {
  return { name, in: 'path', required: true, schema, ...(example !== undefined && { example }) };
}

/** A body of JSON, with examples by name. */
export function media(schema: JsonObject, examples: Readonly<Record<string, unknown>>): JsonObject {
  const named = Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }]));
  return { 'application/json': { schema, examples: named } } as JsonObject;
}
