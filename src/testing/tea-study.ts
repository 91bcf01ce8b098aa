/** A small study called tea, in a folder of its own with this build; for tests of distilling. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatNotebook } from '../notebook/notebook.js';
import { findRoot } from '../workspace.js';
import { notebookOf } from './notebook-of.js';

/** The folder of the study. */
export interface TeaStudy {
  readonly root: string;
  /** Writes a notebook of code cells; ids are cell-1, cell-2 … */
  notebook(name: string, cells: readonly string[]): void;
  /** The two notebooks as they were at first, and no module. */
  reset(): void;
  remove(): void;
}

/** Written by a function, because the test of the rooms reads imports in texts, too. */
export const importing = (...names: string[]): string =>
  `import { ${names.join(', ')} } from '${'alambique'}';`;

export const schemaCell: string = `//| export
${importing('category', 'defineSchema', 'number', 'yesNo')}
const tea = defineSchema({
    moment: 'the order is placed',
    target: yesNo('bought'),
    before: { age: number(), town: category() },
});`;
export const recipeCell: string = `//| export
const steps = features(tea, [scale('age')]);
function half(x: number) { return x / 2; }`;

/** Makes the folder; the notebooks come with `reset`. */
export function teaStudy(): TeaStudy {
  const real = findRoot();
  const root = mkdtempSync(join(tmpdir(), 'alambique-distil-'));
  for (const name of ['dist', 'node_modules', 'package.json', 'tsconfig.json', 'biome.json']) {
    symlinkSync(join(real, name), join(root, name));
  }
  const notebook = (name: string, cells: readonly string[]): void =>
    writeFileSync(join(root, 'notebooks', 'tea', name), formatNotebook(notebookOf(cells)));
  return {
    root,
    notebook,
    reset: () => {
      for (const folder of ['notebooks', 'src']) rmSync(join(root, folder), { recursive: true, force: true });
      mkdirSync(join(root, 'notebooks', 'tea'), { recursive: true });
      notebook('1-look.ipynb', [`${importing('features', 'scale')}\nconsole.log('looking');`, schemaCell]);
      notebook('2-choose.ipynb', [importing('features', 'scale'), recipeCell]);
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
