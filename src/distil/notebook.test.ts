import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Problem } from '../problem.js';
import { notebookOf } from '../testing/notebook-of.js';
import { cleanNotebook, isClean } from './clean.js';
import { diffNotebooks } from './diff.js';
import { formatNotebook, parseNotebook, readNotebook, writeNotebook } from './notebook.js';
import { declaredParameters, injectParameters } from './parameters.js';

let folder: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'alambique-notebook-'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

function codeOf(run: () => unknown): string | undefined {
  try {
    run();
  } catch (error) {
    assert.ok(error instanceof Problem);
    return error.issues[0]!.code;
  }
  return undefined;
}

describe('reading and writing notebooks', () => {
  it('writes what Jupyter writes, and reads it back', () => {
    const notebook = notebookOf(['const a = 1;\n\na', { source: '# Title', kind: 'markdown' }]);
    const text = formatNotebook(notebook);
    assert.match(text, /^\{\n "cells": \[\n {2}\{\n {3}"cell_type": "code"/);
    assert.match(text, /"source": \[\n {4}"const a = 1;\\n",\n {4}"\\n",\n {4}"a"\n {3}\]/);
    assert.ok(text.endsWith('}\n'));
    assert.deepEqual(parseNotebook(text, 'a.ipynb'), notebook);
  });

  it('leaves no other file behind', () => {
    const file = join(folder, 'a.ipynb');
    writeNotebook(file, notebookOf(['1']));
    assert.deepEqual(readdirSync(folder), ['a.ipynb']);
    assert.deepEqual(readNotebook(file).cells.length, 1);
  });

  it('gives old notebooks ids from their places', () => {
    const old = {
      nbformat: 4,
      nbformat_minor: 2,
      metadata: {},
      cells: [{ cell_type: 'markdown', metadata: {}, source: ['a'] }],
    };
    assert.equal(parseNotebook(JSON.stringify(old), 'a.ipynb').cells[0]!.id, 'cell-1');
  });

  const refused: [string, string, string][] = [
    ['text that is no JSON', '<<<<<<< HEAD', 'notebook-not-json'],
    ['JSON that is no notebook', '{}', 'notebook-structure'],
    ['an older format', '{"nbformat": 3, "cells": []}', 'notebook-structure'],
    ['a cell without a source', '{"nbformat": 4, "cells": [{"cell_type": "raw"}]}', 'notebook-structure'],
    [
      'a code cell without outputs',
      '{"nbformat": 4, "cells": [{"cell_type": "code", "source": ""}]}',
      'notebook-structure',
    ],
    [
      'two cells with one id',
      '{"nbformat": 4, "cells": [{"cell_type": "raw", "id": "a", "source": ""}, {"cell_type": "raw", "id": "a", "source": ""}]}',
      'notebook-structure',
    ],
  ];
  for (const [what, text, code] of refused) {
    it(`refuses ${what}`, () =>
      assert.equal(
        codeOf(() => parseNotebook(text, 'a.ipynb')),
        code,
      ));
  }

  it('names a notebook that is not there', () => {
    assert.equal(
      codeOf(() => readNotebook(join(folder, 'none.ipynb'))),
      'notebook-missing',
    );
  });
});

describe('cleaning', () => {
  const used = (): ReturnType<typeof notebookOf> => {
    const notebook = notebookOf(['a', { source: 'b', tags: ['parameters'] }]);
    notebook.metadata = { kernelspec: { name: 'alambique' }, widgets: {}, language_info: { version: '1' } };
    const [first, second] = notebook.cells as [(typeof notebook.cells)[0], (typeof notebook.cells)[0]];
    first.execution_count = 1;
    second.execution_count = 2;
    first.metadata = { execution: { 'iopub.status.busy': 'now' }, collapsed: true };
    first.outputs = [
      {
        output_type: 'execute_result',
        execution_count: 1,
        data: { 'text/plain': '1' },
        metadata: {},
        transient: {},
      },
    ];
    return notebook;
  };

  it('keeps ids, tags, outputs and the counts of one run from the top', () => {
    const { metadata, cells } = cleanNotebook(used());
    assert.deepEqual(Object.keys(metadata), ['kernelspec', 'language_info']);
    assert.deepEqual(
      cells.map((cell) => cell.id),
      ['cell-1', 'cell-2'],
    );
    assert.deepEqual(
      cells.map((cell) => cell.metadata),
      [{}, { tags: ['parameters'] }],
    );
    assert.deepEqual(
      cells.map((cell) => cell.execution_count),
      [1, 2],
    );
    assert.deepEqual(cells[0]!.outputs, [
      { output_type: 'execute_result', execution_count: 1, data: { 'text/plain': '1' }, metadata: {} },
    ]);
  });

  it('drops counts that tell of clicking around', () => {
    const notebook = used();
    notebook.cells[1]!.execution_count = 7;
    assert.deepEqual(
      cleanNotebook(notebook).cells.map((cell) => cell.execution_count),
      [null, null],
    );
  });

  it('is seen by the check, and needed once only', () => {
    const unclean = formatNotebook(used());
    assert.equal(isClean(unclean, 'a.ipynb'), false);
    assert.equal(isClean(formatNotebook(cleanNotebook(used())), 'a.ipynb'), true);
  });
});

describe('the difference of two notebooks', () => {
  it('is told cell by cell: changed lines, outputs, added, removed and moved cells', () => {
    const before = notebookOf(['one\ntwo', 'gone', 'x', 'y']);
    const after = notebookOf(['one\n2', 'gone', 'x', 'y']);
    after.cells.splice(1, 1);
    after.cells.reverse();
    after.cells.push({ cell_type: 'markdown', id: 'new', metadata: {}, source: 'fresh' });
    after.cells.find((cell) => cell.id === 'cell-3')!.outputs = [
      { output_type: 'stream', name: 'stdout', text: 'out\n' },
    ];
    const text = diffNotebooks(before, after);
    assert.match(text, /cell-1, code\): (moved from place 1, )?changed\n {4}one\n {2}- two\n {2}\+ 2/);
    assert.match(text, /cell-3, code\): .*changed\n {4}x\n {2}\+ > out/);
    assert.match(text, /new, markdown\): added\n {2}\+ fresh/);
    assert.match(text, /cell-2, code\): removed\n {2}- gone/);
    assert.match(text, /moved from place/);
  });

  it('is nothing where only metadata changed', () => {
    const after = notebookOf(['a']);
    after.cells[0]!.execution_count = 4;
    assert.equal(diffNotebooks(notebookOf(['a']), after), '');
  });
});

