/** The tables of clients' features. */
import type { Migration } from '../migration.js';

export const clients: Migration = {
  name: '0020-clients',
  async up(schema, { text, integer, real }) {
    await schema
      .createTable('clients_sets')
      .addColumn('id', text, (column) => column.primaryKey())
      .addColumn('study', text, (column) => column.notNull())
      .addColumn('as_of', text, (column) => column.notNull())
      .addColumn('made', text, (column) => column.notNull())
      .addColumn('state', text, (column) => column.notNull())
      .addColumn('fresh_for_hours', real, (column) => column.notNull())
      .addColumn('features', text, (column) => column.notNull())
      .addColumn('clients', integer, (column) => column.notNull())
      .addColumn('source', text, (column) => column.notNull())
      .execute();
    await schema
      .createTable('clients_current')
      .addColumn('study', text, (column) => column.primaryKey())
      .addColumn('set_id', text, (column) => column.notNull())
      .addColumn('as_of', text, (column) => column.notNull())
      .execute();
    await schema
      .createTable('clients_features')
      .addColumn('set_id', text, (column) => column.notNull())
      .addColumn('client', text, (column) => column.notNull())
      .addColumn('moment', text, (column) => column.notNull())
      .addColumn('features', text, (column) => column.notNull())
      .addPrimaryKeyConstraint('clients_features_key', ['set_id', 'client'])
      .execute();
    await schema.createIndex('clients_features_by_client').on('clients_features').column('client').execute();
  },
};
