/** The articles of the simulated shop: what each sells on average in any week, and how much that spreads. */
import { seededRandom } from '../../random.js';

/** One article in one shop. */
export interface Article {
  readonly store: string;
  readonly product: string;
  readonly department: string;
  readonly priceEur: number;
  /** How it sells: week after week, now and then, or now and then in large numbers. */
  readonly kind: 'steady' | 'rare' | 'lumpy';
  /** What it sells in a plain week of its first year. */
  readonly level: number;
  /** Growth in a year, as a factor. */
  readonly growth: number;
  /** How far the season goes up and down, as a share, and its week with most sales. */
  readonly season: number;
  readonly peak: number;
  /** What a promotion multiplies sales by. */
  readonly lift: number;
  /** The size of the negative binomial: the smaller, the more demand spreads. */
  readonly size: number;
  /** Its first week, and the week before which it ends. */
  readonly begins: number;
  readonly ends: number;
}

const departments = [
  { department: 'ice cream', season: 0.7, peak: 28, lift: 2 },
  { department: 'tea', season: 0.5, peak: 2, lift: 1.4 },
  { department: 'milk', season: 0.05, peak: 20, lift: 1.2 },
  { department: 'garden', season: 0.6, peak: 18, lift: 1.7 },
  { department: 'batteries', season: 0.25, peak: 51, lift: 1.5 },
] as const;

/** Articles of this seed, a product in each of three stores; the first ones are the same however many are made. */
export function makeArticles({
  count,
  weeks,
  seed,
}: {
  count: number;
  weeks: number;
  seed: number;
}): Article[] {
  return Array.from({ length: count }, (_, i) => {
    const productNumber = Math.floor(i / 3);
    const ofProduct = seededRandom(seed).fork(`product ${productNumber}`);
    const random = seededRandom(seed).fork(`article ${i}`);
    const group = departments[productNumber % departments.length]!;
    const draw = ofProduct.uniform();
    const kind = draw < 0.6 ? 'steady' : draw < 0.85 ? 'rare' : 'lumpy';
    const popularity = Math.exp(0.6 * ofProduct.normal() + 0.4 * random.normal());
    const [begins, ends] = [random.uniform(), random.uniform()];
    return {
      store: `store ${(i % 3) + 1}`,
      product: `${group.department} ${Math.floor(productNumber / departments.length) + 1}`,
      department: group.department,
      priceEur: Math.round(100 * Math.exp(1 + 0.6 * ofProduct.normal())) / 100,
      kind,
      level: popularity * (kind === 'steady' ? 12 : kind === 'rare' ? 0.4 : 1.5),
      growth: Math.exp(0.15 * random.normal()),
      season: group.season * (0.8 + 0.4 * ofProduct.uniform()),
      peak: group.peak + 2 * ofProduct.normal(),
      lift: 1 + (group.lift - 1) * (0.5 + ofProduct.uniform()),
      size: kind === 'steady' ? 4 + 12 * random.uniform() : kind === 'rare' ? 1.5 : 0.4,
      begins: begins < 0.12 ? Math.floor(weeks * (0.2 + 3 * begins)) : 0,
      ends: ends < 0.06 ? Math.floor(weeks * (0.6 + 5 * ends)) : Infinity,
    };
  });
}

/** What the article sells on average in a week, 0 where it is not on sale. Week 0 is a first week of January. */
export function expectedDemand(article: Article, week: number, isPromoted: boolean): number {
  const { level, growth, season, peak, lift, begins, ends } = article;
  if (week < begins || week >= ends) return 0;
  const inSeason = 1 + season * Math.cos((2 * Math.PI * (week - peak)) / 52.18);
  return level * growth ** (week / 52.18) * inSeason * (isPromoted ? lift : 1);
}
