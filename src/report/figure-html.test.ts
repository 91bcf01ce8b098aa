import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exampleReport } from '../testing/example-report.js';
import { placeFigure } from './figure-html.js';
import { rocFigure } from './figures/roc.js';
import { plotlyLoader } from './plotly-loader.js';

const figure = rocFigure(exampleReport());

test('a page brings plotly packed', () => {
  const packed = plotlyLoader('x'.repeat(100_000)).text;
  assert.ok(packed.includes('id="alambique-plotly"'));
  assert.ok(packed.length < 2_000);
});

test('the words of the figure stand in its place until it is drawn', () => {
  const place = placeFigure(figure, 'roc').text;
  assert.ok(place.includes('id="roc"'));
  assert.ok(place.includes(`<p>${figure.alt}</p>`));
});
