/** Checks how many rows a simulation is asked for. */
import { Problem, show } from '../../problem.js';

/** Throws `simulate-rows` for what is not a whole number of rows. */
export function checkRows(rows: number): void {
  if (Number.isSafeInteger(rows) && rows >= 1) return;
  throw new Problem({
    code: 'simulate-rows',
    what: 'a simulation cannot have this many rows',
    got: show(rows),
    expected: 'a whole number of at least 1',
  });
}
