/** Writes scored rows in the other format: CSV as NDJSON and NDJSON as CSV, with the very numbers that stand there. */
import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Artefact } from '../../study/artefact.js';
import type { Dialect } from '../../table/dialect.js';
import { type AnswerFields, type AnswerForm, answerForm } from '../answer-fields.js';
import type { Unusual, UnusualCode } from '../scoring.js';
import { csvField } from './csv-field.js';
import { csvSource, ndjsonSource } from './source.js';

/** What is to be written, and how the rows were scored. */
export interface ConvertOptions {
  /** A plain file of UTF-8 that `scoreBatch` wrote. */
  readonly from: string;
  /** Put into place whole. */
  readonly to: string;
  /** The format of `to`. */
  readonly format: 'csv' | 'ndjson';
  readonly dialect?: Dialect;
  readonly showWarnings?: boolean;
}

/**
 * Writes the scored rows of `from` in the other format. NDJSON has the columns of the schema with their values, other columns as texts, and the fields of
 * an answer; CSV has a header with the columns of the schema that are known before, and those of an answer (RFC 4180).
 */
export async function convertResult(artefact: Artefact, options: ConvertOptions): Promise<void> {
  const { to, format } = options;
  const part = `${to}.part`;
  const text = format === 'ndjson' ? asNdjson(artefact, options) : asCsv(artefact, options);
  await pipeline(Readable.from(text), createWriteStream(part, { mode: 0o600 }));
  await rename(part, to);
}

async function* asNdjson(
  artefact: Artefact,
  { from, dialect = artefact.manifest.data.dialect ?? {}, showWarnings = false }: ConvertOptions,
): AsyncGenerator<string> {
  const { header, blocks } = await csvSource(from, artefact.schema, {
    keep: [],
    dialect: { ...dialect, encoding: 'utf-8' },
    withOthers: true,
  });
  const form = answerForm(artefact);
  const added = [
    ...form.columns,
    ...(form.action ? [form.action] : []),
    ...(showWarnings ? ['warnings'] : []),
  ];
  // The last columns are those of the answer, also where the file names none.
  const names = header!.names.slice(-added.length);
  const numbers = names.slice(0, form.width);
  const [decision] = form.action ? names.slice(form.width) : [];
  const warnings = showWarnings ? names.at(-1) : undefined;
  const answers = new Float64Array(form.width);
  const ofAnswer = new Set(names);
  for await (const { rows } of blocks()) {
    let text = '';
    for (const { value, others = {} } of rows) {
      numbers.forEach((name, k) => {
        answers[k] = Number((others[name] ?? '').replace(',', '.'));
      });
      const row = {
        ...(value as object),
        ...Object.fromEntries(Object.entries(others).filter(([name]) => !ofAnswer.has(name))),
        ...(decision === undefined ? form.of(answers, 0) : form.decided(answers, 0, others[decision] ?? '')),
        ...(warnings !== undefined && { warnings: parseUnusual(others[warnings] ?? '') }),
      };
      text += `${JSON.stringify(row)}\n`;
    }
    yield text;
  }
}

async function* asCsv(
  artefact: Artefact,
  { from, showWarnings = false }: ConvertOptions,
): AsyncGenerator<string> {
  const form = answerForm(artefact);
  const { before } = artefact.schema;
  const line = (texts: readonly string[]): string => `${texts.map((one) => csvField(one)).join(',')}\r\n`;
  yield line([
    ...before,
    ...form.columns,
    ...(form.action ? [form.action] : []),
    ...(showWarnings ? ['warnings'] : []),
  ]);
  for await (const { rows } of ndjsonSource(from, { before }).blocks()) {
    let text = '';
    for (const { value } of rows) {
      const row = value as Readonly<Record<string, unknown>>;
      text += line([
        ...before.map((name) => textOf(row[name])),
        ...numbersOf(form, row as AnswerFields).map(String),
        ...(form.action ? [textOf(row[form.action])] : []),
        ...(showWarnings ? [formatUnusual(row.warnings as readonly Unusual[])] : []),
      ]);
    }
    yield text;
  }
}

/** The numbers of an answer, in the order of the columns of a scored file. */
export function numbersOf({ fields, action }: AnswerForm, answer: AnswerFields): number[] {
  return fields
    .filter(({ name }) => name !== action)
    .flatMap(({ name, parts }) => {
      const value = answer[name];
      if (parts === undefined) return [value as number];
      return parts.map((part) => (value as Readonly<Record<string, number>>)[part]!);
    });
}

function textOf(value: unknown): string {
  return value === null || value === undefined ? '' : String(value);
}

/** "unseen-level job, seldom-missing age". */
export function formatUnusual(unusual: readonly Unusual[]): string {
  return unusual.map(({ code, column }) => `${code} ${column}`).join(', ');
}

function parseUnusual(text: string): Unusual[] {
  if (text === '') return [];
  return text.split(/, (?=(?:unseen-level|outside-trained-range|seldom-missing) )/).map((one) => {
    const at = one.indexOf(' ');
    return { code: one.slice(0, at) as UnusualCode, column: one.slice(at + 1) };
  });
}
