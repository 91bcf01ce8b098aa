/** The tables of predictions. */
import type { Migration } from '../migration.js';

export const predictions: Migration = {
  name: '0002-predictions',
  async up(schema, { text, integer, real }) {
    await schema
      .createTable('predictions')
      .addColumn('commit_hash', text, (column) => column.notNull())
      .addColumn('line_number', integer, (column) => column.notNull())
      .addColumn('study', text, (column) => column.notNull())
      .addColumn('log', text, (column) => column.notNull())
      .addColumn('day', text, (column) => column.notNull())
      .addColumn('id', text, (column) => column.notNull())
      .addColumn('time', text, (column) => column.notNull())
      .addColumn('model', text, (column) => column.notNull())
      .addColumn('caller', text)
      .addColumn('person', text)
      .addColumn('probability', real)
      .addColumn('prediction', real)
      .addColumn('decision', text)
      .addColumn('line', text, (column) => column.notNull())
      .addPrimaryKeyConstraint('predictions_place', ['commit_hash', 'line_number'])
      .execute();
    for (const [name, columns] of Object.entries({
      predictions_by_time: ['study', 'time'],
      predictions_by_id: ['id'],
      predictions_by_person: ['person', 'time'],
      predictions_by_day: ['log', 'day'],
    }))
      await schema.createIndex(name).on('predictions').columns(columns).execute();
    await schema
      .createTable('prediction_logs')
      .addColumn('log', text, (column) => column.primaryKey())
      .addColumn('study', text, (column) => column.notNull())
      .addColumn('file', text, (column) => column.notNull())
      .addColumn('offset_bytes', integer, (column) => column.notNull())
      .addColumn('head', text, (column) => column.notNull())
      .execute();
  },
};