describe('parameters', () => {
  const notebook = notebookOf([
    {
      tags: ['parameters'],
      source:
        "const rate = 0.1;\nconst data: 'simulated' | 'real' = 'real';\nconst months: number[] = [1];\nconst fast = true;\nlet note: string = 'a';",
    },
    'rate',
  ]);

  it('are read with their types', async () => {
    const found = (await declaredParameters(notebook)).map(({ name, kind }) => [name, kind]);
    assert.deepEqual(found, [
      ['rate', 'number'],
      ['data', 'string'],
      ['months', 'json'],
      ['fast', 'boolean'],
      ['note', 'string'],
    ]);
  });

  it('go into a cell of their own, which a second run replaces', async () => {
    const given = { rate: '0.25', data: 'simulated', months: '[1, 2]', fast: 'false', note: 'it\'s "so"' };
    const once = await injectParameters(notebook, given, 'a.ipynb');
    assert.deepEqual(
      once.cells.map((cell) => cell.id),
      ['cell-1', 'injected-parameters', 'cell-2'],
    );
    assert.equal(
      once.cells[1]!.source,
      'const rate = 0.25;\nconst data: \'simulated\' | \'real\' = "simulated";\nconst months: number[] = [1,2];\nconst fast = false;\nconst note: string = "it\'s \\"so\\"";',
    );
    const twice = await injectParameters(once, { rate: '3' }, 'a.ipynb');
    assert.equal(twice.cells.length, 3);
    assert.equal(twice.cells[1]!.source, 'const rate = 3;');
  });

  it('are refused all at once', async () => {
    const given = { rate: 'high', data: 'fake', months: '[', fast: '1', other: '1' };
    await assert.rejects(injectParameters(notebook, given, 'a.ipynb'), (error: Problem) => {
      assert.deepEqual(
        error.issues.map(({ code }) => code),
        ['parameter-type', 'parameter-choice', 'parameter-type', 'parameter-type', 'parameter-unknown'],
      );
      assert.match(error.message, /"simulated" or "real"/);
      return true;
    });
  });

  it('need a cell that declares them', async () => {
    await assert.rejects(
      injectParameters(notebookOf(['1']), { rate: '1' }, 'a.ipynb'),
      /tagged `parameters`/,
    );
    const same = notebookOf(['1']);
    assert.equal(await injectParameters(same, {}, 'a.ipynb'), same);
  });
});

describe('a notebook on disk', () => {
  it('stays as it was when the new one cannot be written', () => {
    const file = join(folder, 'kept.ipynb');
    writeFileSync(file, 'before');
    const circular = notebookOf(['1']);
    circular.metadata.self = circular.metadata;
    assert.throws(() => writeNotebook(file, circular));
    assert.equal(readFileSync(file, 'utf8'), 'before');
  });
});
