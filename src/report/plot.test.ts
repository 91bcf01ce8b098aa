import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { type MimeBundle, setDisplaySink } from '../display.js';
import { plot } from './plot.js';

function shownBy(run: () => void): MimeBundle[] {
  const bundles: MimeBundle[] = [];
  setDisplaySink((bundle) => void bundles.push(bundle));
  run();
  return bundles;
}

describe('plot', () => {
  afterEach(() => setDisplaySink(undefined));

  it('offers a figure as data, as HTML that draws itself, and as words', () => {
    const [bundle] = shownBy(() =>
      plot({ data: [{ type: 'bar', x: ['May'], y: [0.07] }], title: 'May sells', alt: 'One bar of .07.' }),
    );
    const figure = bundle!['application/vnd.plotly.v1+json'] as { data: unknown; alambique: unknown };
    assert.deepEqual(figure.data, [{ type: 'bar', x: ['May'], y: [0.07] }]);
    assert.deepEqual(figure.alambique, { title: 'May sells', alt: 'One bar of .07.' });
    assert.match(String(bundle!['text/html']), /<figcaption>May sells<\/figcaption>/);
    assert.equal(bundle!['text/plain'], 'Figure: May sells\nOne bar of .07.');
  });

  it('takes typed arrays, leaves gaps where there is no number, and drops digits nobody sees', () => {
    const [bundle] = shownBy(() =>
      plot({ data: [{ type: 'scatter', x: Int32Array.of(1, 2), y: Float64Array.of(1 / 3, Number.NaN) }] }),
    );
    const { data } = bundle!['application/vnd.plotly.v1+json'] as { data: unknown };
    assert.deepEqual(data, [{ type: 'scatter', x: [1, 2], y: [0.333333, null] }]);
  });

  it('lets no text from data end the script', () => {
    const [bundle] = shownBy(() =>
      plot({ data: [{ type: 'bar', x: ['</script><b>'], y: [1] }], title: '<i>' }),
    );
    const text = String(bundle!['text/html']);
    assert.ok(!text.includes('</script><b>'));
    assert.match(text, /<figcaption>&lt;i&gt;<\/figcaption>/);
  });

  it('keeps ten figures of a thousand points under 500 kB', () => {
    const x = Float64Array.from({ length: 1000 }, (_, i) => i);
    const y = x.map((value) => Math.sin(value));
    const bundles = shownBy(() => {
      for (let i = 0; i < 10; i++) plot({ data: [{ type: 'scatter', mode: 'markers', x, y }] });
    });
    assert.ok(JSON.stringify(bundles).length < 500_000);
  });
});
