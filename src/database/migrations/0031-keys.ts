/** The table of keys. */
import type { Migration } from '../migration.js';

export const keys: Migration = {
  name: '0031-keys',
  async up(schema, { text }) {
    await schema
      .createTable('keys')
      .addColumn('sha256', text, (column) => column.primaryKey())
      .addColumn('name', text, (column) => column.notNull())
      .addColumn('studies', text)
      .addColumn('clients', text)
      .addColumn('made', text, (column) => column.notNull())
      .addColumn('ended', text)
      .execute();
  },
};
