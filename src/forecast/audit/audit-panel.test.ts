import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../leakage/leakage.js';
import { numberColumn, table } from '../../table/table.js';
import { panel as small } from '../../testing/example-data.js';
import type { AheadColumn } from '../panel/panel.js';
import type { DeclaredPanel } from '../panel/panel-schema.js';
import { until } from '../panel/until.js';
import { pastOf } from '../past/past.js';
import { plainPast } from '../past/past-recipe.js';
import { simulateShop } from '../shop/simulate-shop.js';
import { auditPanel } from './audit-panel.js';

const { panel } = simulateShop({ seed: 3, articles: 30, weeks: 110 });

/** A column of periods made of what each series sold. */
function column(
  name: string,
  value: (sold: (place: number) => number, place: number, s: number) => number,
): AheadColumn {
  const reach = panel.periods.count + 13;
  const values = new Float64Array(panel.series.length * reach).fill(Number.NaN);
  panel.series.forEach(({ start, values: own }, s) => {
    for (let place = 0; place < reach; place++)
      values[s * reach + place] = value((at) => own[at - start] ?? Number.NaN, place, s);
    // What is known ahead is known beyond the end.
    values[s * reach + reach - 1] = 1;
  });
  return { name, values, reach };
}

function findingsOf(other: Partial<DeclaredPanel>): readonly Finding[] {
  return auditPanel({ ...panel, late: [], ...other }).findings;
}

const codesOf = (other: Partial<DeclaredPanel>): string[] =>
  findingsOf(other).map(({ code, severity }) => `${code} ${severity}`);

test('an honest panel has no finding but what is declared late, which is contained', () => {
  const audit = auditPanel(panel);
  assert.deepEqual(
    audit.findings.map(({ code, columns }) => [code, columns]),
    [['P05', ['visitors']]],
  );
  assert.ok(audit.ok && audit.open.length === 0);
  assert.match(String(audit), /Leakage audit of a simulated shop, [\d,]+ rows/);
  assert.equal(auditPanel(small).findings.length, 0);
});

test('a total of the period itself is found, of each series or of the whole shop', () => {
  const own = column('counted', (sold, place, s) => sold(place) * (1 + 0.02 * ((s + place) % 3)));
  const [finding] = findingsOf({ ahead: [own] });
  assert.deepEqual([finding!.code, finding!.severity, finding!.columns], ['P01', 'leak', ['counted']]);
  assert.match(finding!.what, /follows sold of its own period with a correlation of (\.99|1)/);
  assert.match(finding!.remedy, /`after`/);
  // The same for all articles of a store: it follows none of them, but their sum.
  const full = simulateShop({ seed: 3, articles: 30, weeks: 110, stockOuts: false }).panel;
  const ofStore = (store: string | undefined, place: number): number =>
    full.series.reduce(
      (sum, { key, start, values }) => sum + (key[0] === store ? (values[place - start] ?? 0) : 0),
      0,
    );
  const tills = Float64Array.from({ length: 30 * 123 }, (_, at) => Math.round(ofStore(full.series[Math.floor(at / 123)]!.key[0], at % 123) * (2 + ((at * 7) % 5) / 100))); // biome-ignore format: one thought
  const audit = auditPanel({ ...full, ahead: [{ name: 'tills', values: tills, reach: 123 }], late: [] });
  assert.deepEqual(
    audit.findings.map(({ code, severity }) => [code, severity]),
    [['P01', 'leak']],
  );
});

test('values of later periods are found: the next one, a mean that looks ahead, a mean around the period', () => {
  const ahead = (name: string, value: (sold: (place: number) => number, place: number) => number): string[] =>
    codesOf({ ahead: [column(name, value)] });
  const mean = (sold: (place: number) => number, places: number[]): number => places.reduce((sum, at) => sum + sold(at), 0) / places.length; // biome-ignore format: one thought
  assert.deepEqual(
    ahead('next', (sold, i) => sold(i + 1)),
    ['P02 leak'],
  );
  assert.deepEqual(
    ahead('coming', (sold, i) => mean(sold, [i, i + 1, i + 2, i + 3])),
    ['P02 leak'],
  );
  assert.deepEqual(
    ahead('smooth', (sold, i) => mean(sold, [i - 1, i, i + 1])),
    ['P02 leak'],
  );
  assert.deepEqual(
    ahead('rolling', (sold, i) => mean(sold, [i - 3, i - 2, i - 1, i])),
    ['P02 leak'],
  );
});

test('what was before its period is no leak: the last value, a mean of four, a promotion, the season', () => {
  const honest = [
    column('last', (sold, i) => sold(i - 1)),
    column('lately', (sold, i) => (sold(i - 4) + sold(i - 3) + sold(i - 2) + sold(i - 1)) / 4),
    column('summer', (_sold, i) => Math.cos((2 * Math.PI * (i - 28)) / 52)),
  ];
  assert.deepEqual(codesOf({ ahead: [...panel.ahead, ...honest] }), []);
});

test('a target whose gaps were filled with the last value is found', () => {
  const filled = panel.series.map((series) => {
    const values = series.values.slice();
    values.forEach((_, i) => {
      if (i > 0 && (i * 7) % 10 < 5) values[i] = values[i - 1]!;
    });
    return { ...series, values };
  });
  const [finding] = findingsOf({ series: filled });
  assert.deepEqual([finding!.code, finding!.severity], ['P03', 'leak']);
  assert.match(finding!.what, /^\d\d % of the values equal the one before, where chance would give \d+ %/);
});

test('an attribute made of the whole panel is found', () => {
  const totals = panel.series.map(({ values }) => values.reduce((sum, value) => sum + value, 0));
  const told = table([numberColumn('soldInAll', totals), panel.attributes.column('priceEur')]);
  const [finding] = findingsOf({ attributes: told });
  assert.deepEqual([finding!.code, finding!.severity, finding!.columns], ['P04', 'leak', ['soldInAll']]);
});

test('a column of ahead that ends with the panel, or before, asks a question', () => {
  const [promotion] = panel.ahead;
  const short = { ...promotion!, values: promotion!.values.map((value, at) => (at % promotion!.reach < 110 ? value : Number.NaN)) }; // biome-ignore format: one thought
  const [finding] = findingsOf({ ahead: [short] });
  assert.deepEqual([finding!.code, finding!.severity], ['P06', 'suspect']);
  assert.match(finding!.what, /has no value beyond the panel's end: its last is for 2025-02-03/);
});

test('a split that does not respect time is found, and one by origin is not', () => {
  const past = pastOf(panel, plainPast(panel));
  const rows = past.training({ step: 2 });
  const judged = past.training({ step: 2, from: 100 });
  const earlier = pastOf(until(panel, 10), plainPast(panel)).training({ step: 2 });
  const codes = (training: typeof rows): string[] =>
    auditPanel(panel, { split: { training, judged, step: 2 } }).findings.map(({ code }) => code);
  assert.deepEqual(codes(rows), ['P07', 'P05']);
  assert.deepEqual(codes(earlier), ['P05']);
});
