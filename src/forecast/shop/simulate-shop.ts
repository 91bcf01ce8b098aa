/** A made chain of shops whose demand is known: what it sold, what customers wanted, and the distribution that was drawn from. */
import { checkNumbers } from '../../check-numbers.js';
import { type Random, seededRandom } from '../../random.js';
import { category, number, yesNo } from '../../schema/column-types.js';
import { formatDate } from '../../table/date-text.js';
import { categoryColumn, numberColumn, table } from '../../table/table.js';
import type { Forecaster } from '../forecaster.js';
import { definePanel } from '../panel/define-panel.js';
import { panelOf } from '../panel/panel-of.js';
import type { DeclaredPanel } from '../panel/panel-schema.js';
import { week } from '../panel/time-types.js';
import { type Article, expectedDemand, makeArticles } from './article.js';
import { drawNegativeBinomial } from './draws.js';
import { knownDemand } from './known-demand.js';

/** What the shop is made of. */
export interface ShopOptions {
  readonly seed: number;
  /** How many series: a product in a store each. By default 60. */
  readonly articles?: number;
  /** Weeks of the panel; by default 156. */
  readonly weeks?: number;
  /** By default true: shelves were empty at times, and then less was sold than customers wanted. */
  readonly stockOuts?: boolean;
}

/** A made shop. */
export interface SimulatedShop {
  readonly panel: DeclaredPanel<'department' | 'priceEur', 'promotion', 'visitors'>;
  /** What customers wanted: series × weeks, row-major; 0 where an article was not on sale. */
  readonly demand: Float64Array;
  /** Forecasts by the distribution that demand was drawn from: the best that any forecaster can do. */
  readonly truth: Forecaster;
}

/** Promotions are planned so many weeks beyond the panel's end. */
const planned = 26;

/**
 * Weekly sales of products in three stores: seasons by department, growth, promotions that are known ahead, articles that sell
 * now and then, some that begin late or end early, and stock-outs. `visitors` becomes known with its week, and would tell too much. The
 * same seed gives the same shop on any machine. Throws `forecast-bad-setting`.
 *
 * @example
 * const { panel, truth } = simulateShop({ seed: 1, articles: 12, weeks: 104 });
 * truth.fit(until(panel, 6), { seed: 1 }).forecast(6).means.length // → 72
 */
export function simulateShop({
  seed,
  articles: count = 60,
  weeks = 156,
  stockOuts = true,
}: ShopOptions): SimulatedShop {
  checkNumbers(
    { code: 'forecast-bad-setting', of: 'simulateShop' },
    { articles: count, weeks },
    { articles: { integer: true, min: 1 }, weeks: { integer: true, min: 10 } },
  );
  const articles = makeArticles({ count, weeks, seed });
  const promoted = articles.map(({ product }) => promotionsOf(product, weeks + planned, seed));
  const means = Float64Array.from({ length: count * (weeks + planned) }, (_, at) => {
    const [i, place] = [Math.floor(at / (weeks + planned)), at % (weeks + planned)];
    return expectedDemand(articles[i]!, place, promoted[i]![place] === 1);
  });
  const demand = new Float64Array(count * weeks);
  const sold = new Float64Array(count * weeks);
  const inStock = new Uint8Array(count * weeks).fill(1);
  articles.forEach((article, i) => {
    const random = seededRandom(seed).fork(`demand ${i}`);
    const wanted = demand.subarray(i * weeks, (i + 1) * weeks);
    for (let place = 0; place < weeks; place++)
      wanted[place] = drawNegativeBinomial(random, {
        mean: means[i * (weeks + planned) + place]!,
        size: article.size,
      });
    sold.set(wanted, i * weeks);
    if (stockOuts) sellFromStock(wanted, article, { sold: sold.subarray(i * weeks), inStock: inStock.subarray(i * weeks) }); // biome-ignore format: one thought
  });
  const panel = panelOfShop(articles, { weeks, promoted, demand, sold, inStock, random: seededRandom(seed).fork('visitors') }); // biome-ignore format: one thought
  const sizes = Float64Array.from(articles, ({ size }) => size);
  return { panel, demand, truth: knownDemand({ keys: panel.series.map(({ key }) => key), means, sizes }) };
}

