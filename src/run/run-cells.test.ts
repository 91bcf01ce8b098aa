import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { findJupyter } from '../lab/jupyter.js';
import type { NotebookEffects } from '../notebook/effects.js';
import { formatNotebook, readNotebook } from '../notebook/notebook.js';
import { notebookOf } from '../testing/notebook-of.js';
import { findRoot } from '../workspace.js';
import { runNotebooks } from './notebooks.js';
import { runCells } from './run-cells.js';

const root = findRoot();
// Written apart from the cells, because the test of the rooms reads imports in texts, too.
const packageName = 'alambique';
const displayModule = './dist/src/display.js';
let folder: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'alambique-run-'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** Runs notebooks given by their cells and returns what was said; checks that no file changed. */
async function run(
  notebooks: Record<string, Parameters<typeof notebookOf>[0] | string>,
  { env = process.env, ...options }: Parameters<typeof runNotebooks>[0] & Partial<NotebookEffects> = {},
): Promise<{ code: number; out: string; err: string }> {
  const files = Object.entries(notebooks).map(([name, cells]) => {
    const text = typeof cells === 'string' ? cells : formatNotebook(notebookOf(cells));
    const file = join(folder, name);
    writeFileSync(file, text);
    return { file, text };
  });
  let [out, err] = ['', ''];
  const effects = {
    out: (text: string): void => {
      out += text;
    },
    err: (text: string): void => {
      err += text;
    },
    env,
  };
  const paths = files.map(({ file }) => file);
  const code = await runNotebooks({ timeout: 300, paths, ...options }, effects);
  if (!options.save) for (const { file, text } of files) assert.equal(readFileSync(file, 'utf8'), text);
  return { code, out, err };
}

describe('a notebook that names the data it needs', () => {
  const needing = (name: string, source: string): string =>
    formatNotebook({ ...notebookOf([source]), metadata: { alambique: { data: [name] } } });

  it('is skipped where they are not here, and says so', async () => {
    const { code, out } = await run({ 'needs.ipynb': needing('nowhere.csv', "throw new Error('it ran')") });
    assert.equal(code, 0);
    assert.match(
      out,
      /needs\.ipynb: skipped, for neither data\/raw nor the folder of ALAMBIQUE_DATA holds "nowhere\.csv"\.\n1 of 1 notebooks skipped\.\n$/,
    );
  });

  it('is skipped where all shall be simulated', async () => {
    const { code, out } = await run({ 'needs.ipynb': needing('a.csv', '1') }, { data: 'simulated' });
    assert.equal(code, 0);
    assert.match(out, /skipped, for nothing simulates "a\.csv"/);
  });

  it('runs where they are', async () => {
    writeFileSync(join(folder, 'a.csv'), 'a\n1\n');
    const needs = needing('a.csv', "throw new Error('it ran')");
    const { code, err } = await run(
      { 'needs.ipynb': needs },
      { env: { ...process.env, ALAMBIQUE_DATA: folder } },
    );
    assert.equal(code, 1);
    assert.match(err, /it ran/);
  });
});

