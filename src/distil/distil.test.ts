import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { Problem } from '../problem.js';
import { importing, recipeCell, schemaCell, type TeaStudy, teaStudy } from '../testing/tea-study.js';
import { checkStudy, distilStudy, writeStudy } from './distil.js';

let tea: TeaStudy;
before(() => {
  tea = teaStudy();
});
after(() => tea.remove());
beforeEach(() => tea.reset());

const options = (): { root: string; program: string } => ({ root: tea.root, program: 'alambique 9.9.9' });
const notebook = (name: string, cells: readonly string[]): void => tea.notebook(name, cells);

async function problemOf(run: () => Promise<unknown>): Promise<Problem> {
  try {
    await run();
  } catch (error) {
    assert.ok(error instanceof Problem, String(error));
    return error;
  }
  return assert.fail('nothing was refused');
}

describe('distilling a study', () => {
  it('writes a module with stamps, merged imports, export and types', async () => {
    const { text, path } = await distilStudy('tea', options());
    assert.equal(path, 'src/studies/tea.ts');
    assert.match(text, /^\/\*\* The study tea, distilled from its notebooks\. Do not edit/);
    assert.match(text, /Distilled by alambique 9\.9\.9/);
    assert.match(text, /notebooks\/tea\/1-look\.ipynb, cell cell-2/);
    assert.match(text, /notebooks\/tea\/2-choose\.ipynb, cell cell-2/);
    assert.equal(text.match(/^import /gm)?.length, 1);
    assert.match(text, /import \{[^}]*\bcategory\b[^}]*\bfeatures\b[^}]*\} from 'alambique';/s);
    assert.match(text, /export const tea: Schema<'age' \| 'town', never> = defineSchema\(\{/);
    assert.match(text, /type Schema/);
    assert.match(text, /export const steps: \w+/);
    assert.match(text, /export function half\(x: number\): number \{/);
    assert.doesNotMatch(text, /looking|export export|\/\/\| export/);
    assert.match(text, /export const distilledFrom/);
  });

  it('goes into the folder of a study that brings files of its own, and imports those by their place', async () => {
    const folder = join(tea.root, 'src', 'studies', 'tea');
    const own = `${'alambique'}/studies/tea`;
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'leaves.ts'), 'export const leaves = 8;\n');
    notebook('2-choose.ipynb', [
      `import { leaves } from '${own}/leaves';`,
      '//| export\nconst most = 2 * leaves;',
    ]);
    const { path, text } = await distilStudy('tea', options());
    assert.equal(path, 'src/studies/tea/study.ts');
    assert.match(text, /import \{ leaves \} from '\.\/leaves\.js';/);
    notebook('2-choose.ipynb', [`//| export\nimport { steps } from '${own}/study';\nconst more = steps;`]);
    const problem = await problemOf(() => distilStudy('tea', options()));
    assert.equal(problem.issues[0]!.code, 'distil-circle');
    assert.match(
      problem.message,
      /imports alambique\/studies\/tea\/study, the module that the cells are distilled into/,
    );
  });

  it('agrees with what it wrote, also when a cell or the module is only indented anew', async () => {
    await writeStudy('tea', options());
    await checkStudy('tea', options());
    notebook('1-look.ipynb', [
      `${importing('features', 'scale')}\nconsole.log('looking');`,
      schemaCell
        .replaceAll('\n    ', '\n\t\t')
        .replace('{ age: number(), town: category() }', '{ age:   number(),\n town: category() }'),
    ]);
    const file = join(tea.root, 'src', 'studies', 'tea.ts');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('\n  ', '\n      '));
    await checkStudy('tea', options());
  });

  const changes: Record<string, () => void> = {
    'a changed cell': () =>
      notebook('2-choose.ipynb', [importing('features', 'scale'), recipeCell.replace('x / 2', 'x / 3')]),
    'a changed module': () => {
      const file = join(tea.root, 'src', 'studies', 'tea.ts');
      writeFileSync(file, readFileSync(file, 'utf8').replace('x / 2', 'x / 3'));
    },
    'a removed cell': () =>
      notebook('2-choose.ipynb', [
        importing('features', 'scale'),
        recipeCell.split('\n').slice(0, 2).join('\n'),
      ]),
    'a cell that lost its mark': () => notebook('2-choose.ipynb', [recipeCell.replace('//| export\n', '')]),
    'a reordered notebook': () => {
      notebook('2-choose.ipynb', [importing('features', 'scale'), '//| export\nconst last = 1;', recipeCell]);
    },
    'a missing module': () => rmSync(join(tea.root, 'src', 'studies', 'tea.ts')),
  };
  for (const [what, change] of Object.entries(changes)) {
    it(`the check finds ${what}`, async () => {
      await writeStudy('tea', options());
      change();
      const problem = await problemOf(() => checkStudy('tea', options()));
      assert.equal(problem.issues[0]!.code, 'distil-differs');
    });
  }

  it('the check finds cells that changed places', async () => {
    const [one, two] = ['//| export\nconst one = 1;', '//| export\nconst two = 2;'];
    notebook('3-more.ipynb', [one, two]);
    await writeStudy('tea', options());
    notebook('3-more.ipynb', [two, one]);
    const problem = await problemOf(() => checkStudy('tea', options()));
    assert.equal(problem.issues[0]!.code, 'distil-differs');
  });

  it("the check finds another version's stamp", async () => {
    await writeStudy('tea', options());
    const problem = await problemOf(() => checkStudy('tea', { root: tea.root, program: 'alambique 9.9.10' }));
    assert.equal(problem.issues[0]!.where!.line, 2);
  });

  it('refuses a cell that needs a name of no exported cell, and says which cell has it', async () => {
    notebook('2-choose.ipynb', ['const rate = 0.1;', '//| export\n\nconst twice = rate * 2;']);
    const [issue] = (await problemOf(() => distilStudy('tea', options()))).issues;
    assert.equal(issue!.code, 'distil-missing-name');
    assert.deepEqual(issue!.where, { file: 'notebooks/tea/2-choose.ipynb', cell: 'cell-2', line: 3 });
    assert.match(issue!.remedy!, /2-choose\.ipynb, cell cell-1/);
  });

  it('refuses a name that two notebooks export', async () => {
    notebook('2-choose.ipynb', ['//| export\nconst tea = 1;']);
    const [issue] = (await problemOf(() => distilStudy('tea', options()))).issues;
    assert.equal(issue!.code, 'distil-twice');
    assert.match(issue!.what, /1-look\.ipynb, cell cell-2/);
  });

  const effects: Record<string, string> = {
    prints: 'const a = 1;\nconsole.log(a);',
    'shows its last expression': 'const a = 1;\na;',
    'plots in a function': 'function show(): void {\n  plot({ data: [] });\n}',
    waits: 'const a = await Promise.resolve(1);',
    loops: 'const a = [1];\nfor (const b of a) a.push(b);',
  };
  for (const [what, code] of Object.entries(effects)) {
    it(`refuses a cell that ${what}`, async () => {
      notebook('2-choose.ipynb', [`//| export\n${code}`]);
      const [issue] = (await problemOf(() => distilStudy('tea', options()))).issues;
      assert.equal(issue!.code, 'distil-side-effect');
      assert.equal(issue!.where!.cell, 'cell-1');
    });
  }

  it('refuses an import of anything but the package, and a type error, each with its line', async () => {
    notebook('2-choose.ipynb', [
      "//| export\nimport { readFileSync } from 'node:fs';\nconst read = readFileSync;",
    ]);
    const foreign = (await problemOf(() => distilStudy('tea', options()))).issues[0]!;
    assert.equal(foreign.code, 'distil-foreign-import');
    notebook('2-choose.ipynb', [
      `//| export\n${importing('features', 'scale')}\nconst late = features(tea, [scale('duration')]);`,
    ]);
    const wrong = (await problemOf(() => distilStudy('tea', options()))).issues[0]!;
    assert.equal(wrong.code, 'distil-type-error');
    assert.equal(wrong.where!.line, 3);
    assert.match(wrong.what, /"duration"/);
  });
});
