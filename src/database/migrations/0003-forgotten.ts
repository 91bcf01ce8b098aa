/** The tables of persons who asked to be forgotten. */
import type { Migration } from '../migration.js';

export const forgotten: Migration = {
  name: '0003-forgotten',
  async up(schema, { text }) {
    await schema
      .createTable('forgotten')
      .addColumn('person_hash', text, (column) => column.primaryKey())
      .execute();
    await schema
      .createTable('forgotten_key')
      .addColumn('name', text, (column) => column.primaryKey())
      .addColumn('key', text, (column) => column.notNull())
      .execute();
  },
};