describe('running a notebook in plain Node', { concurrency: 2 }, () => {
  it('keeps outputs and counts, joins what was printed, and shows an update in its place', async () => {
    const show = `import { display } from '${displayModule}';\nconst line = display('1 of 2');\nconsole.log('a');\nconsole.log('b');\nline.update('2 of 2');`;
    const { notebook, failure } = await runCells(
      notebookOf([show, '', { source: 'text', kind: 'markdown' }, '20 + 1']),
      {
        root,
        timeout: 300,
      },
    );
    assert.equal(failure, undefined);
    assert.deepEqual(notebook.cells[0]!.outputs, [
      { output_type: 'display_data', metadata: {}, data: { 'text/plain': '2 of 2' } },
      { output_type: 'stream', name: 'stdout', text: 'a\nb\n' },
    ]);
    assert.deepEqual(
      notebook.cells.map((cell) => cell.execution_count),
      [1, null, undefined, 2],
    );
    assert.deepEqual(notebook.cells[3]!.outputs, [
      { output_type: 'execute_result', execution_count: 2, metadata: {}, data: { 'text/plain': '21' } },
    ]);
  });

  it('names notebook, cell, line and error, and runs the other notebooks all the same', async () => {
    const { code, out, err } = await run({
      'bad.ipynb': [
        'const a = 1;',
        "const b = 2;\nthrow new RangeError('a is too small');",
        "console.log('never')",
      ],
      'good.ipynb': ["console.log('fine')"],
    });
    assert.equal(code, 1);
    assert.match(
      err,
      /bad\.ipynb, cell 2 \(cell-2\), line 2: the cell failed with RangeError\.\n {4}throw new RangeError/,
    );
    assert.match(err, /\n {2}a is too small\n/);
    assert.match(out, /good\.ipynb: ran in/);
  });

  it("fails with the compiler's sentence where a feature is not known in time", async () => {
    const { err } = await run({
      'late.ipynb': [
        `import { category, defineSchema, features, number, scale, yesNo } from '${packageName}';`,
        "const bank = defineSchema({ moment: 'the call', target: yesNo('y'), before: { age: number(), job: category() }, after: { duration: number() } });",
        "features(bank, [scale('age')]);\nfeatures(bank, [scale('duration')]);",
      ],
    });
    assert.match(err, /cell 3 \(cell-3\), line 2: the cell failed with CompileError/);
    assert.match(err, /Type '"duration"' is not assignable to type '"age" \| "job"'/);
  });

  it("reaches the data of a study, whose late columns are the compiler's sentence too", async () => {
    const { err } = await run({
      'late-of-study.ipynb': [
        `import { features, scale } from '${packageName}';\nimport { bankCalls } from '${packageName}/studies/bank-marketing/calls';`,
        "const calls = await bankCalls('simulated');\nfeatures(calls.schema, [scale('age')]);",
        "features(calls.schema, [scale('duration')]);",
      ],
    });
    assert.match(err, /cell 3 \(cell-3\), line 1: the cell failed with CompileError/);
    assert.match(err, /Type '"duration"' is not assignable to type '"age" \| "job"/);
  });

  it('fails a cell that starts what fails, and does not wait for it', async () => {
    const late = "void new Promise((_, reject) => setTimeout(reject, 20, new Error('too late')));";
    const { code, out, err } = await run({
      'at-once.ipynb': ["Promise.reject(new Error('floating'));", "console.log('after')"],
      'in-the-end.ipynb': ['1', late],
      'between.ipynb': [
        late,
        "await new Promise((resolve) => setTimeout(resolve, 200));\nconsole.log('after')",
      ],
      'from-a-function.ipynb': [
        "const fail = async (): Promise<void> => {\n  await new Promise((resolve) => setTimeout(resolve, 20));\n  throw new Error('deep');\n};",
        'fail();',
      ],
    });
    assert.equal(code, 1);
    assert.equal(out, '');
    assert.match(
      err,
      /at-once\.ipynb, cell 1 \(cell-1\), line 1: the cell failed with Error\.\n.*\n {2}floating/,
    );
    assert.match(err, /in-the-end\.ipynb, cell 2 \(cell-2\).*the cell failed with Error\.\n.*\n {2}too late/);
    assert.match(err, /between\.ipynb, cell 1 \(cell-1\).*the cell failed with Error\.\n.*\n {2}too late/);
    assert.match(err, /from-a-function\.ipynb, cell \d .*the cell failed with Error\.\n.*\n {2}deep/);
    assert.equal(err.match(/Is an `await` missing before the call\?/g)?.length, 4);
  });

  it('says what the last cell left running', async () => {
    const { code, err } = await run({ 'left.ipynb': ['setInterval(() => {}, 1000);'] }, { timeout: 15 });
    assert.equal(code, 1);
    assert.match(err, /cell-1\).*something that the cells started still ran 15 s after it/);
  });

  it('ends by itself: endless cell, killed process, flood of text, JSON that is none, each with a sentence', async () => {
    const endless = await run({ 'endless.ipynb': ['for (;;) {}'] }, { timeout: 4 });
    const { code, err } = await run({
      'broken.ipynb': '{"cells": [',
      'flood.ipynb': [
        "const line = 'x'.repeat(1_000_000);\nfor (let i = 0; i < 100; i++) console.log(line);",
      ],
      'killed.ipynb': ["process.kill(process.pid, 'SIGKILL');"],
    });
    assert.deepEqual([endless.code, code], [1, 1]);
    assert.match(err, /broken\.ipynb: the notebook is not valid JSON/);
    assert.match(
      endless.err,
      /endless\.ipynb, cell 1 \(cell-1\): the cell did not end within 4 s\.\n {4}for \(;;\) \{\}/,
    );
    assert.match(err, /flood\.ipynb, cell 1 \(cell-1\): the cell failed with TooMuchOutput/);
    assert.match(
      err,
      /killed\.ipynb, cell 1 \(cell-1\): the cell did not end: The notebook's process was killed \(SIGKILL\)/,
    );
    assert.match(err, /3 of 3 notebooks failed/);
  });

  it('lets a cell fail that is tagged so, and complains when it does not', async () => {
    const { code, err } = await run({
      'meant.ipynb': [
        { source: "throw new Error('see?')", tags: ['raises-exception'] },
        { source: '1', tags: ['raises-exception'] },
      ],
    });
    assert.equal(code, 1);
    assert.match(err, /cell 2 \(cell-2\): the cell is tagged raises-exception but ran without an error/);
    assert.doesNotMatch(err, /cell-1/);
  });

  it('gives the data to notebooks that ask for it', async () => {
    const declare = { source: "const data: 'simulated' | 'real' = 'real';", tags: ['parameters'] };
    const check = "if (data !== 'simulated') throw new Error(data);";
    const { code, err } = await run({ 'asks.ipynb': [declare, check] }, { data: 'simulated' });
    assert.equal(code, 0, err);
  });

  it('writes clean outputs into the notebook when asked to', async () => {
    await run({ 'saved.ipynb': ['6 * 7'] }, { save: true });
    const [cell] = readNotebook(join(folder, 'saved.ipynb')).cells;
    assert.equal(cell!.execution_count, 1);
    assert.deepEqual(cell!.outputs![0]!.data, { 'text/plain': ['42'] });
  });

  it('writes what ran, and the error, where a later cell fails', async () => {
    const cells = ['6 * 7', "throw new Error('then')", '1'];
    const { code, err } = await run({ 'half.ipynb': cells }, { save: true });
    assert.equal(code, 1);
    assert.match(err, /What ran until then is saved/);
    const saved = readNotebook(join(folder, 'half.ipynb')).cells;
    assert.deepEqual(
      saved.map((cell) => [cell.execution_count, cell.outputs!.map((output) => output.output_type)]),
      [
        [1, ['execute_result']],
        [2, ['error']],
        [null, []],
      ],
    );
  });
});

