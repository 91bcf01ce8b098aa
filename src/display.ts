/** How a value shows itself in a notebook: plain text everywhere, HTML where the viewer can show it. */
import { inspect } from 'node:util';
import { type Grid, gridOf } from './grid.js';

/** One output in several forms, keyed by mime type; a viewer picks the richest it can show. */
export interface MimeBundle {
  readonly [mimeType: string]: unknown;
}

/** A value that can show itself as HTML: `toHtml` returns a fragment, escaped and without scripts. */
export interface ShowsHtml {
  toHtml(): string;
}

/** A value that knows all its forms but `text/plain`, which is always its `util.inspect` text. */
export interface ShowsMime {
  toMimeBundle(): MimeBundle;
}

/** An output that can be replaced in place: a progress line, a figure that grows. */
export interface DisplayHandle {
  update(value: unknown): void;
  /** Takes it away: nothing of it is saved. On a terminal it stays. */
  clear(): void;
}

/** Where outputs go: the notebook kernel installs one; without it, text goes to standard output. */
export interface DisplaySink {
  (bundle: MimeBundle, target: { id?: string; update: boolean }): void;
  /** The time in milliseconds, for what shows progress: nothing else of this program looks at a clock. */
  now?(): number;
}

// On globalThis under a registered symbol, so that two copies of this module (a notebook's and a test's) share it.
const sinkKey: unique symbol = Symbol.for('alambique.display') as never;
let handles = 0;

/**
 * Shows a value now, in the middle of a cell; the last expression of a cell is shown without it. The handle's
 * `update` replaces what was shown. In plain Node the text goes to standard output, and an update only to a terminal.
 *
 * @example
 * const shown = display('Reading …');
 * shown.update(calls);
 */
export function display(value: unknown): DisplayHandle {
  const sink = (globalThis as { [sinkKey]?: DisplaySink })[sinkKey];
  if (!sink) {
    process.stdout.write(`${textOf(value)}\n`);
    return {
      update: (next) => void (process.stdout.isTTY && process.stdout.write(`${textOf(next)}\n`)),
      clear: () => {},
    };
  }
  const id = `display-${++handles}`;
  sink(mimeBundle(value), { id, update: false });
  return {
    update: (next) => sink(mimeBundle(next), { id, update: true }),
    // An output of no form at all: no viewer shows it, and cleaning drops it.
    clear: () => sink({}, { id, update: true }),
  };
}

/** The viewer's clock, where there is a viewer that replaces what `display` has shown: a notebook's. */
export function displayClock(): (() => number) | undefined {
  return (globalThis as { [sinkKey]?: DisplaySink })[sinkKey]?.now;
}

/** Sends all outputs of `display` to `sink` from now on; `undefined` takes it away. */
export function setDisplaySink(sink: DisplaySink | undefined): void {
  (globalThis as { [sinkKey]?: DisplaySink })[sinkKey] = sink;
}

/** All forms of a value: `text/plain` always, `text/html` and others where the value offers them. */
export function mimeBundle(value: unknown): MimeBundle {
  const forms: { [mimeType: string]: unknown } = { 'text/plain': textOf(value) };
  const grid = offers(value, 'toHtml') ? undefined : gridOf(value);
  if (grid) forms['text/html'] = gridHtml(grid);
  if (offers(value, 'toHtml')) {
    const html = (value as ShowsHtml).toHtml();
    if (typeof html === 'string') forms['text/html'] = html;
  }
  if (offers(value, 'toMimeBundle')) Object.assign(forms, (value as ShowsMime).toMimeBundle());
  return forms;
}

/** Text made safe inside HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
}

/** Rows as an HTML table; cells are escaped, columns of numbers stand to the right. */
export function htmlTable(
  rows: readonly (readonly string[])[],
  options: { header?: readonly string[]; caption?: string; align?: readonly ('left' | 'right')[] } = {},
): string {
  const cell = (tag: 'td' | 'th', text: string, column: number): string =>
    `<${tag} style="text-align:${options.align?.[column] ?? 'left'}">${escapeHtml(text)}</${tag}>`;
  const line = (tag: 'td' | 'th', texts: readonly string[]): string =>
    `<tr>${texts.map((text, column) => cell(tag, text, column)).join('')}</tr>`;
  const caption = options.caption === undefined ? '' : `<caption>${escapeHtml(options.caption)}</caption>`;
  const head = options.header ? `<thead>${line('th', options.header)}</thead>` : '';
  return `<table>${caption}${head}<tbody>${rows.map((row) => line('td', row)).join('')}</tbody></table>`;
}

const mostRows = 40;

/** The rows that are shown, as texts: numbers to five significant digits, which nobody has to count. */
function gridTexts({ columns, rows, below }: Grid): {
  texts: string[][];
  align: ('left' | 'right')[];
  below: string[];
} {
  const shown = rows.slice(0, mostRows);
  const cell = (value: unknown): string => {
    if (typeof value !== 'number') return value === null || value === undefined ? '–' : String(value);
    return Number.isNaN(value)
      ? '–'
      : Number.isInteger(value) || !Number.isFinite(value)
        ? String(value)
        : String(Number(value.toPrecision(5)));
  };
  return {
    texts: shown.map((row) => row.map(cell)),
    align: columns.map((_, j) => (shown.some((row) => typeof row[j] === 'number') ? 'right' : 'left')),
    below: [
      ...(shown.length === rows.length ? [] : [`… ${rows.length} rows`]),
      ...(below === undefined ? [] : [below]),
    ],
  };
}

function gridHtml(grid: Grid): string {
  const { texts, align, below } = gridTexts(grid);
  const sentences = below.map((line) => `<p>${escapeHtml(line)}</p>`);
  return htmlTable(texts, { header: grid.columns, align }) + sentences.join('');
}

function gridText(grid: Grid): string {
  const { texts, align, below } = gridTexts(grid);
  const widths = grid.columns.map((name, j) => Math.max(name.length, ...texts.map((row) => row[j]!.length)));
  const line = (row: readonly string[]): string =>
    row
      .map((text, j) => (align[j] === 'right' ? text.padStart(widths[j]!) : text.padEnd(widths[j]!)))
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '-'.repeat(width));
  return [grid.columns, rule, ...texts].map(line).concat(below).join('\n');
}

function textOf(value: unknown): string {
  const grid = offers(value, 'toHtml') ? undefined : gridOf(value);
  if (grid) return gridText(grid);
  return typeof value === 'string'
    ? value
    : inspect(value, { colors: false, depth: 4, maxStringLength: 10_000 });
}

function offers(value: unknown, method: 'toHtml' | 'toMimeBundle'): boolean {
  return (
    value !== null &&
    typeof value === 'object' &&
    typeof (value as Record<string, unknown>)[method] === 'function'
  );
}
