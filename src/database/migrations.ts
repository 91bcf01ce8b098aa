/** All steps in the life of the database, in the order in which they are taken. */
import type { Migration } from './migration.js';
import { runs } from './migrations/0001-runs.js';
import { predictions } from './migrations/0002-predictions.js';
import { forgotten } from './migrations/0003-forgotten.js';
import { logPlaces } from './migrations/0004-log-places.js';
import { clients } from './migrations/0020-clients.js';
import { keys } from './migrations/0031-keys.js';

/** A new step gets a file in `migrations`, and its line here. */
export const migrations: readonly Migration[] = [runs, predictions, forgotten, logPlaces, clients, keys];
