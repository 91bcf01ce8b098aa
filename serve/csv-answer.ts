/** Answers as CSV (RFC 4180), for spreadsheets: each row as it was asked, with the columns that `alambique predict` writes after it. */
import { csvField, numbersOf, type Scorer } from '../src/serving.js';
import { preferredType } from './accept.js';
import type { Predictions, Rows } from './question.js';
import { type Reply, text } from './reply.js';

/** The type of a CSV file with a header (RFC 7111). */
export const csvType: string = 'text/csv; charset=utf-8; header=present';

/** Whether a client likes CSV better than JSON. */
export function acceptsCsv(accept: string | undefined): boolean {
  if (accept === undefined || !/text\/csv/i.test(accept)) return false;
  return preferredType(accept, ['application/json', 'text/csv']) === 'text/csv';
}

/** The rows and their answers. */
export function csvAnswer({ rows }: Rows, { predictions }: Predictions, { artefact, form }: Scorer): Reply {
  const { before } = artefact.schema;
  const names = [...before, ...form.columns, ...(form.action ? [form.action] : [])];
  let body = lineOf(names);
  for (const [i, prediction] of predictions.entries()) {
    // It passed the check, so it is an object.
    const row = rows[i] as Readonly<Record<string, unknown>>;
    const numbers = numbersOf(form, prediction).map(String);
    const decision = form.action ? [String(prediction[form.action])] : [];
    body += lineOf([...before.map((name) => String(row[name] ?? '')), ...numbers, ...decision]);
  }
  return text(body, csvType);
}

function lineOf(fields: readonly string[]): string {
  return `${fields.map((field) => csvField(field)).join(',')}\r\n`;
}
