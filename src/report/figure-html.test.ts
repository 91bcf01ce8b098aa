import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exampleReport } from '../testing/example-report.js';
import { figureHtml } from './figure-html.js';
import { rocFigure } from './figures/roc.js';

const figure = rocFigure(exampleReport());

test('a figure by address names that address once, as a string of the script', () => {
  const page = figureHtml(figure, { id: 'roc', plotly: { url: '/assets/plotly.js?a=1&b="</script>' } });
  assert.ok(page.includes('script.src = "/assets/plotly.js?a=1&b=\\"\\u003c/script\\u003e";'));
  assert.equal(page.split('</script>').length - 1, 3);
});

test('a figure that finds plotly loaded brings none; one that brings it packs it', () => {
  const loaded = figureHtml(figure, { id: 'roc', plotly: 'loaded' });
  assert.ok(!loaded.includes('alambique-plotly'));
  assert.ok(loaded.includes('id="roc"'));
  const packed = figureHtml(figure, { id: 'roc', plotly: { source: 'x'.repeat(100_000) } });
  assert.ok(packed.includes('id="alambique-plotly"'));
  assert.ok(packed.length < loaded.length + 2_000);
});

test('the words of the figure stand in its place until it is drawn', () => {
  assert.ok(figureHtml(figure, { id: 'roc', plotly: 'loaded' }).includes(`<p>${figure.alt}</p>`));
});
