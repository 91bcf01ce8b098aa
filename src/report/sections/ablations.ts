/** What was tried: one table of paired differences with their signs and intervals. */
import type { AblationRow, StudyReport } from '../../study/study-report.js';
import { formatDifference, formatLevel, formatRange } from '../format-number.js';
import { type Html, html } from '../html.js';
import { htmlTable } from '../html-table.js';
import { ablationsSentence } from '../phrases.js';

export function ablationsSection(report: StudyReport): Html | null {
  const { ablations, scores } = report;
  if (ablations.length === 0) return null;
  const level = ablations.find(({ difference }) => difference)?.difference?.level ?? 0.95;
  return html`<section id="ablations"><h2>What helped and what did not</h2>
<p>${ablationsSentence(report)}</p>
<details><summary>All ${ablations.length} questions, with differences and intervals</summary>
${htmlTable(ablations, {
  caption: `${scores[0]!} of the first less that of the second, on the same rows`,
  strong: ({ verdict }) => verdict === 'helps' || verdict === 'does harm',
  columns: [
    { head: 'Question', kind: 'words', cell: questionOf },
    {
      head: 'Difference',
      kind: 'number',
      cell: ({ difference: d }) => (d ? formatDifference(d.value) : '–'),
    },
    {
      head: `${formatLevel(level)} interval`,
      kind: 'number',
      cell: ({ difference: d }) => (d ? formatRange(d) : '–'),
    },
    { head: 'Verdict', cell: ({ verdict }) => verdict },
  ],
})}</details>
</section>`;
}

function questionOf({ question, tried, against }: AblationRow): Html {
  return html`${question} <span class="muted">${tried}, against ${against}</span>`;
}
