/**
 * The door of this room, for notebooks; re-exports only.
 *
 * @module alambique/look
 */

export { type DraftColumn, type DraftOptions, draftSchema, type SchemaDraft } from './draft-schema.js';
export type * from './look.js';
export { type LookOptions, look } from './look-at-file.js';
