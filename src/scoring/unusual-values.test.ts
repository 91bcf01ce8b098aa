import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readArtefact } from '../study/artefact.js';
import { pacedArtefact } from '../testing/paced-artefact.js';
import { smallArtefact } from '../testing/small-artefact.js';
import { scoreRows } from './score-rows.js';
import { createScorer } from './scorer.js';

const scorer = createScorer(readArtefact(pacedArtefact()));
const row: Readonly<Record<string, unknown>> = scorer.artefact.golden.rows[0]!;

function unusual(one: object, asked = scorer): string[] {
  const scored = scoreRows(asked, [one]);
  assert.ok('rows' in scored);
  return scored.rows[0]!.unusual.map(({ code, column }) => `${column} ${code}`);
}

test('a value that was hardly ever missing in training is missed where it is not sent; one that often was is not', () => {
  const { pace: _, ...others }: Record<string, unknown> = { ...row, pdays: null };
  assert.deepEqual(unusual({ ...others, pace: 3 }), []);
  assert.deepEqual(unusual(others), ['pace seldom-missing']);
  assert.deepEqual(unusual({ ...others, pace: null }), ['pace seldom-missing']);
});

test('seldom is fewer than 1 in 100 of the training rows', () => {
  const { artefact } = scorer;
  const withMissing = (missing: number): string[] => {
    const columns = new Map(artefact.reference.columns);
    columns.set('pace', { ...columns.get('pace')!, missing });
    const changed = createScorer({ ...artefact, reference: { ...artefact.reference, rows: 1000, columns } });
    const scored = scoreRows(changed, [{ ...row, pace: null }]);
    assert.ok('rows' in scored);
    return scored.rows[0]!.unusual.map(({ column }) => column);
  };
  assert.deepEqual(withMissing(9), ['pace']);
  assert.deepEqual(withMissing(10), []);
});

test('the lowest and the highest of training are inside the range; a step beyond is outside', () => {
  const small = createScorer(readArtefact(smallArtefact()));
  const column = small.artefact.reference.columns.get('balance')!;
  assert.ok(column.kind === 'number');
  const [low, high] = [column.quantiles[0]!, column.quantiles.at(-1)!];
  assert.deepEqual(unusual({ ...small.artefact.golden.rows[0], balance: low }, small), []);
  assert.deepEqual(unusual({ ...small.artefact.golden.rows[0], balance: high }, small), []);
  assert.deepEqual(unusual({ ...small.artefact.golden.rows[0], balance: low - 1 }, small), [
    'balance outside-trained-range',
  ]);
  assert.deepEqual(unusual({ ...small.artefact.golden.rows[0], balance: high + 1 }, small), [
    'balance outside-trained-range',
  ]);
});
