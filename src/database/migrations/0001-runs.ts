/** The table of runs. */
import type { Migration } from '../migration.js';

export const runs: Migration = {
  name: '0001-runs',
  async up(schema, { text, real }) {
    await schema
      .createTable('runs')
      .addColumn('id', text, (column) => column.primaryKey())
      .addColumn('kind', text, (column) => column.notNull())
      .addColumn('name', text, (column) => column.notNull())
      .addColumn('who', text, (column) => column.notNull())
      .addColumn('started', text, (column) => column.notNull())
      .addColumn('seen', text, (column) => column.notNull())
      .addColumn('ended', text)
      .addColumn('state', text, (column) => column.notNull())
      .addColumn('seconds', real)
      .addColumn('input', text, (column) => column.notNull())
      .addColumn('output', text, (column) => column.notNull())
      .addColumn('error', text)
      .addColumn('program', text, (column) => column.notNull())
      .addColumn('host', text, (column) => column.notNull())
      .addColumn('process', text, (column) => column.notNull())
      .execute();
    await schema.createIndex('runs_by_start').on('runs').columns(['started', 'id']).execute();
    await schema.createIndex('runs_by_name').on('runs').columns(['name', 'started']).execute();
  },
};
