/** The protocols that a schema asks for. */
import { isOrdered } from '../../schema/dataset.js';
import type { Dataset } from '../../schema/schema.js';
import type { Protocol } from '../evaluate.js';
import { forwardChaining } from './forward-chaining.js';
import { groupedFolds } from './grouped-folds.js';
import { stratifiedFolds } from './stratified-folds.js';

/**
 * The first decides: forward chaining where rows stand in time order, else grouped folds where they have groups, else
 * stratified folds. Beside the first two stands the stratified shuffle, which is optimistic and named so in a race.
 */
export function defaultProtocols(dataset: Dataset, options: { seed?: number } = {}): Protocol[] {
  const shuffled = stratifiedFolds(options);
  if (isOrdered(dataset)) return [forwardChaining(), shuffled];
  return dataset.schema.group === undefined ? [shuffled] : [groupedFolds(options), shuffled];
}
