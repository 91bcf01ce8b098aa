/** The price of looking ahead: how much better a forecast seems that is judged dishonestly, on the same rows. */
import { checkNumbers } from '../../check-numbers.js';
import { bootstrap, percentileInterval } from '../../evaluate/intervals/bootstrap.js';
import type { Learner } from '../../models/models.js';
import { Problem } from '../../problem.js';
import { seededRandom } from '../../random.js';
import { decimals } from '../../table/decimals.js';
import { type Matrix, matrixRows } from '../../table/matrix.js';
import { type Sheet, withSheet } from '../../table/sheet.js';
import type { Counts, Estimate } from '../../task/predictions.js';
import { boosting } from '../../trees/boosting.js';
import type { AheadColumn, Panel } from '../panel/panel.js';
import type { DeclaredPanel } from '../panel/panel-schema.js';
import { pastOf } from '../past/past.js';
import { plainPast } from '../past/past-recipe.js';
import type { PastRows } from '../past/past-rows.js';

/** What a pricing may be told. */
export interface LookingAheadOptions {
  readonly seed: number;
  /** How many periods ahead is forecast; by default 1. */
  readonly step?: number;
  /** How many origins are judged, the last ones; by default 13. */
  readonly judged?: number;
  /** By default boosting of 60 trees. */
  readonly learner?: Learner;
}

/** A dishonest way, and what it pretends. */
export interface LookingAheadWay {
  /** "a random split". */
  readonly way: string;
  /** What goes wrong, in a sentence. */
  readonly meaning: string;
  /** WAPE in percent. */
  readonly claimed: Estimate;
  /** Honest less claimed, on the same rows: how many points of WAPE are pretended. */
  readonly pretended: Estimate;
}

/** The honest score, and what others would claim; prints itself as a table. */
export interface LookingAheadPrice {
  readonly honest: Estimate;
  readonly ways: readonly LookingAheadWay[];
}

/**
 * One model of all series, judged on the last origins by WAPE (the sum of all errors over the sum of all sales): honestly, on what
 * was known before the first of them; and in the ways that look ahead: rows split at random, a rolling mean that holds the period
 * itself, and each column of `after` as if it were known. Intervals resample series.
 * Throws `forecast-bad-setting`, and `forecast-short-panel` where nothing is left to learn from.
 *
 * @example
 * const { panel } = simulateShop({ seed: 2, articles: 12, weeks: 60 });
 * const { honest, ways } = priceLookingAhead(panel, { seed: 1 });
 * assert.equal(ways.at(-1)?.way, 'visitors of the period');
 * honest.value > ways.at(-1)!.claimed.value // → true
 */
export function priceLookingAhead(panel: DeclaredPanel, options: LookingAheadOptions): LookingAheadPrice {
  const {
    seed,
    step = 1,
    judged = 13,
    learner = boosting({ trees: 60, leaves: 15, learningRate: 0.1 }),
  } = options;
  checkNumbers({ code: 'forecast-bad-setting' }, { judged }, { judged: { integer: true, min: 1 } });
  const rows = pastOf(panel, plainPast(panel)).training({ step });
  const first = panel.periods.count - judged - step + 1;
  const all = Array.from(rows.series.keys());
  const judgedRows = all.filter((row) => rows.origins[row]! >= first);
  const before = all.filter((row) => rows.origins[row]! + step - 1 < first);
  if (before.length === 0 || judgedRows.length === 0)
    throw new Problem({
      code: 'forecast-short-panel',
      what: `the panel has ${panel.periods.count} periods, and none is left to learn from when the last ${judged} are judged`,
      remedy: 'judge fewer periods',
    });
  const learn = (matrix: Matrix, train: readonly number[], ask: readonly number[]): Float64Array => {
    const index = Uint32Array.from(train);
    const targets = Float64Array.from(train, (row) => rows.targets[row]! / rows.scales[row]!);
    const weights = Float64Array.from(train, (row) => rows.scales[row]!);
    const model = learner.fit(matrixRows(matrix, index), targets, { seed, weights });
    const said = model.predict(matrixRows(matrix, Uint32Array.from(ask)));
    return Float64Array.from(ask, (row, i) => said[i * (model.width ?? 1)]! * rows.scales[row]!);
  };
  const honestly = (matrix: Matrix): Float64Array => learn(matrix, before, judgedRows);
  const honest = honestly(rows.matrix);
  const told = [
    { way: 'a random split', meaning: 'Rows are split without regard to time: what came later is learned from.', said: shuffled(rows, { all, judgedRows, seed, learn }) },
    { way: 'a mean not shifted', meaning: 'A rolling mean of 4 holds the period itself.', said: honestly(withColumn(rows, panel, { step, read: meanWithSelf(panel) })) },
    ...panel.late.map((column) => ({
      way: `${column.name} of the period`,
      meaning: 'It becomes known with the period, and is read as if it were known before.',
      said: honestly(withColumn(rows, panel, { step, read: lateValue(column) })),
    })),
  ]; // biome-ignore format: a line a way
  const judge = judgeOf(rows, judgedRows, panel.series.length);
  const losses = [honest, ...told.map(({ said }) => said)].map(judge);
  const measures = [
    ...losses,
    ...losses.slice(1).map((loss) => (counts?: Counts) => losses[0]!(counts) - loss(counts)),
  ];
  const { values, method } = bootstrap({ rows: { length: panel.series.length } }, measures, { seed });
  const estimates = measures.map((of, i) =>
    percentileInterval(of(), values[i]!, { method: `${method} of series` }),
  );
  const ways = told.map(({ way, meaning }, i) => ({
    ...{ way, meaning },
    claimed: estimates[1 + i]!,
    pretended: estimates[losses.length + i]!,
  }));
  return withSheet<LookingAheadPrice>({ honest: estimates[0]!, ways }, sheetOf);
}

