/**
 * The service for a program that runs it its own way; re-exports only. `createClient` has an entry of its own.
 *
 * @module alambique/serve
 */

export { createApp, type ServiceOptions } from './app.js';
export type { AuditLog } from './audit-log.js';
export type { KeyCheck } from './keys.js';
export type { BodyLimits } from './read-body.js';
export type { Finished } from './router.js';
