/** Notebooks in git: without what changes from run to run, with the ids and the outputs that people read. */
import {
  formatNotebook,
  isCleared,
  type Notebook,
  type NotebookCell,
  type NotebookOutput,
  parseNotebook,
} from './notebook.js';

const keptCellMetadata = ['tags', 'slideshow', 'jupyter'];
const keptMetadata = ['alambique', 'kernelspec'];

/** What the kernel says of its language, but for its version. */
const languageInfo = {
  name: 'typescript',
  file_extension: '.ts',
  mimetype: 'text/typescript',
  pygments_lexer: 'typescript',
};

/**
 * The notebook without volatile metadata. Execution counts stay where they tell of one run from the top (1, 2, 3 …, and
 * none behind a cell that failed); others would only say that somebody clicked around, and go.
 */
export function cleanNotebook(notebook: Notebook): Notebook {
  const counts = notebook.cells
    .filter((cell) => cell.cell_type === 'code' && cell.source.trim() !== '')
    .map((cell) => cell.execution_count);
  const ran = counts.reduce<number>((last, count, i) => (typeof count === 'number' ? i + 1 : last), 0);
  const fromTheTop = counts.every((count, i) => i >= ran || count === i + 1);
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { ...picked(notebook.metadata, keptMetadata), language_info: languageInfo },
    cells: notebook.cells.map((cell) => cleanCell(cell, fromTheTop)),
  };
}

/** Whether the text of a notebook's file is what cleaning would write. */
export function isClean(text: string, file: string): boolean {
  return formatNotebook(cleanNotebook(parseNotebook(text, file))) === text;
}

function cleanCell(cell: NotebookCell, keepCounts: boolean): NotebookCell {
  const { cell_type, id, source } = cell;
  const metadata = picked(cell.metadata, keptCellMetadata);
  if (cell_type !== 'code') {
    const { attachments } = cell;
    return { cell_type, id, metadata, source, ...(attachments ? { attachments } : {}) };
  }
  const count = keepCounts ? (cell.execution_count ?? null) : null;
  const kept = (cell.outputs ?? []).filter((output) => !isCleared(output));
  const outputs = kept.map((output) => cleanOutput(output, count));
  return { cell_type, id, metadata, source, execution_count: count, outputs };
}

function picked(metadata: Notebook['metadata'], names: readonly string[]): Notebook['metadata'] {
  return Object.fromEntries(Object.entries(metadata).filter(([name]) => names.includes(name)));
}

function cleanOutput(output: NotebookOutput, count: number | null): NotebookOutput {
  const { transient: _, ...kept } = output;
  return kept.output_type === 'execute_result' ? { ...kept, execution_count: count } : kept;
}
