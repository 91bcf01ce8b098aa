/** A Jupyter notebook (nbformat 4) as a checked value: read, written whole, or refused with a sentence. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Problem } from '../problem.js';
import { writeFileAtomically } from '../write-atomically.js';

/** An output of a cell, as nbformat keeps it. */
export interface NotebookOutput {
  output_type: 'stream' | 'display_data' | 'execute_result' | 'error';
  [field: string]: unknown;
}

/** One cell. `source` is one string here; on disk it is a list of lines. */
export interface NotebookCell {
  cell_type: 'code' | 'markdown' | 'raw';
  id: string;
  metadata: { tags?: readonly string[]; [field: string]: unknown };
  source: string;
  /** Code cells only. */
  execution_count?: number | null;
  outputs?: NotebookOutput[];
  /** Other fields (attachments of a markdown cell), kept as they are. */
  [field: string]: unknown;
}

/** A notebook. */
export interface Notebook {
  nbformat: 4;
  nbformat_minor: number;
  metadata: { [field: string]: unknown };
  cells: NotebookCell[];
}

/** Reads a notebook. Throws a `Problem`: `notebook-missing`, `notebook-not-json`, `notebook-structure`. */
export function readNotebook(file: string): Notebook {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new Problem({
      code: 'notebook-missing',
      what: `the notebook could not be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`,
      where: { file },
    });
  }
  return parseNotebook(text, file);
}

/**
 * Text → notebook; `file` is named in what is thrown. A byte order mark before it is skipped. Cells without an id (before
 * nbformat 4.5) get one from their place, which no other cell of the notebook has.
 */
export function parseNotebook(text: string, file: string): Notebook {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new Problem({
      code: 'notebook-not-json',
      what: `the notebook is not valid JSON: ${(error as Error).message}`,
      where: { file },
      remedy: 'take the last good version from git, or resolve the merge that left its marks in it',
    });
  }
  const refuse = (what: string, cell?: string): never => {
    throw new Problem({ code: 'notebook-structure', what, where: { file, cell }, expected: 'nbformat 4' });
  };
  if (!isRecord(value) || !Array.isArray(value.cells))
    return refuse('not a notebook: it has no list of cells');
  if (value.nbformat !== 4) return refuse(`a notebook of nbformat ${String(value.nbformat)}`);
  const given = new Set(value.cells.map((cell: unknown) => (isRecord(cell) ? cell.id : undefined)));
  const ids = new Set<string>();
  const cells = value.cells.map((cell: unknown, i): NotebookCell => {
    const name = `number ${i + 1}`;
    if (!isRecord(cell)) return refuse('the cell is not an object', name);
    const { cell_type: kind, source } = cell;
    if (kind !== 'code' && kind !== 'markdown' && kind !== 'raw') {
      return refuse(`the cell has the unknown type ${String(kind)}`, name);
    }
    const lines = Array.isArray(source) && source.every((line) => typeof line === 'string');
    if (typeof source !== 'string' && !lines) return refuse('the cell has no source', name);
    const id = typeof cell.id === 'string' && cell.id !== '' ? cell.id : freshId(`cell-${i + 1}`, given);
    if (ids.has(id)) return refuse('two cells have the same id', id);
    ids.add(id);
    if (lines && (source as string[]).slice(0, -1).some((line) => !line.endsWith('\n'))) {
      const what = 'the lines of its source do not end: Jupyter would read them as one';
      throw new Problem({
        code: 'notebook-structure',
        what,
        where: { file, cell: id },
        expected: '"\\n" at the end of every line but the last',
      });
    }
    const outputs = cell.outputs;
    if (kind === 'code' && !(Array.isArray(outputs) && outputs.every(isRecord))) {
      return refuse('the cell has no list of outputs', id);
    }
    return {
      ...cell,
      cell_type: kind,
      id,
      metadata: isRecord(cell.metadata) ? cell.metadata : {},
      source: typeof source === 'string' ? source : (source as string[]).join(''),
    };
  });
  const metadata = isRecord(value.metadata) ? value.metadata : {};
  return { nbformat: 4, nbformat_minor: Math.max(5, Number(value.nbformat_minor) || 0), metadata, cells };
}

/** The notebook as Jupyter writes it: one space of indentation, texts as lists of lines, keys in order, a final newline. */
export function formatNotebook(notebook: Notebook): string {
  const cells = notebook.cells.map((cell) => ({
    ...cell,
    source: splitLines(cell.source),
    ...(cell.outputs ? { outputs: cell.outputs.map(formatOutput) } : {}),
  }));
  return `${JSON.stringify(sortKeys({ ...notebook, cells }), null, 1)}\n`;
}

/** Writes a notebook so that its file is at every moment either the old one or the new one. */
export function writeNotebook(file: string, notebook: Notebook): void {
  try {
    writeFileAtomically(file, formatNotebook(notebook));
  } catch (error) {
    throw new Problem({
      code: 'notebook-not-written',
      what: `${basename(file)} could not be written (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`,
      where: { file },
    });
  }
}

/** A text that nbformat allows as one string or as a list of lines. */
export function joinText(text: unknown): string {
  return Array.isArray(text) ? text.join('') : typeof text === 'string' ? text : '';
}

/** A cell tagged so is meant to fail, as with nbclient: it shows what an error looks like. */
export function mayFail(cell: NotebookCell): boolean {
  return cell.metadata.tags?.includes('raises-exception') ?? false;
}

/** Whether an output was shown and taken away again: it has no form left. */
export function isCleared({ output_type, data }: NotebookOutput): boolean {
  return output_type === 'display_data' && isRecord(data) && Object.keys(data).length === 0;
}

/** The name, or the first of name-2, name-3 … that is not taken. */
function freshId(name: string, taken: ReadonlySet<unknown>): string {
  if (!taken.has(name)) return name;
  for (let i = 2; ; i++) if (!taken.has(`${name}-${i}`)) return `${name}-${i}`;
}

function formatOutput(output: NotebookOutput): NotebookOutput {
  if (output.output_type === 'stream') return { ...output, text: splitLines(joinText(output.text)) };
  if (!isRecord(output.data)) return output;
  const data = Object.fromEntries(
    Object.entries(output.data).map(([mime, value]) => [
      mime,
      typeof value === 'string' && !mime.startsWith('image/png') ? splitLines(value) : value,
    ]),
  );
  return { ...output, data };
}

function splitLines(text: string): string[] {
  return text === '' ? [] : (text.match(/[^\n]*\n|[^\n]+$/g) ?? []);
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sortKeys(value[key])]),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
