/** Whether rows in one state of a column came out so differently from the others that it was written after the outcome. */
import type { Contrast } from '../../task/aspects/aspects.js';
import type { SharedOutcome, Tally } from './chance-of-one-outcome.js';

/** A state known in time may multiply the odds so far: to have bought before multiplies them by 17 in one bank's file. */
const HONEST_ODDS = 30;

/**
 * The outcome that rows of a state have so much oftener than the `rest` that the odds differ by more than honest ones do,
 * surely enough that the log of the chance is below `limit`; undefined where they do not. A slip of the pen, or a case
 * that was reopened, leaves a few rows of the other outcome.
 */
export function farFromOthers(
  state: Tally,
  { rest, contrast, limit }: { rest: Tally; contrast: Contrast; limit: number },
): SharedOutcome | undefined {
  const cells = [state.ones, state.rows - state.ones, rest.ones, rest.rows - rest.ones].map((n) => n + 0.5);
  const [ones, zeros, restOnes, restZeros] = cells as [number, number, number, number];
  const distance = Math.log((ones * restZeros) / (zeros * restOnes));
  const error = Math.sqrt(cells.reduce((sum, n) => sum + 1 / n, 0));
  const beyond = (Math.abs(distance) - Math.log(HONEST_ODDS)) / error;
  const logChance = -(beyond ** 2) / 2;
  if (beyond <= 0 || logChance >= limit) return undefined;
  return { outcome: contrast.names[distance > 0 ? 1 : 0], logChance };
}
