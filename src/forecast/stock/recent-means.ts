/** What articles sold of late: where a stock begins, and what a rule of thumb orders by. */
import type { Panel } from '../panel/panel.js';

/** Periods that are late. */
export const recentPeriods = 13;

/** What series sold on average in the last 13 periods before a place in which they were in stock; 0 where there was none. */
export function recentMeans({ series }: Panel, place: number): Float64Array {
  return Float64Array.from(series, ({ start, values, available }) => {
    let [sum, count] = [0, 0];
    for (
      let i = Math.max(0, place - recentPeriods - start);
      i < Math.min(values.length, place - start);
      i++
    ) {
      if (available?.[i] === 0 || Number.isNaN(values[i]!)) continue;
      sum += values[i]!;
      count++;
    }
    return count === 0 ? 0 : sum / count;
  });
}
