/** Turns issues into RFC 9457 `application/problem+json` answers; values that a client sent are never echoed. */
import { formatIssue, type Issue } from '../src/serving.js';
import type { Reply } from './reply.js';

/** One entry of `errors` in a problem document, or of `warnings` in an answer. */
export interface ProblemEntry {
  /** JSON Pointer (RFC 6901) into the body. */
  readonly pointer: string;
  /** Stable, kebab-case. */
  readonly code: string;
  readonly detail: string;
}

/** What a problem document may say beside its status. */
export interface ProblemOptions {
  /** What nobody expected, for the log; it is not answered. */
  readonly cause?: unknown;
  readonly errors?: readonly ProblemEntry[];
  readonly headers?: Readonly<Record<string, string>>;
}

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  409: 'Conflict',
  410: 'Gone',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  421: 'Misdirected Request',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** The entries for a list of issues; the pointer is said once, beside the sentence and not in it. */
export function problemEntries(issues: readonly Issue[]): ProblemEntry[] {
  return issues.map((issue) => {
    const { pointer = '', ...where } = issue.where ?? {};
    const detail = formatIssue({ ...issue, where }, { withValues: false });
    return { pointer, code: issue.code, detail };
  });
}

/** A problem document as a reply. Its title is HTTP's own phrase, as "about:blank" asks (RFC 9457, 4.2.1). */
export function problem(status: number, detail: string, options: ProblemOptions = {}): Reply {
  const { errors, headers } = options;
  const body = { type: 'about:blank', title: titles[status] ?? 'Error', status, detail, errors };
  return {
    status,
    headers: { ...headers, 'content-type': 'application/problem+json' },
    body: JSON.stringify(body),
  };
}

/** Thrown where no answer can be made; carries the reply that says so. */
export class Refusal extends Error {
  readonly reply: Reply;

  constructor(status: number, detail: string, options: ProblemOptions = {}) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'Refusal';
    this.reply = problem(status, detail, options);
  }
}

/** The refusal of rows that the schema does not let pass; `total` counts also those that are not listed, `unread` the rows not looked at. */
export function refusedRows(
  errors: readonly ProblemEntry[],
  { total, unread = 0 }: { total: number; unread?: number },
): Refusal {
  const count = total === 1 ? 'One thing is' : `${total} things are`;
  const listed = errors.length < total ? `; the first ${errors.length} are listed` : '';
  const shown = unread > 0 ? `${listed}, and the last ${unread} rows were not looked at` : listed;
  return new Refusal(422, `${count} wrong with the rows${shown}. Nothing was predicted.`, { errors });
}
