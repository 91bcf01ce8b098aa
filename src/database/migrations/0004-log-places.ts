/** Where each log of predictions stands, so that one that was removed is told from one that is on another machine. */
import type { Migration } from '../migration.js';

export const logPlaces: Migration = {
  name: '0004-log-places',
  async up(schema, { text }) {
    await schema.alterTable('prediction_logs').addColumn('place', text).execute();
  },
};
