import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { COLOUR, plotText, SERIES, scoreTicks, seriesKey, wrapText } from './theme.js';

/** Contrast of two colours (WCAG 2.2, relative luminance). */
function contrast(a: string, b: string): number {
  const luminance = (hex: string): number => {
    const [red, green, blue] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
  };
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light! + 0.05) / (dark! + 0.05);
}

test('every colour that text is written in has contrast 4.5 on paper and on the bands', () => {
  for (const colour of [COLOUR.ink, COLOUR.muted, ...SERIES])
    for (const ground of [COLOUR.paper, COLOUR.band])
      assert.ok(contrast(colour, ground) >= 4.5, `${colour} on ${ground}: ${contrast(colour, ground)}`);
});

test('ticks of a score axis are even, inside the range, two to nine of them, and all different', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 0.9, noNaN: true }),
      fc.double({ min: 0.05, max: 1, noNaN: true }),
      (low, width) => {
        const { tickvals, ticktext } = scoreTicks(low, low + width) as {
          tickvals: number[];
          ticktext: string[];
        };
        assert.ok(tickvals.length >= 2 && tickvals.length <= 9, `${tickvals}`);
        assert.ok(tickvals.every((tick) => tick >= low - 1e-6 && tick <= low + width + 1e-6));
        assert.equal(new Set(ticktext).size, tickvals.length);
      },
    ),
  );
});

test('wrapped text loses no word and keeps its width', () => {
  assert.deepEqual(wrapText('one two three', 7), ['one two', 'three']);
  assert.deepEqual(wrapText('incomprehensible', 4), ['incomprehensible']);
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z]{1,9}$/), { minLength: 1 }), (words) => {
      const lines = wrapText(words.join(' '), 12);
      assert.equal(lines.join(' '), words.join(' '));
      assert.ok(lines.every((text) => text.length <= 12));
    }),
  );
});

test('a key stands on one line where it fits, else each series has its own; one series has none', () => {
  const named = (...names: string[]): { name: string; colour: string }[] =>
    names.map((name) => ({ name, colour: COLOUR.blue }));
  assert.deepEqual(seriesKey(named('alone')), { height: 0, notes: [] });
  assert.equal(seriesKey(named('a', 'b')).height, 26);
  assert.equal(seriesKey(named('forward chaining, five steps', 'stratified, five folds')).height, 44);
});

test('markup in a label is shown, not obeyed', () => {
  assert.equal(plotText('<b>&'), '&lt;b&gt;&amp;');
});