describe('running a notebook in the real Jupyter', () => {
  const jupyter = findJupyter(root, process.env);
  const why =
    jupyter === undefined
      ? 'JupyterLab is not on the PATH'
      : process.env.ALAMBIQUE_JUPYTER !== '1' && 'set ALAMBIQUE_JUPYTER=1 to spend 20 s on it';
  it('says the same of the same cells', {
    skip: why,
  }, async () => {
    const endless = await run({ 'endless.ipynb': ['for (;;) {}'] }, { engine: 'jupyter', timeout: 5 });
    const { code, out, err } = await run(
      {
        'good.ipynb': ['const a = 1;\na'],
        'bad.ipynb': ["const b = 2;\nthrow new RangeError('a is too small');"],
        'killed.ipynb': ["process.kill(process.pid, 'SIGKILL');"],
        'broken.ipynb': '{"cells": [',
        'flood.ipynb': [
          "const line = 'x'.repeat(1_000_000);\nfor (let i = 0; i < 100; i++) console.log(line);",
        ],
      },
      { engine: 'jupyter' },
    );
    assert.deepEqual([endless.code, code], [1, 1]);
    assert.match(out, /good\.ipynb: ran in/);
    assert.match(
      err,
      /bad\.ipynb, cell 1 \(cell-1\), line 2: the cell failed with RangeError\.\n.*\n {2}a is too small/,
    );
    assert.match(err, /killed\.ipynb, cell 1 \(cell-1\): the cell .*\(SIGKILL\)/s);
    assert.match(endless.err, /endless\.ipynb, cell 1 \(cell-1\): the cell did not end within 5 s/);
    assert.match(err, /broken\.ipynb: the notebook is not valid JSON/);
    assert.match(err, /flood\.ipynb, cell 1 \(cell-1\): the cell failed with TooMuchOutput/);
  });
});
