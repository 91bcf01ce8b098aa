/** How a optimistic score is made: ways of scoring that nobody should believe, and the truth beside each. */
import type { StudyReport } from '../../study/study-report.js';
import type { PlaceFigure } from '../figures/every-figure.js';
import { formatScore } from '../format-number.js';
import { type Html, html } from '../html.js';
import { htmlTable } from '../html-table.js';

export function demonstrationsSection(report: StudyReport, place: PlaceFigure): Html | null {
  const { demonstrations } = report;
  if (demonstrations.length === 0) return null;
  const highest = Math.max(...demonstrations.map(({ auc }) => auc));
  return html`<section id="demonstrations"><h2>How to get an AUC of ${formatScore(highest)}</h2>
<p>Published scores on data like these are often far higher than ours. Each of these ways reaches one; beside it stands the same model, scored on rows that it had no part in.</p>
${place('demonstrations')}
${htmlTable(demonstrations, {
  caption: 'What each way claims, and what is so',
  columns: [
    { head: 'Way', cell: ({ way }) => way },
    { head: 'What is wrong with it', kind: 'words', cell: ({ meaning }) => meaning },
    { head: 'Claimed AUC', kind: 'number', cell: ({ auc }) => formatScore(auc) },
    { head: 'Honest AUC', kind: 'number', cell: ({ honestAuc }) => formatScore(honestAuc) },
    { head: 'Claimed F1', kind: 'number', cell: ({ f1 }) => formatScore(f1) },
    { head: 'Honest F1', kind: 'number', cell: ({ honestF1 }) => formatScore(honestF1) },
  ],
})}
</section>`;
}
