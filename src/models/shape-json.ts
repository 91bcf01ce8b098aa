/** A model's shape as JSON: "number" for a number column, the number of levels for a category. */
import type { Json, JsonReader } from '../json.js';
import type { Shape } from '../table/matrix.js';

/** `["number", 12]`: a number column, then a category of 12 levels. */
export function shapeToJson(shape: Shape): Json {
  return shape.map((column) => (column.kind === 'number' ? 'number' : column.levels));
}

/** The shape that `shapeToJson` wrote. Throws `artefact-structure`. */
export function shapeFromJson(json: JsonReader): Shape {
  return json
    .items()
    .map((item) =>
      typeof item.value === 'number'
        ? { kind: 'category', levels: item.integer({ min: 0, max: 2147483647 }) }
        : { kind: item.oneOf(['number']) },
    );
}
