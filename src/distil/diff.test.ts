import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { notebookOf } from '../testing/notebook-of.js';
import { diffNotebooks } from './diff.js';

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
