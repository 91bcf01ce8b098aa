/** Reads the policies of orders back. */
import type { JsonObject, JsonReader } from '../../json.js';
import { perArticleFromJson, rulesFromJson } from './article-rules.js';
import { byServiceLevel } from './by-service-level.js';
import { orderUpTo } from './order-up-to.js';
import type { OrderPolicy } from './stock.js';

/** A policy as JSON. */
export function orderPolicyToJson({ kind, params }: OrderPolicy): JsonObject {
  return { kind, params };
}

/** What `orderPolicyToJson` wrote. Throws `artefact-structure`. */
export function orderPolicyFromJson(json: JsonReader): OrderPolicy {
  const kind = json.field('kind').oneOf(['least-cost', 'fill-rate']);
  const params = json.field('params');
  const rules = rulesFromJson(params);
  if (kind === 'fill-rate') return byServiceLevel({ ...rules, fillRate: params.field('fillRate').number() });
  const budget = params.optional('budget');
  return orderUpTo({
    ...rules,
    holdingCost: perArticleFromJson(params.field('holdingCost')),
    shortageCost: perArticleFromJson(params.field('shortageCost')),
    lookAhead: params.field('lookAhead').integer({ min: 0 }),
    ...(budget && {
      budget: {
        total: budget.field('total').number(),
        price: perArticleFromJson(budget.field('price')),
      },
    }),
  });
}
