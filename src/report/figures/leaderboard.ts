/** Draws the race by the protocol that decided it: one dot with its interval for each candidate, best first. */
import type { StudyReport } from '../../study/study-report.js';
import { dotRows } from '../dot-rows.js';
import type { Figure } from '../figure.js';
import { formatEstimate, formatScore } from '../format-number.js';
import { COLOUR, CONFIG } from '../theme.js';

/** Leaderboard of the deciding score; the chosen candidate is the filled dot. */
export function leaderboardFigure({ leaderboard, protocols, scores }: StudyReport): Figure {
  const score = scores[0]!;
  const protocol = protocols.find(({ decides }) => decides)?.name ?? '';
  const rows = leaderboard.flatMap((row) => {
    const estimate = row.scores[protocol]?.[score];
    return estimate ? [{ ...row, estimate }] : [];
  });
  const chosen = rows.find((row) => row.chosen);
  const first = rows[0];
  const title =
    chosen && first && chosen !== first
      ? `Chosen: ${chosen.name}, ${score} ${formatScore(chosen.estimate.value)}, where the best, ${first.name}, has ${formatScore(first.estimate.value)}`
      : chosen
        ? `Chosen: ${chosen.name}, which leads with ${score} ${formatEstimate(chosen.estimate)}`
        : `${score} of the candidates`;
  return {
    title,
    alt: `${score} by ${protocol}, best first. ${rows
      .map((row) => `${row.name}${row.chosen ? ' (chosen)' : ''}: ${formatEstimate(row.estimate)}`)
      .join('; ')}.`,
    config: CONFIG,
    ...dotRows(
      rows.map((row) => ({
        label: row.name,
        strong: row.chosen,
        remark: row.chosen ? 'chosen' : '',
        dots: [{ ...row.estimate, hollow: !row.chosen }],
      })),
      {
        title: `${score} by the deciding protocol, with interval`,
        series: [{ name: score, colour: COLOUR.blue }],
        ...(score === 'AUC' ? { reference: { value: 0.5, label: 'chance' } } : {}),
      },
    ),
  };
}
