/** Cells of a notebook that is written by the program. */
import type { OwnMetadata } from '../notebook/needed-data.js';
import type { Notebook, NotebookCell } from '../notebook/notebook.js';

/** A cell of text. */
export function text(id: string, ...paragraphs: readonly string[]): NotebookCell {
  return { cell_type: 'markdown', id, metadata: {}, source: paragraphs.join('\n\n') };
}

/** A cell of code. */
export function code(id: string, ...lines: readonly string[]): NotebookCell {
  return {
    cell_type: 'code',
    id,
    metadata: {},
    source: lines.join('\n'),
    execution_count: null,
    outputs: [],
  };
}

/** A cell of code that `alambique distil` takes into the study. */
export function exported(id: string, ...lines: readonly string[]): NotebookCell {
  return code(id, '//| export', ...lines);
}

/** A notebook for our kernel that reads these files of data. */
export function notebookOf(cells: readonly NotebookCell[], { data }: OwnMetadata): Notebook {
  return {
    cells: [...cells],
    metadata: {
      alambique: { data },
      kernelspec: { display_name: 'TypeScript (alambique)', language: 'typescript', name: 'alambique' },
      language_info: {
        file_extension: '.ts',
        mimetype: 'text/typescript',
        name: 'typescript',
        pygments_lexer: 'typescript',
      },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

/** An import of these names, in order, in lines of a readable length. */
export function imports(names: readonly string[], from: string): string {
  const bare = (name: string): string => name.replace(/^type /, '').toLowerCase();
  const sorted = [...new Set(names)].sort((a, b) => (bare(a) < bare(b) ? -1 : 1));
  const line = `import { ${sorted.join(', ')} } from '${from}';`;
  if (line.length <= 110) return line;
  const lines: string[] = [''];
  for (const name of sorted) {
    const last = lines.length - 1;
    if (lines[last]!.length + name.length > 100) lines.push(`${name}, `);
    else lines[last] += `${name}, `;
  }
  return ['import {', ...lines.map((one) => `  ${one.trimEnd()}`), `} from '${from}';`].join('\n');
}
