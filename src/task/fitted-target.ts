/** What the answers of something fitted are about; as data, an artefact keeps it. */
import type { JsonObject, JsonReader } from '../json.js';
import type { TargetKind } from '../table/matrix.js';

/** The kind of target, and the names of its classes; none for the other kinds. */
export interface FittedTarget {
  readonly kind: TargetKind;
  readonly classes: readonly string[];
}

const kinds: readonly TargetKind[] = ['yesNo', 'number', 'category'];

export function targetToJson({ kind, classes }: FittedTarget): JsonObject {
  return classes.length === 0 ? { kind } : { kind, classes: [...classes] };
}

/** What `targetToJson` wrote. Throws `artefact-structure`. */
export function targetFromJson(json: JsonReader): FittedTarget {
  const kind = json.field('kind').oneOf(kinds);
  return { kind, classes: json.optional('classes')?.strings() ?? [] };
}
