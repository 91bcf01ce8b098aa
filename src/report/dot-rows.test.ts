import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DotRow, dotRows } from './dot-rows.js';

const series = [
  { name: 'without', colour: '#000000' },
  { name: 'with', colour: '#ff0000' },
];

function texts(
  rows: readonly DotRow[],
  options: { joined?: boolean } = {},
): { text: string; x: number; xanchor: string }[] {
  const { layout } = dotRows(rows, { title: 'AUC', series, ...options });
  return layout.annotations as unknown as { text: string; x: number; xanchor: string }[];
}

test('a series that a row lacks has no dot and no value there', () => {
  const rows: DotRow[] = [
    { label: 'a', dots: [{ value: 0.7 }, null] },
    { label: 'b', dots: [{ value: 0.6 }, { value: 0.8 }] },
  ];
  const { data } = dotRows(rows, { title: 'AUC', series });
  assert.deepEqual(
    data.map(({ x }) => x),
    [[0.7, 0.6], [0.8]],
  );
  assert.equal(texts(rows).filter(({ text }) => /^\.\d{3}$/.test(text)).length, 3);
});

test('an interval reaches from its low end to its high end', () => {
  const { data } = dotRows([{ label: 'a', dots: [{ value: 0.5, low: 0.25, high: 1 }, null] }], {
    title: 'AUC',
    series,
  });
  const bars = data[0]!.error_x as unknown as { array: number[]; arrayminus: number[] };
  assert.deepEqual([bars.array, bars.arrayminus], [[0.5], [0.25]]);
});

test('of joined dots the smaller value is written to the left, also where both are equal', () => {
  const sides = (a: number, b: number): string[] =>
    texts([{ label: 'a', dots: [{ value: a }, { value: b }] }], { joined: true })
      .filter(({ text }) => text.startsWith('.'))
      .map(({ xanchor }) => xanchor);
  assert.deepEqual(sides(0.5, 0.6), ['right', 'left']);
  assert.deepEqual(sides(0.6, 0.5), ['left', 'right']);
  assert.deepEqual(sides(0.5, 0.5), ['right', 'left']);
});

test('dots in one place have their value written once, others each', () => {
  const written = (...values: number[]): string[] =>
    texts([{ label: 'a', dots: values.map((value) => ({ value })) }], {})
      .map(({ text }) => text)
      .filter((text) => text.startsWith('.'));
  assert.deepEqual(written(0.5, 0.5), ['.500']);
  assert.deepEqual(written(0.5, 0.6), ['.500', '.600']);
});

test('the axis holds every dot, interval and reference', () => {
  const { layout } = dotRows([{ label: 'a', dots: [{ value: 0.7, low: 0.65, high: 0.9 }, null] }], {
    title: 'AUC',
    series,
    reference: { value: 0.5, label: 'chance' },
  });
  const [low, high] = (layout.xaxis as { range: [number, number] }).range;
  assert.ok(low < 0.5 && high > 0.9);
});

test('a single value, with nothing beside it, still has an axis', () => {
  const { layout } = dotRows([{ label: 'a', dots: [{ value: 0 }, null] }], { title: 'AUC', series });
  const [low, high] = (layout.xaxis as { range: [number, number] }).range;
  assert.ok(Number.isFinite(low) && low < high);
});
