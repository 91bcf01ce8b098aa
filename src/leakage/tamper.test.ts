import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labelsOf } from '../schema/dataset.js';
import { cleanDataset } from '../testing/clean-data.js';
import { auditLeakage } from './audit-leakage.js';
import { duplicateRarerClasses, encodeAllRows, smoteAllRows } from './tamper.js';

const clean = cleanDataset(7, { rows: 400 });

for (const [name, tampered] of [
  ['duplicated', duplicateRarerClasses(clean, 1)],
  ['smoted', smoteAllRows(clean, 1)],
  ['encoded', encodeAllRows(clean)],
] as const) {
  test(`the audit finds that rows were ${name} before the split`, () => {
    const { findings } = auditLeakage(tampered);
    assert.ok(findings.some(({ code, severity }) => code === 'L09' && severity === 'leak'));
  });
}

test('duplicating and SMOTE leave the rows as they were and add of the rarer class until it is half', () => {
  for (const tampered of [duplicateRarerClasses(clean, 1), smoteAllRows(clean, 1)]) {
    const labels = labelsOf(tampered);
    assert.deepEqual([...labels.slice(0, 400)], [...labelsOf(clean)]);
    assert.equal(
      labels.reduce((sum, label) => sum + label, 0),
      labels.length / 2,
    );
    for (const row of [0, 17, 399]) assert.deepEqual(tampered.table.row(row), clean.table.row(row));
  }
});

test('of several classes all become as frequent as the most frequent one', () => {
  const classes = cleanDataset(7, { rows: 400, target: 'category' });
  for (const tampered of [duplicateRarerClasses(classes, 1), smoteAllRows(classes, 1)]) {
    const { codes } = tampered.table.categories('plan');
    const counts = [0, 1, 2].map((code) => codes.filter((other) => other === code).length);
    assert.equal(new Set(counts).size, 1, counts.join());
    assert.equal(counts[0]! * 3, tampered.table.rowCount);
  }
});

test('a synthetic row lies between rows of its class, and its texts occur together', () => {
  const { table } = smoteAllRows(clean, 1);
  const ages = table.numbers('age').subarray(400);
  assert.ok(ages.length > 0 && ages.every((age) => age >= 18 && age <= 77));
  assert.ok(ages.some((age) => !Number.isInteger(age)));
  assert.deepEqual(table.categories('job').levels, clean.table.categories('job').levels);
});

test('encoding puts the mean label of equal values in the place of each value', () => {
  const labels = labelsOf(clean);
  const members = clean.table.categories('member');
  const yes = members.levels.indexOf('yes');
  const among = [...labels].filter((_, i) => members.codes[i] === yes);
  const mean = among.reduce((sum, label) => sum + label, 0) / among.length;
  const encoded = encodeAllRows(clean).table.numbers('member');
  assert.ok(encoded.every((value, i) => members.codes[i] !== yes || Math.abs(value - mean) < 1e-12));
});
