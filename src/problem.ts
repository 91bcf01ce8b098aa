/** The one error that users see: a list of issues, each a piece of data; sentences are made here only. */
// Every room imports this file, so no entry can miss the guard.
import './engine.js';

/** Where an issue was found; give what is known. */
export interface Where {
  /** A file's name or path. */
  file?: string;
  /** 1-based line in that file, the header being line 1. */
  line?: number;
  /** A column of the table or a field of the body. */
  column?: string;
  /** 0-based row of a table or an array of rows. */
  row?: number;
  /** JSON Pointer (RFC 6901) into a body or an artefact. */
  pointer?: string;
  /** A notebook's cell id. */
  cell?: string;
}

/** What is wrong, as data. `what`, `expected` and `remedy` are clauses without a capital or a full stop. */
export interface Issue {
  /** Stable, kebab-case, prefixed by its room: `csv-ragged-row`, `schema-late-column`. */
  code: string;
  what: string;
  where?: Where;
  /** The offending value, shortened. Shown on a terminal, never sent to a client. */
  got?: string;
  expected?: string;
  remedy?: string;
  /** How many more rows it holds for, where it is told once a column. */
  more?: number;
  /** How many rows there were, where too few is what is wrong: of several such issues the one of fewest rows says most. */
  rows?: number;
}

/**
 * Thrown for everything a user can mend. Carries all issues at once; `total` says how many there were when the
 * list was cut short.
 *
 * @example
 * try {
 *   defineSchema({ moment: '', target: yesNo('y'), before: {} });
 * } catch (error) {
 *   if (error instanceof Problem) for (const { code, what, remedy } of error.issues) console.log(code, what, remedy);
 * }
 */
export class Problem extends Error {
  readonly issues: readonly Issue[];
  readonly total: number;

  constructor(issues: Issue | readonly Issue[], total?: number) {
    const list: readonly Issue[] = Array.isArray(issues) ? issues : [issues as Issue];
    super(formatIssues(list, total ?? list.length));
    this.name = 'Problem';
    this.issues = list;
    this.total = total ?? list.length;
  }
}

/** One issue as a sentence or three: where and what, what was expected, what to do. */
export function formatIssue(issue: Issue, options: { withValues?: boolean } = {}): string {
  // A clause that opens with its own place ("column "x" cannot …") is not given the place twice.
  const place = issue.where ? formatWhere(issue.where) : '';
  const where = place !== '' && issue.what.startsWith(`${place} `) ? '' : place;
  const got = issue.got !== undefined && options.withValues !== false ? `, got ${issue.got}` : '';
  const more = issue.more ? `, and ${moreRows(issue.more)}` : '';
  const first = `${where}${where ? ': ' : ''}${issue.what}${got}${more}`;
  // A file's name keeps its case.
  const sentences = [issue.where?.file === undefined ? sentence(first) : stopped(first)];
  if (issue.expected) sentences.push(sentence(`Expected ${issue.expected}`));
  if (issue.remedy) sentences.push(sentence(issue.remedy));
  return sentences.join(' ');
}

/** The value as shown in an issue's `got`: JSON, cut at 60 characters. */
export function show(value: unknown): string {
  let text: string;
  if (typeof value === 'number' || typeof value === 'bigint') text = String(value);
  else {
    try {
      text = JSON.stringify(value) ?? String(value);
    } catch {
      text = typeof value;
    }
  }
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** Names as a list for a sentence: "a", "b" or "c"; at most `most` of them, then how many more. */
export function listNames(
  names: readonly string[],
  options: { most?: number; last?: 'and' | 'or' } = {},
): string {
  const most = options.most ?? 12;
  const shown = names.slice(0, most).map((name) => `"${name}"`);
  if (names.length > most) return `${shown.join(', ')} and ${names.length - most} more`;
  if (shown.length < 2) return shown.join('');
  return `${shown.slice(0, -1).join(', ')} ${options.last ?? 'and'} ${shown[shown.length - 1]}`;
}

function formatIssues(issues: readonly Issue[], total: number): string {
  const lines = issues.map((issue) => formatIssue(issue));
  if (total > issues.length) lines.push(`… and ${total - issues.length} more of ${total} in all.`);
  return lines.join('\n');
}

function moreRows(count: number): string {
  return count === 1 ? 'so is 1 more row' : `so are ${count.toLocaleString('en-US')} more rows`;
}

function formatWhere(where: Where): string {
  const parts: string[] = [];
  if (where.file !== undefined) parts.push(where.file);
  if (where.cell !== undefined) parts.push(`cell ${where.cell}`);
  if (where.line !== undefined) parts.push(`line ${where.line}`);
  if (where.row !== undefined) parts.push(`row ${where.row}`);
  if (where.column !== undefined) parts.push(`column "${where.column}"`);
  if (where.pointer !== undefined) parts.push(`at ${where.pointer === '' ? 'the root' : where.pointer}`);
  return parts.join(', ');
}

function sentence(text: string): string {
  return stopped(text.charAt(0).toUpperCase() + text.slice(1));
}

function stopped(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
