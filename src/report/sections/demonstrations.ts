/** How a score that nobody should believe is made: the ways, and the truth beside each. */
import type { StudyReport } from '../../study/study-report.js';
import type { PlaceFigure } from '../figures/every-figure.js';
import { formatScore } from '../format-number.js';
import { type Html, html } from '../html.js';
import { type HtmlColumn, htmlTable } from '../html-table.js';

type Row = StudyReport['demonstrations'][number];

/** A folded part of what is said of leakage; nothing where no way was tried. */
export function demonstrationsPart(report: StudyReport, place: PlaceFigure): Html | null {
  const { demonstrations, leakageMetrics } = report;
  if (demonstrations.length === 0) return null;
  const columns = leakageMetrics.flatMap((metric): HtmlColumn<Row>[] => [
    { head: `Claimed ${metric}`, kind: 'number', cell: ({ scores }) => shown(scores[metric]) },
    { head: `Honest ${metric}`, kind: 'number', cell: ({ honest }) => shown(honest[metric]) },
  ]);
  return html`<details id="demonstrations"><summary>How higher scores are made: ${demonstrations.length} ways of scoring, and what they claim</summary>
<p>Each of these ways makes a model look better than it is. They were tried here on the same rows, so that a published score can be compared with what it may rest on.</p>
${place('demonstrations')}
${htmlTable(demonstrations, {
  caption: 'What each way claims, and what the same model has on rows that it had no part in',
  columns: [
    { head: 'Way', cell: ({ way }) => way },
    { head: 'What is wrong with it', kind: 'words', cell: ({ meaning }) => meaning },
    ...columns,
  ],
})}</details>`;
}

function shown(score: number | undefined): string {
  return score === undefined ? '–' : formatScore(score);
}
