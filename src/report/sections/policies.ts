/** From a probability to an action: the policies, and what each would have done. */
import type { PolicyRow, StudyReport } from '../../study/study-report.js';
import type { PlaceFigure } from '../figures/every-figure.js';
import { formatCount, formatPercent, formatScore } from '../format-number.js';
import { type Html, html } from '../html.js';
import { htmlTable } from '../html-table.js';

export function policiesSection(report: StudyReport, place: PlaceFigure): Html | null {
  const { policies } = report;
  if (policies.length === 0) return null;
  const drawn = place('policies');
  const money = policies.some(({ profit }) => profit !== null);
  return html`<section id="policies"><h2>From probability to action</h2>
<p>The model ${report.study.task === 'number' ? 'gives a number' : 'gives probabilities'}; the policy says what to do with ${report.study.task === 'number' ? 'it' : 'them'}, and can be changed without fitting again.</p>
${htmlTable(policies, {
  caption: 'What each policy would have done with the held-out rows',
  strong: ({ chosen }) => chosen,
  columns: [
    { head: 'Policy', cell: ({ name, chosen }) => `${name}${chosen ? ' (served)' : ''}` },
    { head: 'Cut-off', kind: 'number', cell: ({ cutoff }) => (cutoff === null ? '–' : formatScore(cutoff)) },
    { head: 'Picks', kind: 'number', cell: (row) => formatPercent(row.shareActedOn) },
    ...(policies.some(({ capacity }) => capacity !== null)
      ? [
          {
            head: 'Capacity',
            kind: 'number' as const,
            cell: ({ capacity }: PolicyRow) => (capacity === null ? '–' : formatPercent(capacity)),
          },
          {
            head: 'Cut-off alone picks',
            kind: 'number' as const,
            cell: ({ shareByCutoff }: PolicyRow) =>
              shareByCutoff === null ? '–' : formatPercent(shareByCutoff),
          },
        ]
      : []),
    { head: 'Precision', kind: 'number', cell: (row) => formatPercent(row.precision) },
    { head: 'Recall', kind: 'number', cell: (row) => formatPercent(row.recall) },
    ...(policies.some(({ f1 }) => f1 !== null)
      ? [
          {
            head: 'F1',
            kind: 'number' as const,
            cell: ({ f1 }: PolicyRow) => (f1 === null ? '–' : formatScore(f1)),
          },
        ]
      : []),
    ...(money
      ? [
          {
            head: 'Profit',
            kind: 'number' as const,
            cell: (row: (typeof policies)[number]) => (row.profit === null ? '–' : formatCount(row.profit)),
          },
        ]
      : []),
    { head: 'Rule', kind: 'words', cell: ({ words }) => words },
  ],
})}
${drawn && html`<details><summary>What each policy does with the rows, drawn</summary>${drawn}</details>`}
</section>`;
}
