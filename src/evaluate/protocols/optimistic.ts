/** Names a protocol as optimistic, where it is. */
import { isOrdered } from '../../schema/dataset.js';
import type { Dataset } from '../../schema/schema.js';
import type { Protocol } from '../evaluate.js';

/**
 * The protocol as it is to be shown for this dataset. One that shuffles rows which stand in time order, or which
 * tears groups apart, is marked as optimistic, and its meaning says why; any other comes back as it is.
 */
export function namedForWhatItIs(protocol: Protocol, dataset: Dataset): Protocol {
  const learnsFromFuture = protocol.kind !== 'ordered' && isOrdered(dataset);
  const knowsTheGroup = protocol.kind === 'random' && dataset.schema.group !== undefined;
  if (protocol.optimistic || (!learnsFromFuture && !knowsTheGroup)) return protocol;
  const why = [
    learnsFromFuture ? 'models learn from rows later than those they are judged on' : '',
    knowsTheGroup ? 'models learn from other rows of the group they are judged on' : '',
  ].filter(Boolean);
  return {
    ...protocol,
    optimistic: true,
    meaning: `optimistic, for ${why.join(' and ')}; ${protocol.meaning}`,
  };
}
