import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Problem } from '../problem.js';
import { notebookOf } from '../testing/notebook-of.js';
import { declaredParameters, injectParameters } from './parameters.js';

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
