import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { seededRandom } from '../random.js';
import { type Feature, type Labels, type Matrix, matrixRows } from '../table/matrix.js';
import { categoryColumn } from '../table/table.js';
import { realData, withoutRealData } from '../testing/real-data.js';
import { logistic } from './logistic.js';
import { naiveBayes } from './naive-bayes.js';
import { withSmote } from './with-smote.js';
import { withWeights } from './with-weights.js';

/** The bank data without `duration`: numbers scaled by their deviation, text as codes. */
function bank(): { matrix: Matrix; labels: Labels } {
  const lines = readFileSync(realData('bank-full.csv')!, 'utf8').trim().split('\n');
  const rows = lines.slice(1).map((line) => line.split(';'));
  const duration = lines[0]!.split(';').indexOf('"duration"');
  const columns = rows[0]!.flatMap((first, j): Feature[] => {
    if (j === duration || j === rows[0]!.length - 1) return [];
    if (first.startsWith('"')) {
      const { codes, levels } = categoryColumn(
        '',
        rows.map((row) => row[j]!),
      );
      return [{ kind: 'category', codes, levels: levels.length }];
    }
    const values = Float64Array.from(rows, (row) => Number(row[j]));
    const mean = values.reduce((sum, value) => sum + value, 0) / rows.length;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rows.length);
    return [{ kind: 'number', values: values.map((value) => (value - mean) / deviation) }];
  });
  const labels = Uint8Array.from(rows, (row) => (row.at(-1)!.includes('yes') ? 1 : 0));
  return { matrix: { rowCount: rows.length, columns }, labels };
}

test('on the bank data, held-out rows get the true base rate within .01 after SMOTE or weights', {
  skip: withoutRealData('bank-full.csv'),
}, () => {
  const { matrix, labels } = bank();
  const order = seededRandom(1).shuffle(Uint32Array.from(labels.keys()));
  const pick = (keep: (place: number) => boolean): { matrix: Matrix; labels: Labels } => {
    const rows = order.filter((_, place) => keep(place));
    return { matrix: matrixRows(matrix, rows), labels: Uint8Array.from(rows, (i) => labels[i]!) };
  };
  const train = pick((place) => place % 5 !== 0);
  const held = pick((place) => place % 5 === 0);
  const rate = held.labels.reduce((sum, label) => sum + label, 0) / held.labels.length;
  for (const learner of [logistic(), naiveBayes()]) {
    for (const wrapped of [withSmote(learner), withWeights(learner, 'balanced')]) {
      const p = wrapped.fit(train.matrix, train.labels, { seed: 1 }).predict(held.matrix);
      const mean = p.reduce((sum, value) => sum + value, 0) / p.length;
      assert.ok(Math.abs(mean - rate) < 0.01, `${wrapped.name}: ${mean} where the rate is ${rate}`);
    }
  }
});
