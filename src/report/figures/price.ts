/** Draws what each suspect column is worth: the score without it and with it, on the same rows. */
import type { StudyReport } from '../../study/study-report.js';
import { dotRows } from '../dot-rows.js';
import type { Figure } from '../figure.js';
import { formatDifference, formatEstimate, formatRange } from '../format-number.js';
import { COLOUR, CONFIG } from '../theme.js';

/** Price of leakage, dearest first. */
export function priceFigure({ price, study, leakageMetrics }: StudyReport): Figure {
  const metric = leakageMetrics[0]!;
  const rows = [...price].sort((a, b) => b.difference.value - a.difference.value);
  const dearest = rows[0];
  return {
    title:
      dearest && dearest.difference.low > 0
        ? `With ${dearest.suspect} the ${metric} looks ${formatDifference(dearest.difference.value).slice(1)} better than it can be when ${study.moment}`
        : `No suspect changes the ${metric} beyond its interval`,
    alt: `${metric} without and with each suspect. ${rows
      .map(
        (row) =>
          `${row.suspect}: without ${formatEstimate(row.without)}, with ${formatEstimate(row.with)}, difference ${formatDifference(row.difference.value)} (${formatRange(row.difference)})`,
      )
      .join('; ')}.`,
    config: CONFIG,
    ...dotRows(
      rows.map((row) => ({
        label: row.suspect,
        strong: row.difference.low > 0,
        remark: formatDifference(row.difference.value),
        dots: [row.without, row.with],
      })),
      {
        title: `${metric}, with its interval`,
        joined: true,
        series: [
          { name: 'without it', colour: COLOUR.blue },
          { name: 'with it', colour: COLOUR.orange },
        ],
      },
    ),
  };
}
