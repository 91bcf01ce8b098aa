import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { exampleReport } from '../testing/example-report.js';
import { findRoot } from '../workspace.js';
import { modelCard } from './model-card.js';

test('the card of the example is, letter for letter, the one that was read and found good', () => {
  const kept = readFileSync(join(findRoot(), 'src/report/fixtures/card.md'), 'utf8');
  assert.equal(modelCard(exampleReport()), kept);
});

test('SIMULATED is said first, and only where the rows were simulated', () => {
  const report = exampleReport();
  assert.doesNotMatch(modelCard(report), /simulated/i);
  const card = modelCard({ ...report, data: { ...report.data, simulated: true } });
  assert.match(card.split('\n')[2]!, /^> \*\*SIMULATED\.\*\*/);
});

test('names from the data break neither the tables nor the text', () => {
  const report = exampleReport();
  const name = '<b>a|b`c\n*d* [e](f)';
  const card = modelCard({
    ...report,
    data: {
      ...report.data,
      name,
      columns: report.data.columns.map((column) => ({ ...column, name, kind: name })),
    },
    leaderboard: report.leaderboard.map((row) => ({ ...row, name })),
    policies: report.policies.map((row) => ({ ...row, name })),
  });
  const rows = card.split('\n').filter((line) => line.startsWith('|'));
  const plainRows = modelCard(report)
    .split('\n')
    .filter((line) => line.startsWith('|'));
  const cells = (line: string): number => line.replaceAll('\\|', '').split('|').length;
  assert.deepEqual(rows.map(cells), plainRows.map(cells));
  assert.doesNotMatch(card.replaceAll(/\\./g, '').replaceAll(/`[^`]*`/g, ''), /<b>/);
});

test('a caveat is there only when the numbers call for it', () => {
  const report = exampleReport();
  const { holdout } = report;
  assert.match(modelCard(report), /too low by 5\.4 points/);
  const held = modelCard({
    ...report,
    price: [],
    holdout: {
      ...holdout,
      means: { ...holdout.means!, predicted: holdout.means!.true },
      headline: 'Brier',
      scores: { Brier: holdout.scores.Brier! },
    },
  });
  assert.doesNotMatch(held, /too low|too high|leakage, not skill|is not what a user will see/);
  assert.match(
    modelCard({ ...report, holdout: { ...holdout, means: { ...holdout.means!, predicted: 0.3 } } }),
    /too high by 5\.0 points/,
  );
});
