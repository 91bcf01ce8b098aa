/** The rows that were scored once, for the chosen model only. */
import type { StudyReport } from '../../study/study-report.js';
import type { PlaceFigure } from '../figures/every-figure.js';
import { formatLevel, formatRange, formatScore } from '../format-number.js';
import { type Html, html } from '../html.js';
import { htmlTable } from '../html-table.js';
import { asSentence, calibrationSentence, headlineFirst, servedPolicy } from '../phrases.js';

export function holdoutSection(report: StudyReport, place: PlaceFigure): Html {
  const { holdout } = report;
  const scores = headlineFirst(holdout);
  const level = scores[0]![1].level;
  const curves = [place('roc'), place('precision-recall'), place('gains'), place('lift')].filter(
    (figure) => figure !== null,
  );
  const importance = place('importance');
  const strongest = holdout.importance.slice(0, 3).map(({ column }) => column);
  return html`<section id="holdout"><h2>The held-out rows</h2>
<p>${asSentence(holdout.words)} ${calibrationSentence(report)}</p>
${htmlTable(scores, {
  caption: 'Scores of the chosen model on the held-out rows',
  strong: ([name]) => name === holdout.headline,
  columns: [
    { head: 'Score', cell: ([name]) => name },
    { head: 'Value', kind: 'number', cell: ([, estimate]) => formatScore(estimate.value) },
    { head: `${formatLevel(level)} interval`, kind: 'number', cell: ([, estimate]) => formatRange(estimate) },
    { head: 'How the interval was made', kind: 'words', cell: ([, estimate]) => estimate.method },
  ],
})}
${place('within-segments')}
${place('errors')}
${place('confusion')}
${importance && html`<details><summary>What moves the answer most: ${strongest.join(', ')}</summary>${importance}</details>`}
${
  curves.length > 0
    ? html`<details><summary>Curves over all held-out rows: ranking, precision, gains and lift</summary>
${ranksLists(report) && html`<p class="small">The served policy ranks each list by itself; the curves rank all rows together, so that its point lies beside them.</p>`}
<div class="pair">${curves}</div></details>`
    : null
}
</section>`;
}

/** Whether the served policy acts on the highest of each list. */
function ranksLists(report: StudyReport): boolean {
  return typeof servedPolicy(report)?.capacity === 'number';
}
