/** The cells of a study's notebooks that say `//| export`, in order. */
import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Notebook, readNotebook } from '../notebook/notebook.js';
import { listNames, Problem } from '../problem.js';
import { workspace } from '../workspace.js';

/** A cell that goes into the study's module. */
export interface Block {
  /** Path from the root, with slashes. */
  notebook: string;
  /** The cell's id. */
  cell: string;
  /** The cell without its mark; lines keep their numbers. */
  code: string;
}

/** A cell that does not go into it: what it defines may be missed, and its imports may be used. */
export interface OtherCell {
  notebook: string;
  cell: string;
  code: string;
}

/** What the notebooks of a study hold. */
export interface StudyCells {
  /** All of its notebooks, in order, exporting or not. */
  notebooks: readonly string[];
  blocks: readonly Block[];
  others: readonly OtherCell[];
}

const mark = /^(\s*)\/\/\s*\|\s*export[^\S\n]*(?=\n|$)/;

/** Reads `notebooks/<study>/*.ipynb`. Throws `distil-no-study` or `distil-nothing-marked`, and what a notebook throws. */
export function readStudyCells(study: string, root: string): StudyCells {
  const folder = join(workspace(root).notebooks, study);
  if (!existsSync(folder)) {
    throw new Problem({
      code: 'distil-no-study',
      what: `there is no folder notebooks/${study}`,
      expected:
        listNames(studiesWithNotebooks(root), { last: 'or' }) || 'a folder of notebooks for the study',
    });
  }
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.ipynb'))
    .sort()
    .map((name) => join(folder, name));
  const cells = files.flatMap((file) =>
    codeCells(readNotebook(file), relative(root, file).replaceAll('\\', '/')),
  );
  const blocks = cells
    .filter(({ code }) => mark.test(code))
    .map((cell) => ({
      ...cell,
      code: cell.code.replace(mark, '$1'),
    }));
  if (blocks.length === 0) {
    throw new Problem({
      code: 'distil-nothing-marked',
      what: `no cell of notebooks/${study} is marked for the module`,
      remedy: 'put `//| export` into the first line of the cells that define the study',
    });
  }
  return {
    notebooks: files.map((file) => relative(root, file).replaceAll('\\', '/')),
    blocks,
    others: cells.filter(({ code }) => !mark.test(code)),
  };
}

/** The folders of notebooks that have a cell marked for a module: the studies that are distilled. */
export function distilledStudies(root: string): string[] {
  return studiesWithNotebooks(root).filter((study) => {
    const folder = join(workspace(root).notebooks, study);
    return readdirSync(folder).some(
      (name) =>
        name.endsWith('.ipynb') &&
        codeCells(readNotebook(join(folder, name)), name).some(({ code }) => mark.test(code)),
    );
  });
}

function studiesWithNotebooks(root: string): string[] {
  const { notebooks } = workspace(root);
  if (!existsSync(notebooks)) return [];
  return readdirSync(notebooks, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .filter((name) => readdirSync(join(notebooks, name)).some((file) => file.endsWith('.ipynb')))
    .sort();
}

function codeCells(notebook: Notebook, file: string): OtherCell[] {
  return notebook.cells
    .filter((cell) => cell.cell_type === 'code')
    .map((cell) => ({ notebook: file, cell: cell.id, code: cell.source }));
}
