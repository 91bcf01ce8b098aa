/** Rows from a CSV body: read as files are, its numbers from text, what is no number left to the schema's checker. */
import { type CsvColumn, Problem, parseCsv, requestRow, type Schema } from '../src/serving.js';
import { problemEntries, Refusal } from './problems.js';
import type { Rows } from './question.js';

/** The rows of a CSV text with a header. Throws a `Refusal` (422) with all that is wrong with its form, by line. */
export function csvRows(schema: Schema, text: string): Rows {
  const columns = schema.columns
    .filter(({ known }) => known === 'before')
    .map(({ name, type }): CsvColumn => {
      const kind = type.kind === 'number' || type.kind === 'date' ? type.kind : 'category';
      const optional = type.kind === 'id' || type.optional === true;
      return { name, kind, optional, ...(type.kind === 'date' && { format: type.format }) };
    });
  try {
    const { table, lineOf } = parseCsv(text, { columns });
    const rows = Array.from({ length: table.rowCount }, (_, i) => requestRow(schema, table, i));
    return { rows, pointer: (row) => `/line/${lineOf(row)}` };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const detail = 'The CSV cannot be read. Nothing was predicted.';
    throw new Refusal(422, detail, { errors: problemEntries(error.issues) });
  }
}
