/** `/invocations`: the forms in which MLflow's clients send rows, answered as MLflow answers, with the same bits. */
import type { Form } from './answer-question.js';
import { csvRows } from './csv-rows.js';
import { Refusal } from './problems.js';
import { type Rows, rowWarnings } from './question.js';
import { bodyText, parseJson } from './read-body.js';
import { json } from './reply.js';

const forms = ['dataframe_split', 'dataframe_records', 'instances', 'inputs'] as const;

/**
 * JSON with exactly one of `dataframe_split` ({ columns, data }), `dataframe_records`, `instances` (rows) and `inputs`
 * (rows, or columns by name); or `text/csv` with a header. `predictions` are the probabilities (or numbers, or the probabilities of classes), in the order of the rows.
 */
export const invocations: Form = ({ body, mediaType }, { scorer, limits, score }) => {
  const text = bodyText(body);
  const { schema } = scorer.artefact;
  const { predictions } = score(
    mediaType === 'text/csv' ? csvRows(schema, text) : rowsOf(parseJson(text, limits, { withNan: true })),
  );
  const { main, action } = scorer.form;
  return json({
    predictions: predictions.map((prediction) => prediction[main]),
    metadata: {
      model: scorer.reference,
      ids: predictions.map(({ id }) => id),
      ...(action && { decisions: predictions.map((prediction) => prediction[action]) }),
      warnings: rowWarnings(predictions),
    },
  });
};

function rowsOf(body: unknown): Rows {
  const given = isObject(body) ? forms.filter((form) => Object.hasOwn(body, form)) : [];
  const [form] = given;
  if (form === undefined || given.length > 1) {
    throw new Refusal(400, `The body has exactly one of ${forms.map((name) => `"${name}"`).join(', ')}.`);
  }
  const content = (body as Record<string, unknown>)[form];
  if (form === 'dataframe_split') return splitRows(content);
  if (form === 'inputs' && isObject(content)) return columnRows(content, '/inputs');
  if (!Array.isArray(content)) throw new Refusal(400, `"${form}" is an array of rows.`);
  return { rows: content, pointer: (row) => `/${form}/${row}` };
}

function splitRows(content: unknown): Rows {
  const { columns, data } = isObject(content) ? content : {};
  const named = Array.isArray(columns) && columns.every((name) => typeof name === 'string');
  if (!named || !Array.isArray(data) || new Set(columns).size < columns.length) {
    throw new Refusal(400, '"dataframe_split" has "columns", distinct names, and "data", an array of rows.');
  }
  const rows = data.map((row: unknown) => {
    if (!Array.isArray(row) || row.length !== columns.length) {
      throw new Refusal(400, 'Every row of "data" has one value for each of "columns".');
    }
    return Object.fromEntries(columns.map((name: string, j) => [name, row[j] as unknown]));
  });
  return { rows, pointer: (row) => `/dataframe_split/data/${row}` };
}

/** Rows from columns by name, all of one length. Throws a `Refusal`. */
export function columnRows(columns: Readonly<Record<string, unknown>>, pointer: string): Rows {
  const entries = Object.entries(columns).map(([name, values]): [string, unknown[]] => {
    if (!Array.isArray(values))
      throw new Refusal(400, 'Every column is an array with one value for each row.');
    return [name, values];
  });
  const length = entries[0]?.[1].length ?? 0;
  if (entries.some(([, values]) => values.length !== length)) {
    throw new Refusal(400, 'All columns have as many values as there are rows.');
  }
  const rows = Array.from({ length }, (_, i) =>
    Object.fromEntries(entries.map(([name, values]) => [name, values[i]])),
  );
  return { rows, pointer: () => pointer };
}

/** A plain object of parsed JSON. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
