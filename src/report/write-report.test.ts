import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { exampleReport } from '../testing/example-report.js';
import { modelCard } from './model-card.js';
import { reportPage } from './page.js';
import { readPlotly, writeReport } from './write-report.js';

const folder = mkdtempSync(join(tmpdir(), 'alambique-report-'));
after(() => rmSync(folder, { recursive: true }));

test('page and card are written into a new folder, over old ones, and nothing else is left there', async () => {
  const target = join(folder, 'a', 'b');
  const plotlySource = 'window.Plotly = {};';
  for (const round of [1, 2]) {
    const written = await writeReport(exampleReport(), { folder: target, plotlySource });
    assert.deepEqual(readdirSync(target).sort(), ['card.md', 'index.html'], `round ${round}`);
    assert.equal(readFileSync(written.page, 'utf8'), reportPage(exampleReport(), { plotlySource }));
    assert.equal(readFileSync(written.card, 'utf8'), modelCard(exampleReport()));
    writeFileSync(written.page, 'old');
  }
});

test('a report that cannot be written leaves the old one whole', async () => {
  const target = join(folder, 'c');
  const written = await writeReport(exampleReport(), { folder: target, plotlySource: '' });
  const before = readFileSync(written.page, 'utf8');
  const broken = { ...exampleReport(), leaderboard: null } as never;
  await assert.rejects(writeReport(broken, { folder: target, plotlySource: '' }));
  assert.equal(readFileSync(written.page, 'utf8'), before);
  assert.deepEqual(readdirSync(target).sort(), ['card.md', 'index.html']);
});

test('without plotly the page has words for figures, and says so', async () => {
  const { page, figures } = await writeReport(exampleReport(), {
    folder: join(folder, 'd'),
    plotlySource: '',
  });
  assert.equal(figures, false);
  const text = readFileSync(page, 'utf8');
  assert.match(text, /What each shows stands in its place in words/);
  assert.ok(text.length < 1_000_000);
});

test('with the real plotly the page stays under 3 MB', async () => {
  const page = reportPage(exampleReport(), { plotlySource: await readPlotly() });
  assert.ok(page.length > 1_000_000 && page.length < 3_000_000, `${page.length} bytes`);
});
