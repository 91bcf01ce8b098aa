/** Schemas are put together from these, for the OpenAPI document. */
import type { JsonObject } from '../src/serving.js';

/** Other fields may come with these. */
export const open: { readonly others: true } = { others: true };

/** Any text. */
export const text: JsonObject = { type: 'string' };
/** Any number. */
export const number: JsonObject = { type: 'number' };
/** A whole number from 0. */
export const count: JsonObject = { type: 'integer', minimum: 0 };

/** An array of these. */
export function list(items: JsonObject): JsonObject {
  return { type: 'array', items };
}

/** An object of these fields and no other; all are there, but for those that are optional. */
export function shape(
  properties: JsonObject,
  {
    description,
    optional = [],
    others = false,
  }: { description?: string; optional?: readonly string[]; others?: boolean } = {},
): JsonObject {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return {
    type: 'object',
    ...(description !== undefined && { description }),
    properties,
    required,
    ...(!others && { additionalProperties: false }),
  };
}

/** A reference to a schema of the document. */
export function ref(name: string): JsonObject {
  return { $ref: `#/components/schemas/${name}` };
}
