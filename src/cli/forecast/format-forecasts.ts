/** Forecasts as the rows of a CSV file: a row for each series and period to come. */

import { nineteen } from '../../forecast/accuracy/distribution-scores.js';
import { sortedPaths } from '../../forecast/accuracy/judge-forecaster.js';
import type { Forecasts } from '../../forecast/forecaster.js';
import { periodText } from '../../forecast/panel/calendar.js';
import type { Panel } from '../../forecast/panel/panel.js';
import { quantileOfSorted } from '../../forecast/quantile-of-sorted.js';
import { formatCsv } from '../../table/csv/format-csv.js';
import { categoryColumn, numberColumn, table } from '../../table/table.js';

/** The keys, the period, the expected value and the quantiles .05 to .95. Each series is forecast from its own end. */
export function formatForecasts(
  panel: Panel,
  forecasts: Forecasts,
  { seed, paths, time }: { seed: number; paths: number; time: string },
): string {
  const { horizon, means } = forecasts;
  const sorted = sortedPaths(forecasts, { count: paths, seed });
  const rows = Array.from(means.keys());
  const seriesOf = (row: number) => panel.series[Math.floor(row / horizon)]!;
  const columns = [
    ...panel.names.map((name, k) => categoryColumn(name, rows.map((row) => seriesOf(row).key[k]!))), // biome-ignore format: one thought
    categoryColumn(
      time,
      rows.map((row) => {
        const { start, values } = seriesOf(row);
        return periodText(panel.periods, start + values.length + (row % horizon));
      }),
    ),
    numberColumn('mean', rows.map((row) => rounded(means[row]!))), // biome-ignore format: one thought
    ...nineteen.map((level) =>
      numberColumn(
        `q${String(Math.round(100 * level)).padStart(2, '0')}`,
        rows.map((step) =>
          rounded(quantileOfSorted(sorted.subarray(step * paths, (step + 1) * paths), level)),
        ),
      ),
    ),
  ];
  return formatCsv(table(columns));
}

/** Eight digits: more than any forecast knows. */
function rounded(value: number): number {
  return Number(value.toPrecision(8));
}
