/** Some of the targets, as targets of the same kind. */
import type { Targets } from './matrix.js';

/** The targets at these places, in this order; a place may come twice. */
export function takeTargets<T extends Targets>(targets: T, places: Uint32Array): T {
  const Kind = targets.constructor as new (length: number) => T;
  const taken = new Kind(places.length);
  for (let i = 0; i < places.length; i++) taken[i] = targets[places[i]!]!;
  return taken;
}
