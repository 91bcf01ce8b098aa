/** What an object shows of itself: a table with sentences around it, as aligned text and as HTML from one source. */
import { escapeHtml, htmlTable } from '../display.js';
import { formatTable } from './format-table.js';
import { withText } from './print.js';

/** A table with sentences above and below it. */
export interface Sheet {
  readonly above?: readonly string[];
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly align: readonly ('left' | 'right')[];
  readonly below?: readonly string[];
}

/** The sheet as aligned text; an empty sentence is an empty line. */
export function sheetText({ above = [], header, rows, align, below = [] }: Sheet): string {
  return [...above, formatTable(rows, { header, align }), ...below].join('\n');
}

/** The sheet as an HTML fragment; empty sentences are left out, those after a dash are a list, and `names` are code. */
export function sheetHtml({ above = [], header, rows, align, below = [] }: Sheet): string {
  const sentences = (lines: readonly string[]): string =>
    lines
      .filter((line) => line !== '')
      .map((line) => escapeHtml(line).replace(/`([^`]+)`/g, '<code>$1</code>'))
      .map((line) => (line.startsWith('- ') ? `<ul><li>${line.slice(2)}</li></ul>` : `<p>${line}</p>`))
      .join('')
      .replaceAll('</ul><ul>', '');
  return `<div>${sentences(above)}${htmlTable(rows, { header, align })}${sentences(below)}</div>`;
}

/** Gives a plain object its sheet as text, for every viewer, and as HTML, for those that can show it. */
export function withSheet<T extends object>(object: T, sheet: (object: T) => Sheet): T {
  return withHtml(
    withText(object, () => sheetText(sheet(object))),
    () => sheetHtml(sheet(object)),
  );
}

/** Gives a plain object an HTML fragment of its own; the method is hidden, as that of `withText`. */
export function withHtml<T extends object>(object: T, html: (object: T) => string): T {
  return Object.defineProperty(object, 'toHtml', { value: () => html(object), enumerable: false });
}
