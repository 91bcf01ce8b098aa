/** The rules of a stock, checked and given to each article. */
import { checkNumbers, type NumberRule } from '../../check-numbers.js';
import type { Json, JsonObject, JsonReader } from '../../json.js';
import { Problem } from '../../problem.js';
import type { Table } from '../../table/table.js';
import type { ArticleRules, PerArticle, StockRules } from './stock.js';

const bounds = {
  leadTime: { min: 1, integer: true },
  review: { min: 1, integer: true },
  holdingCost: { min: 0 },
  shortageCost: { min: 0 },
  pack: { above: 0 },
  minimumOrder: { min: 0 },
} as const satisfies Record<string, NumberRule>;

/**
 * The rules of each of `count` articles. Throws `stock-bad-rule` for a number that cannot be one, and for a list of another
 * length; a name of a column needs `attributes`.
 */
export function articleRules(
  rules: StockRules,
  { count, attributes }: { count: number; attributes?: Table | undefined },
): readonly ArticleRules[] {
  const given = (value: PerArticle, name: string): ((article: number) => number) =>
    perArticle(value, { name, count, attributes });
  const leadTime = given(rules.leadTime, 'leadTime');
  const review = given(rules.review ?? 1, 'review');
  const holdingCost = given(rules.holdingCost, 'holdingCost');
  const shortageCost = given(rules.shortageCost, 'shortageCost');
  const pack = given(rules.pack ?? 1, 'pack');
  const minimumOrder = given(rules.minimumOrder ?? 0, 'minimumOrder');
  const maximum = rules.maximum === undefined ? () => Infinity : given(rules.maximum, 'maximum');
  const checked = new Set<string>();
  return Array.from({ length: count }, (_, article) => {
    const own = {
      leadTime: leadTime(article),
      review: review(article),
      holdingCost: holdingCost(article),
      shortageCost: shortageCost(article),
      pack: pack(article),
      minimumOrder: minimumOrder(article),
      maximum: maximum(article),
    };
    const seen = Object.values(own).join();
    if (!checked.has(seen)) {
      const { maximum: most, ...rest } = own;
      checkNumbers({ code: 'stock-bad-rule' }, rest, bounds);
      if (!(most >= 0)) checkNumbers({ code: 'stock-bad-rule' }, { maximum: most }, { maximum: { min: 0 } });
      checked.add(seen);
    }
    return { ...own, backorders: rules.backorders ?? false };
  });
}

/** What a rule says of each article. Throws `stock-bad-rule`. */
export function perArticle(
  value: PerArticle,
  { name, count, attributes }: { name: string; count: number; attributes?: Table | undefined },
): (article: number) => number {
  if (typeof value === 'number') return () => value;
  if (typeof value === 'string' && attributes === undefined)
    throw new Problem({
      code: 'stock-bad-rule',
      what: `"${name}" names the column "${value}", and the articles have no columns`,
      remedy: 'hand in "attributes", one row an article, or state a number',
    });
  const values = typeof value === 'string' ? attributes!.numbers(value) : value;
  if (values.length !== count)
    throw new Problem({
      code: 'stock-bad-rule',
      what: `"${name}" has ${values.length} values for ${count} articles`,
      expected: 'one number for all, or one for each article',
    });
  return (article) => values[article]!;
}

/** A rule's value as JSON. */
export function perArticleToJson(value: PerArticle): Json {
  return typeof value === 'object' ? [...value] : value;
}

/** Rules as JSON, without those that were left to their defaults. */
export function rulesToJson({ backorders, ...rules }: Partial<StockRules>): JsonObject {
  const given = Object.entries(rules).filter(([, value]) => value !== undefined);
  return {
    ...(backorders !== undefined && { backorders }),
    ...Object.fromEntries(given.map(([name, value]) => [name, perArticleToJson(value)])),
  };
}

/** A value that `perArticleToJson` wrote. Throws `artefact-structure`. */
export function perArticleFromJson(json: JsonReader): PerArticle {
  if (typeof json.value === 'string') return json.string();
  return Array.isArray(json.value) ? json.numbers() : json.number();
}

const named = ['review', 'pack', 'minimumOrder', 'maximum'] as const;

/** What `rulesToJson` wrote, without the costs. Throws `artefact-structure`. */
export function rulesFromJson(json: JsonReader): Omit<StockRules, 'holdingCost' | 'shortageCost'> {
  const backorders = json.optional('backorders')?.boolean();
  const given = named.flatMap((name) => {
    const field = json.optional(name);
    return field ? [[name, perArticleFromJson(field)] as const] : [];
  });
  return {
    leadTime: perArticleFromJson(json.field('leadTime')),
    ...(backorders !== undefined && { backorders }),
    ...Object.fromEntries(given),
  };
}
