/** A cell that ended a run, and the lines that tell a person about it. */
import { stripVTControlCharacters } from 'node:util';
import type { NotebookCell } from '../notebook/notebook.js';

/** Which cell, and why. */
export interface CellFailure {
  /** 0-based, among all cells. */
  index: number;
  cell: NotebookCell;
  /** What happened to the cell, as the rest of a sentence: "did not end within 60 s". */
  what: string;
  /** 1-based line of the cell, where it is known. */
  line?: number;
  /** The error's own text. */
  error?: string;
  /** What to do about it. */
  hint?: string;
}

/** Notebook, cell, source line and error text; the first line is a sentence by itself. */
export function formatFailure(notebook: string, failure: CellFailure): string {
  const { cell, index, line } = failure;
  const where = `${notebook}, cell ${index + 1} (${cell.id})${line === undefined ? '' : `, line ${line}`}`;
  const source = line === undefined ? firstLine(cell.source) : cell.source.split('\n')[line - 1];
  const lines = [`${where}: the cell ${failure.what}.`];
  if (source !== undefined) lines.push(`    ${source.trim()}`);
  if (failure.error !== undefined) {
    for (const text of stripVTControlCharacters(failure.error).split('\n')) lines.push(`  ${text}`);
  }
  if (failure.hint !== undefined) lines.push(`  ${failure.hint}`);
  return lines.join('\n');
}

function firstLine(source: string): string | undefined {
  return source.split('\n').find((line) => line.trim() !== '' && !line.trim().startsWith('//'));
}
