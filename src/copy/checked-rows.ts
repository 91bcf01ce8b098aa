/** The rows of a table on their way: counted, checked, without forgotten people, and with pseudonyms. */
import { createHmac } from 'node:crypto';
import type { ColumnExpectation, TableSpec } from './copy.js';
import { CsvRecords, fieldText } from './csv-records.js';

/** What is done with the rows of a table. */
export interface RowRules {
  /** The columns in their order. */
  readonly columns: readonly string[];
  readonly name: string;
  readonly spec: TableSpec;
  /** The key of pseudonyms; needed where a column gets some. */
  readonly pseudonymKey?: string;
  isForgotten(id: string): boolean;
}

/** What was found on the way; complete when the last byte is out. */
export interface RowFindings {
  rows: number;
  leftOut: number;
  /** What an expectation of a column said, and how many rows broke it. */
  readonly broken: Map<string, number>;
}

/** In hexadecimal characters: enough that no two of all people's values meet. */
const pseudonymLength = 32;

/** The keyed hash that stands for a value: HMAC-SHA256, its first 128 bits. */
export function pseudonymOf(value: string, key: string): string {
  return createHmac('sha256', key).update(value).digest('hex').slice(0, pseudonymLength);
}

/** The same CSV after the rules; the header stays. */
export async function* checkedRows(
  parts: AsyncIterable<Uint8Array>,
  { rules, findings }: { rules: RowRules; findings: RowFindings },
): AsyncGenerator<Uint8Array> {
  const { columns, name, spec } = rules;
  const records = new CsvRecords(columns.length, name);
  const checks = Object.entries(spec.expectations?.columns ?? {}).map(([column, expectation]) => ({
    at: columns.indexOf(column),
    failed: failedExpectation(column, expectation),
  }));
  const hidden = columns.map((column) => spec.pseudonymise?.includes(column) ?? false);
  const person = spec.person === undefined ? -1 : columns.indexOf(spec.person);
  const rewrites = person >= 0 || hidden.includes(true);
  let isHeader = true;
  let out: Uint8Array[] = [];
  const take = (bytes: Uint8Array, start: number, ends: Int32Array): void => {
    if (isHeader) {
      isHeader = false;
      if (rewrites) out.push(bytes.subarray(start, ends[ends.length - 1]! + 1));
      return;
    }
    const textAt = (i: number): string | undefined =>
      fieldText(bytes, i === 0 ? start : ends[i - 1]! + 1, ends[i]!);
    if (person >= 0 && rules.isForgotten(textAt(person) ?? '')) {
      findings.leftOut++;
      return;
    }
    findings.rows++;
    for (const { at, failed } of checks) {
      const why = failed(textAt(at));
      if (why !== undefined) findings.broken.set(why, (findings.broken.get(why) ?? 0) + 1);
    }
    if (!rewrites) return;
    let from = start;
    for (let i = 0; i < hidden.length; i++) {
      if (!hidden[i]) continue;
      const text = textAt(i);
      if (text === undefined) continue;
      out.push(bytes.subarray(from, i === 0 ? start : ends[i - 1]! + 1));
      out.push(Buffer.from(pseudonymOf(text, rules.pseudonymKey!)));
      from = ends[i]!;
    }
    out.push(bytes.subarray(from, ends[ends.length - 1]! + 1));
  };
  for await (const part of parts) {
    records.push(part, take);
    if (!rewrites) yield part;
    else if (out.length > 0) {
      yield Buffer.concat(out);
      out = [];
    }
  }
  records.end();
}

/** Tells why a value is none that was expected; undefined where it is. */
function failedExpectation(
  column: string,
  expectation: ColumnExpectation,
): (text: string | undefined) => string | undefined {
  const { filled, least, most, oneOf } = expectation;
  const known = oneOf && new Set(oneOf);
  return (text) => {
    if (text === undefined) return filled ? `"${column}" is missing` : undefined;
    if (known && !known.has(text)) return `"${column}" is none of ${oneOf!.join(', ')}`;
    if (least === undefined && most === undefined) return undefined;
    const value = Number(text);
    if (text.trim() === '' || Number.isNaN(value)) return `"${column}" is no number`;
    if (least !== undefined && value < least) return `"${column}" is less than ${least}`;
    return most !== undefined && value > most ? `"${column}" is more than ${most}` : undefined;
  };
}
