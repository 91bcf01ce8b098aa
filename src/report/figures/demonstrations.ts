/** Draws dishonest ways of scoring: the AUC they claim beside the AUC of the same model on rows it never saw. */
import type { StudyReport } from '../../study/study-report.js';
import { dotRows } from '../dot-rows.js';
import type { Figure } from '../figure.js';
import { formatScore } from '../format-number.js';
import { COLOUR, CONFIG } from '../theme.js';

/** What each way claims, and what is so. */
export function demonstrationsFigure({ demonstrations }: StudyReport): Figure {
  const boldest = demonstrations.reduce((a, b) => (b.auc > a.auc ? b : a), demonstrations[0]!);
  return {
    title: boldest
      ? `An AUC of ${formatScore(boldest.auc)} is easily had; honestly scored it is ${formatScore(boldest.honestAuc)}`
      : 'No dishonest way of scoring was tried',
    alt: `Claimed and honest AUC. ${demonstrations
      .map((row) => `${row.way}: claims ${formatScore(row.auc)}, honestly ${formatScore(row.honestAuc)}`)
      .join('; ')}.`,
    config: CONFIG,
    ...dotRows(
      demonstrations.map((row) => ({
        label: row.way,
        dots: [{ value: row.honestAuc }, { value: row.auc }],
      })),
      {
        title: 'AUC',
        joined: true,
        series: [
          { name: 'honest', colour: COLOUR.blue },
          { name: 'claimed', colour: COLOUR.orange },
        ],
      },
    ),
  };
}
