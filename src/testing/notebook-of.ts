/** Small notebooks for tests. */
import type { Notebook } from '../notebook/notebook.js';

/** A notebook of these cells: a text is a code cell; ids are cell-1, cell-2 … */
export function notebookOf(
  cells: readonly (string | { source: string; tags?: readonly string[]; kind?: 'code' | 'markdown' })[],
): Notebook {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: cells.map((given, i) => {
      const {
        source,
        tags,
        kind = 'code',
      }: { source: string; tags?: readonly string[]; kind?: 'code' | 'markdown' } = typeof given === 'string'
        ? { source: given }
        : given;
      return {
        cell_type: kind,
        id: `cell-${i + 1}`,
        metadata: tags ? { tags } : {},
        source,
        ...(kind === 'code' ? { execution_count: null, outputs: [] } : {}),
      };
    }),
  };
}
