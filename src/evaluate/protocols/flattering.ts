/** Names what a protocol flatters, where it does. */
import { isOrdered } from '../../schema/dataset.js';
import type { Dataset } from '../../schema/schema.js';
import type { Protocol } from '../evaluate.js';

/**
 * The protocol as it is to be shown for this dataset. One that shuffles rows which stand in time order, or which
 * tears groups apart, is flattering, and its name and meaning say so; any other comes back as it is.
 */
export function namedForWhatItIs(protocol: Protocol, dataset: Dataset): Protocol {
  const learnsFromFuture = protocol.kind !== 'ordered' && isOrdered(dataset);
  const knowsTheGroup = protocol.kind === 'random' && dataset.schema.group !== undefined;
  if (!learnsFromFuture && !knowsTheGroup) return protocol;
  const why = [
    learnsFromFuture ? 'models learn from rows later than those they are judged on' : '',
    knowsTheGroup ? 'models learn from other rows of the group they are judged on' : '',
  ].filter(Boolean);
  return {
    ...protocol,
    name: protocol.name.endsWith('(flattering)') ? protocol.name : `${protocol.name} (flattering)`,
    meaning: `flattering, for ${why.join(' and ')}; ${protocol.meaning}`,
  };
}
