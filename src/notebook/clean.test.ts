import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { notebookOf } from '../testing/notebook-of.js';
import { cleanNotebook, isClean } from './clean.js';
import { formatNotebook } from './notebook.js';

describe('cleaning', () => {
  const used = (): ReturnType<typeof notebookOf> => {
    const notebook = notebookOf(['a', { source: 'b', tags: ['parameters'] }]);
    notebook.metadata = {
      ...{ kernelspec: { name: 'alambique' }, widgets: {}, language_info: { version: '1' } },
      alambique: { data: ['a.csv'] },
    };
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

  it('keeps ids, tags, outputs, the data that it needs and the counts of one run from the top', () => {
    const { metadata, cells } = cleanNotebook(used());
    assert.deepEqual(Object.keys(metadata), ['kernelspec', 'alambique', 'language_info']);
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

  it('keeps the counts of a run from the top that a cell has ended', () => {
    const notebook = used();
    notebook.cells[1]!.execution_count = null;
    assert.deepEqual(
      cleanNotebook(notebook).cells.map((cell) => cell.execution_count),
      [1, null],
    );
  });

  it('is seen by the check, and needed once only', () => {
    const unclean = formatNotebook(used());
    assert.equal(isClean(unclean, 'a.ipynb'), false);
    assert.equal(isClean(formatNotebook(cleanNotebook(used())), 'a.ipynb'), true);
  });
});
