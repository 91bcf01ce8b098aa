/** The leaderboard for a terminal: candidates, best first, under every protocol, and why the protocols differ. */
import type { StudyReport } from '../study/study-report.js';
import { formatTable } from '../table/format-table.js';
import { formatEstimate } from './format-number.js';

/** The leaderboard as text, the choice and the holdout score below it. */
export function formatLeaderboard(report: StudyReport): string {
  const { leaderboard, protocols, scores, choice, holdout } = report;
  const shown = scores.slice(0, 3);
  const columns = protocols.flatMap((protocol) => shown.map((score) => ({ protocol, score })));
  const rows = leaderboard.map(({ name, scores: of, chosen }) => [
    `${chosen ? '→ ' : '  '}${name}`,
    ...columns.map(({ protocol, score }, i) => {
      const estimate = of[protocol.name]![score]!;
      return i % shown.length === 0 ? formatEstimate(estimate) : decimals(estimate.value);
    }),
  ]);
  const header = [
    '  candidate',
    ...columns.map(({ protocol, score }) => `${score}${protocol.decides ? '' : ', shuffled'}`),
  ];
  const table = formatTable(rows, { header, align: ['left', ...columns.map(() => 'right' as const)] });
  const holdoutScores = shown.map((score) => `${score} ${formatEstimate(holdout.scores[score]!)}`).join(', ');
  return [
    table,
    '',
    ...protocols.map(
      ({ name, rows: which, meaning, decides }) =>
        `${decides ? 'Decides' : 'Shuffled'}: ${name}, ${which}. ${meaning}`,
    ),
    '',
    report.whyTheyDiffer,
    '',
    `Chosen: ${choice.name}. ${choice.why}`,
    `Holdout rows (${holdout.words}): ${holdoutScores}.`,
  ].join('\n');
}

function decimals(value: number): string {
  return value.toFixed(3).replace(/^(-?)0\./, '$1.');
}
