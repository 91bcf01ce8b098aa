/** The leaderboard for a terminal: candidates, best first, under every protocol, and why the protocols differ. */
import type { StudyReport } from '../study/study-report.js';
import { formatTable } from '../table/format-table.js';
import type { Estimate } from '../task/predictions.js';
import { formatEstimate, formatScore } from './format-number.js';
import { asSentence } from './phrases.js';

/** The leaderboard as text, the choice and the holdout score below it. */
export function formatLeaderboard(report: StudyReport): string {
  const { leaderboard, failures, protocols, scores, choice, holdout } = report;
  const shown = scores.slice(0, 3);
  const columns = protocols.flatMap((protocol) => shown.map((score) => ({ protocol, score })));
  const rows = leaderboard.map(({ name, scores: of, chosen }) => [
    `${chosen ? '→ ' : '  '}${name}`,
    ...columns.map(({ protocol, score }, i) => {
      const estimate = of[protocol.name]![score];
      if (!estimate) return '–';
      return i % shown.length === 0 ? formatEstimate(estimate) : formatScore(estimate.value);
    }),
  ]);
  const header = [
    '  candidate',
    ...columns.map(({ protocol, score }) => `${score}${protocol.decides ? '' : ', shuffled'}`),
  ];
  const table = formatTable(rows, { header, align: ['left', ...columns.map(() => 'right' as const)] });
  const named = ([name, estimate]: [string, Estimate]): string => `${name} ${formatEstimate(estimate)}`;
  const { headline } = holdout;
  const others = Object.entries(holdout.scores).filter(([name]) => name !== headline);
  return [
    table,
    '',
    ...protocols.map(
      ({ name, rows: which, meaning, decides }) =>
        `${decides ? 'Decides' : 'Shuffled'}: ${name}, ${which}. ${asSentence(meaning)}`,
    ),
    ...failures.map(({ why }) => why),
    ...(report.cutoff === null ? [] : [report.cutoff]),
    '',
    report.whyTheyDiffer,
    '',
    `Chosen: ${choice.name}. ${choice.why}`,
    `On the holdout rows (${holdout.words}): ${named([headline, holdout.scores[headline]!])}.`,
    `Beside it: ${others.slice(0, 3).map(named).join(', ')}.`,
  ].join('\n');
}
