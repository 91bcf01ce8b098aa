/** Turns issues into RFC 9457 `application/problem+json` answers; values that a client sent are never echoed. */
import { formatIssue, type Issue } from '../src/index.js';

/** One entry of `errors` in a problem document. */
export interface ProblemEntry {
  /** JSON Pointer (RFC 6901) into the body. */
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

/** The entries for a list of issues. */
export function problemEntries(issues: readonly Issue[]): ProblemEntry[] {
  return issues.map((issue) => {
    const { pointer = '', ...where } = issue.where ?? {};
    const detail = formatIssue({ ...issue, where }, { withValues: false });
    return { pointer, code: issue.code, detail };
  });
}

/** A problem document with its status and headers. */
export function problemResponse(
  status: number,
  title: string,
  options: { detail?: string; errors?: readonly ProblemEntry[]; headers?: Record<string, string> } = {},
): Response {
  const body = { type: 'about:blank', title, status, detail: options.detail, errors: options.errors };
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/problem+json', ...options.headers },
  });
}
