import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JsonObject } from '../../json.js';
import { STILL_WIDTH, stillPicture } from './still.js';
import { svgAddress } from './svg.js';

/** The picture of these traces; it must be one. */
function picture(traces: readonly JsonObject[], layout: JsonObject = {}): string {
  const svg = stillPicture({
    data: traces as never,
    layout: { height: 300, ...layout },
    alt: 'what is seen',
  });
  assert.ok(svg);
  return svg;
}

/** The coordinates of the first path that has this look, move by move. */
function pathOf(svg: string, look: RegExp): number[][] {
  const path = [...svg.matchAll(/<path d='([^']*)'([^>]*)>/g)].find(([, , rest]) => look.test(rest!));
  assert.ok(path, `no path has ${look}`);
  return [...path[1]!.matchAll(/[A-Za-z]([-\d. ]*)/g)].map(([, numbers]) =>
    numbers!.trim().split(' ').filter(Boolean).map(Number),
  );
}

const points = /stroke-linecap/;
const line = /fill='none' stroke='#0067a5'/;
const bars = /^ fill='/;

describe('a still picture', () => {
  it('puts points in the proportions of their values, the greater ones higher', () => {
    const svg = picture([{ type: 'scatter', mode: 'markers', x: [0, 1, 4], y: [10, 20, 40] }]);
    const [[x0, y0], , [x1, y1], , [x2, y2]] = pathOf(svg, points) as [
      number[],
      number[],
      number[],
      number[],
      number[],
    ];
    assert.ok(Math.abs((x2! - x0!) / (x1! - x0!) - 4) < 0.01);
    assert.ok(Math.abs((y0! - y2!) / (y0! - y1!) - 3) < 0.01);
    assert.ok(x0! > 0 && x2! < STILL_WIDTH && y2! > 0 && y0! < 300);
  });

  it('leaves a gap in a line where there is no number', () => {
    const svg = picture([{ type: 'scatter', mode: 'lines', x: [1, 2, 3, 4], y: [1, 2, null, 4] }]);
    const [d] = /M[^']*(?=' fill='none' stroke='#0067a5')/.exec(svg)!;
    assert.equal(d.replace(/[-\d. ]/g, ''), 'MLM');
  });

  it('begins bars at zero, flat ones at the left, in the order of the list from the top where it is reversed', () => {
    const svg = picture([{ type: 'bar', orientation: 'h', y: ['a', 'b'], x: [1, 3] }], {
      yaxis: { autorange: 'reversed' },
    });
    const [start, first, , , , second, longer] = pathOf(svg, bars);
    assert.equal(start![0], second![0], 'one zero');
    assert.ok(second![1]! > start![1]!, 'b below a');
    assert.ok(Math.abs((longer![0]! - second![0]!) / (first![0]! - start![0]!) - 3) < 0.02);
  });

  it('spaces a logarithmic axis by factors, and writes given ticks', () => {
    const svg = picture([{ type: 'scatter', mode: 'lines', x: [10, 100, 1000], y: [1, 2, 3] }], {
      xaxis: { type: 'log', tickvals: [10, 1000], ticktext: ['ten', 'a thousand'] },
    });
    const [a, b, c] = pathOf(svg, line);
    assert.ok(Math.abs(b![0]! - a![0]! - (c![0]! - b![0]!)) < 0.2);
    assert.match(svg, />a thousand</);
  });

  it('draws intervals, shapes, notes and the names of the series', () => {
    const svg = picture(
      [
        {
          type: 'scatter',
          mode: 'markers',
          name: 'A & B',
          x: [1, 2],
          y: ['p', 'q'],
          error_x: { array: [0.5, 0.5] },
        },
        { type: 'scatter', mode: 'lines', name: 'chance', x: [1, 2], y: ['p', 'q'], line: { dash: 'dot' } },
      ],
      {
        showlegend: true,
        shapes: [{ type: 'line', x0: 1, x1: 1, yref: 'paper', y0: 0, y1: 1 }],
        annotations: [{ text: '<b>here</b><br>and there', x: 1, y: 'p' }],
      },
    );
    for (const part of [/>A &amp; B</, />chance</, />here</, />and there</, /stroke-dasharray/])
      assert.match(svg, part);
    const [low, high] = pathOf(svg, /stroke='#0067a5' stroke-width='2'/);
    assert.ok(low![0]! < high![0]!);
  });

  it('has its own place for each of two plots', () => {
    const svg = picture(
      [
        { type: 'bar', x: [1, 2], y: [1, 2] },
        { type: 'scatter', mode: 'markers', x: [1, 2], y: [1, 2], xaxis: 'x2', yaxis: 'y2' },
      ],
      { xaxis: { domain: [0, 0.4] }, xaxis2: { domain: [0.6, 1] } },
    );
    const right = Math.max(...pathOf(svg, bars).map(([x]) => x ?? 0));
    assert.ok(pathOf(svg, points)[0]![0]! > right);
  });

  it('lets no text from data out of its place, in the picture or in its address', () => {
    const evil = `'"><script>alert(1)</script>&`;
    const svg = picture([{ type: 'bar', x: [evil], y: [1], name: evil, marker: { color: evil } }], {
      showlegend: true,
      xaxis: { title: { text: evil } },
      annotations: [{ text: evil, x: evil, y: 1 }],
    });
    assert.doesNotMatch(svg, /<script/);
    assert.doesNotMatch(svgAddress(svg), /["<>&#]/);
    assert.equal(decodeURIComponent(svgAddress(svg).slice('data:image/svg+xml,'.length)), svg);
  });

  it('is not made of what is not drawn here', () => {
    const none = (trace: JsonObject, more: readonly JsonObject[] = []): unknown =>
      stillPicture({ data: [trace, ...more] as never, layout: {}, alt: '' });
    assert.equal(none({ type: 'heatmap', z: [[1]] }), undefined);
    assert.equal(none({ type: 'scatter', mode: 'text', x: [1], y: [1] }), undefined);
    assert.equal(none({ type: 'bar', x: [1], y: [1] }, [{ type: 'bar', x: [1], y: [1] }]), undefined);
    assert.equal(none({ type: 'scatter', y: [1, 2] }), undefined);
  });
});
