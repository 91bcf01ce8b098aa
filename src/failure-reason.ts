/** Why something failed, as it may be kept and sent: without values of rows, and without users and passwords of addresses. */
import { formatIssue, Problem } from './problem.js';

const longest = 1000;

/** The sentence of what was thrown, of at most 1,000 characters. */
export function failureReason(error: unknown): string {
  const text =
    error instanceof Problem
      ? error.issues.map((issue) => formatIssue(issue, { withValues: false })).join(' ')
      : error instanceof Error
        ? error.message
        : 'unknown';
  const plain = text.replaceAll('\0', '').replace(/\/\/[^/\s]*@/g, '//…@');
  // Through bytes, since half of a character cannot be kept.
  return Buffer.from(plain.length > longest ? `${plain.slice(0, longest)}…` : plain).toString();
}
