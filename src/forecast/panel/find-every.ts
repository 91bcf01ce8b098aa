/** Finds how long the periods of a file are, by the two of its times that stand nearest to each other. */
import { periodNumber } from './calendar.js';
import type { Every } from './panel.js';

/** The least number of days from one period to the next. */
const leastDays: readonly (readonly [Every, number])[] = [
  ['year', 365],
  ['quarter', 90],
  ['month', 28],
  ['week', 7],
  ['day', 1],
];

/**
 * The longest period that is no longer than the least distance between two times, and on whose grid all of them stand, each in
 * a period of its own; 'hour' where none is. 'counted' where no time is a date.
 */
export function findEvery(times: Float64Array): Every | 'counted' {
  const known = [...new Set(times)].filter((time) => !Number.isNaN(time)).sort((a, b) => a - b);
  if (known.length === 0) return 'counted';
  let least = Infinity;
  for (let i = 1; i < known.length; i++) least = Math.min(least, (known[i]! - known[i - 1]!) / 86_400_000);
  const fits = (every: Every): boolean => {
    const numbers = known.map((time) => periodNumber(time, every, known[0]!));
    return new Set(numbers).size === known.length && !numbers.some(Number.isNaN);
  };
  return leastDays.find(([every, days]) => least >= days && fits(every))?.[0] ?? 'hour';
}