/** Five folds at random over all rows; only the judged rows are asked. */
function shuffled(
  rows: PastRows,
  given: {
    all: readonly number[];
    judgedRows: readonly number[];
    seed: number;
    learn: (matrix: Matrix, train: readonly number[], ask: readonly number[]) => Float64Array;
  },
): Float64Array {
  const { all, judgedRows, seed, learn } = given;
  const random = seededRandom(seed).fork('a random split');
  const fold = Uint8Array.from(all, () => random.integer(5));
  const said = new Float64Array(all.length);
  for (let out = 0; out < 5; out++) {
    const ask = judgedRows.filter((row) => fold[row] === out);
    if (ask.length === 0) continue;
    const answers = learn(rows.matrix, all.filter((row) => fold[row] !== out), ask); // biome-ignore format: one thought
    ask.forEach((row, i) => {
      said[row] = answers[i]!;
    });
  }
  return Float64Array.from(judgedRows, (row) => said[row]!);
}

/** A value of a series at a place in the panel's periods. */
type ReadPlace = (series: number, place: number) => number;

/** The matrix with a column that is read at the very period that is forecast. */
function withColumn(
  rows: PastRows,
  { series }: Panel,
  { step, read }: { step: number; read: ReadPlace },
): Matrix {
  const values = Float64Array.from(
    rows.series,
    (s, row) =>
      read(s, Math.min(series[s]!.start + series[s]!.values.length, rows.origins[row]! + step) - 1) /
      rows.scales[row]!,
  );
  return { ...rows.matrix, columns: [...rows.matrix.columns, { kind: 'number', values }] };
}

function meanWithSelf({ series }: Panel): ReadPlace {
  return (s, place) => {
    const { start, values } = series[s]!;
    const known = values.subarray(Math.max(0, place - start - 3), place - start + 1).filter((value) => !Number.isNaN(value)); // biome-ignore format: one thought
    return known.reduce((sum, value) => sum + value, 0) / known.length;
  };
}

function lateValue({ values, reach }: AheadColumn): ReadPlace {
  return (s, place) => values[s * reach + place]!;
}

/** WAPE in percent of what was said of the judged rows, as a measure of resamples of series. */
function judgeOf({ series, targets }: PastRows, judged: readonly number[], count: number) {
  return (said: Float64Array): ((counts?: Counts) => number) => {
    const [errors, sums] = [new Float64Array(count), new Float64Array(count)];
    judged.forEach((row, i) => {
      errors[series[row]!]! += Math.abs(said[i]! - targets[row]!);
      sums[series[row]!]! += Math.abs(targets[row]!);
    });
    const total = (of: Float64Array, counts?: Counts): number =>
      of.reduce((sum, value, s) => sum + value * (counts ? counts[s]! : 1), 0);
    return (counts) => (100 * total(errors, counts)) / total(sums, counts);
  };
}

function sheetOf({ honest, ways }: LookingAheadPrice): Sheet {
  const percent = (value: number): string => `${decimals(value, 1)} %`;
  return {
    above: [
      `The price of looking ahead: honestly the errors are ${percent(honest.value)} of all sales (WAPE, ${percent(honest.low)} to ${percent(honest.high)}).`,
      '',
    ],
    header: ['way', 'claims', 'pretends', '95 % interval', 'what goes wrong'],
    rows: ways.map(({ way, claimed, pretended, meaning }) => [
      way,
      percent(claimed.value),
      percent(pretended.value),
      `${percent(pretended.low)} to ${percent(pretended.high)}`,
      meaning,
    ]),
    align: ['left', 'right', 'right', 'right', 'left'],
  };
}
