/** The recipes for data that nobody has looked at yet: every column known before, by its kind. */

import type { Recipe, Step } from '../features/features.js';
import { impute } from '../features/impute.js';
import { numbers } from '../features/numbers.js';
import { oneHot } from '../features/one-hot.js';
import { ordinal } from '../features/ordinal.js';
import { rareLevels } from '../features/rare-levels.js';
import { features } from '../features/recipe.js';
import { scale } from '../features/scale.js';
import type { ColumnType } from '../schema/column-types.js';
import type { Schema } from '../schema/schema.js';

/** Levels of fewer training rows than this are taken together. */
const RARE = 5;

/**
 * For linear models: texts one-hot, their rare levels merged; numbers and dates scaled, their gaps filled by the median and
 * flagged by 0 and 1. Identifiers are left out.
 *
 * @example
 * pipeline(plainRecipe(bank), logistic()).fit(train);
 */
export function plainRecipe(schema: Schema): Recipe {
  const { texts, amounts } = knownBefore(schema);
  const steps: Step[] = [];
  if (texts.length > 0) steps.push(oneHot(rareLevels(texts, { under: RARE })));
  // Scaled first: a flag of 11 rows in 7,000 that is scaled weighs 25 times as much, and the penalty hardly sees it.
  if (amounts.length > 0) steps.push(impute(scale(...amounts)));
  return features(schema, steps);
}

/**
 * For trees: texts as codes; numbers and dates as they are, missing ones missing. Identifiers are left out.
 *
 * @example
 * pipeline(rawRecipe(bank), boosting({ trees: 20 })).fit(train);
 */
export function rawRecipe(schema: Schema): Recipe {
  const { texts, amounts } = knownBefore(schema);
  const steps: Step[] = [];
  if (texts.length > 0) steps.push(ordinal(...texts));
  if (amounts.length > 0) steps.push(numbers(...amounts));
  return features(schema, steps);
}

function knownBefore(schema: Schema): { texts: string[]; amounts: string[] } {
  const named = (...kinds: ColumnType['kind'][]): string[] =>
    schema.columns
      .filter(({ known, type }) => known === 'before' && kinds.includes(type.kind))
      .map(({ name }) => name);
  return { texts: named('category', 'yesNo'), amounts: named('number', 'date') };
}