/** 1 in the weeks in which a product is promoted, in all stores. */
function promotionsOf(product: string, length: number, seed: number): Uint8Array {
  const random = seededRandom(seed).fork(`promotions of ${product}`);
  return Uint8Array.from({ length }, () => (random.uniform() < 0.08 ? 1 : 0));
}

/** A keeper of stock who orders four weeks of the last eight weeks' sales, which come two weeks later: at times too few. */
function sellFromStock(
  wanted: Float64Array,
  { level, begins }: Article,
  { sold, inStock }: { sold: Float64Array; inStock: Uint8Array },
): void {
  let [onHand, next, later] = [Math.ceil(3 * level), 0, 0];
  for (let place = begins; place < wanted.length; place++) {
    onHand += next;
    sold[place] = Math.min(onHand, wanted[place]!);
    inStock[place] = wanted[place]! > onHand ? 0 : 1;
    onHand -= sold[place]!;
    const recent = sold.subarray(Math.max(begins, place - 7), place + 1);
    const mean = recent.reduce((sum, value) => sum + value, 0) / recent.length;
    [next, later] = [later, Math.max(0, Math.ceil(4 * Math.max(mean, level / 3)) - onHand - next - later)];
  }
}

interface Made {
  readonly weeks: number;
  readonly promoted: readonly Uint8Array[];
  readonly demand: Float64Array;
  readonly sold: Float64Array;
  readonly inStock: Uint8Array;
  readonly random: Random;
}

function panelOfShop(articles: readonly Article[], made: Made): SimulatedShop['panel'] {
  const { weeks, promoted, demand, sold, inStock, random } = made;
  const schema = definePanel({
    moment: 'the order is placed on Monday morning',
    series: ['store', 'product'],
    time: week('week'),
    target: number('sold', { unit: 'pieces', integer: true, range: [0, 1e9] }),
    available: yesNo('inStock'),
    before: { department: category(), priceEur: number({ unit: 'EUR' }) },
    ahead: { promotion: yesNo({ because: 'planned half a year before' }) },
    after: { visitors: number({ because: 'counted at the shelf while the week goes on' }) },
  });
  const visitors = demand.map((wanted) => Math.round(wanted * (2 + 0.1 * random.normal())));
  const rows = articles.flatMap((article, i) =>
    Array.from({ length: Math.min(weeks + planned, article.ends) - article.begins }, (_, k) => {
      const place = article.begins + k;
      const at = place < weeks ? i * weeks + place : -1;
      return { article, i, place, at };
    }),
  );
  const monday = (place: number): string => formatDate(Date.UTC(2023, 0, 2) + place * 7 * 86_400_000);
  const long = table([
    categoryColumn('store', rows.map(({ article }) => article.store)), // biome-ignore format: a line a column
    categoryColumn('product', rows.map(({ article }) => article.product)), // biome-ignore format: a line a column
    categoryColumn('week', rows.map(({ place }) => monday(place))), // biome-ignore format: a line a column
    categoryColumn('department', rows.map(({ article }) => article.department)), // biome-ignore format: a line a column
    numberColumn('priceEur', rows.map(({ article }) => article.priceEur)), // biome-ignore format: a line a column
    categoryColumn('promotion', rows.map(({ i, place }) => (promoted[i]![place] === 1 ? 'yes' : 'no'))), // biome-ignore format: a line a column
    numberColumn('sold', rows.map(({ at }) => (at < 0 ? null : sold[at]!))), // biome-ignore format: a line a column
    categoryColumn('inStock', rows.map(({ at }) => (at < 0 ? null : inStock[at] === 1 ? 'yes' : 'no'))), // biome-ignore format: a line a column
    numberColumn('visitors', rows.map(({ at }) => (at < 0 ? null : visitors[at]!))), // biome-ignore format: a line a column
  ]);
  return panelOf(schema, long, {
    source: { name: 'a simulated shop', sha256: '0'.repeat(64), simulated: true },
  });
}
