import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Problem } from '../problem.js';
import { notebookOf } from '../testing/notebook-of.js';
import { formatNotebook, parseNotebook, readNotebook, writeNotebook } from './notebook.js';

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

  it('gives a cell without an id one that no other cell has', () => {
    const code = { cell_type: 'code', metadata: {}, outputs: [], source: '1' };
    const cells = [{ ...code, id: 'cell-2' }, code, { ...code, id: 'cell-2-2' }, code];
    const text = JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells });
    assert.deepEqual(
      parseNotebook(text, 'a.ipynb').cells.map(({ id }) => id),
      ['cell-2', 'cell-2-3', 'cell-2-2', 'cell-4'],
    );
  });

  it('reads a notebook behind a byte order mark', () => {
    const notebook = notebookOf(['1']);
    assert.deepEqual(parseNotebook(`\uFEFF${formatNotebook(notebook)}`, 'a.ipynb'), notebook);
  });

  it('refuses lines that do not end, and says which cell has them', () => {
    const notebook = notebookOf(['// first\n1']);
    const text = formatNotebook(notebook).replace('// first\\n', '// first');
    assert.throws(() => parseNotebook(text, 'a.ipynb'), /cell-1.*lines of its source do not end.*\\n/s);
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
