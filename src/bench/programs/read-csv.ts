/** Reads a bank file into a table. */
import type { CsvColumn } from '../../table/csv/csv.js';
import { readCsvTable } from '../../table/csv/read-csv-table.js';
import { measure, readTask } from './measure.js';

const numbers = ['age', 'balance', 'day', 'duration', 'campaign', 'pdays', 'previous'];
const texts = 'job marital education default housing loan contact month poutcome y'.split(' ');
const columns: readonly CsvColumn[] = [
  ...numbers.map((name): CsvColumn => ({ name, kind: 'number' })),
  ...texts.map((name): CsvColumn => ({ name, kind: 'category' })),
];

const task = readTask<{ path: string }>();
void measure(
  task,
  () => readCsvTable(task.path, { columns }),
  ({ table }) => ({
    rows: table.rowCount,
    sums: numbers.map((name) => table.numbers(name).reduce((sum, value) => sum + value, 0)),
    levels: texts.map((name) => table.categories(name).levels.length),
  }),
);
