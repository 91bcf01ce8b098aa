/**
 * The door of this room, for notebooks and studies; re-exports only.
 *
 * @module alambique/clients
 */

export type { ClientFeature, FeatureWalk } from './client-feature.js';
export type * from './client-record.js';
export type { Clients, ClientsSpec } from './clients.js';
export { countBefore } from './count-before.js';
export { type CurrentFeatures, currentFeatures } from './current-features.js';
export { defineClients } from './define-clients.js';
export { latest } from './latest.js';
export { meanBefore } from './mean-before.js';
export { type PublishedClients, type PublishOptions, publishClients } from './publish-clients.js';
export { readClient, readClientSet, readClients } from './read-client.js';
export { type ShareBeforeOptions, shareBefore } from './share-before.js';
export { yearsSince } from './years-since.js';
