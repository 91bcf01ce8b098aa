/** Draws dishonest ways of scoring: what they claim beside what the same model has on rows it never saw. */
import type { StudyReport } from '../../study/study-report.js';
import { dotRows } from '../dot-rows.js';
import type { Figure } from '../figure.js';
import { formatScore } from '../format-number.js';
import { COLOUR, CONFIG } from '../theme.js';

/** What each way claims, and what is so, by the first metric of leakage. */
export function demonstrationsFigure({ demonstrations, leakageMetrics }: StudyReport): Figure {
  const metric = leakageMetrics[0]!;
  const rows = demonstrations.map(({ way, scores, honest }) => {
    return { way, claimed: scores[metric]!, honest: honest[metric]! };
  });
  const boldest = rows.reduce((a, b) => (b.claimed > a.claimed ? b : a));
  return {
    title: `${metric} ${formatScore(boldest.claimed)} is easily had; honestly scored it is ${formatScore(boldest.honest)}`,
    alt: `${metric}, claimed and honest. ${rows
      .map((row) => `${row.way}: claims ${formatScore(row.claimed)}, honestly ${formatScore(row.honest)}`)
      .join('; ')}.`,
    config: CONFIG,
    ...dotRows(
      rows.map(({ way, claimed, honest }) => ({ label: way, dots: [{ value: honest }, { value: claimed }] })),
      {
        title: metric,
        joined: true,
        series: [
          { name: 'honest', colour: COLOUR.blue },
          { name: 'claimed', colour: COLOUR.orange },
        ],
      },
    ),
  };
}
