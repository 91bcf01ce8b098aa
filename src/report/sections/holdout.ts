/** The stretch of rows that was scored once, for the chosen model only. */
import type { StudyReport } from '../../study/study-report.js';
import type { PlaceFigure } from '../figures/every-figure.js';
import { formatLevel, formatRange, formatScore } from '../format-number.js';
import { type Html, html } from '../html.js';
import { htmlTable } from '../html-table.js';
import { asSentence, calibrationSentence } from '../phrases.js';

export function holdoutSection(report: StudyReport, place: PlaceFigure): Html {
  const { holdout } = report;
  return html`<section id="holdout"><h2>The holdout stretch</h2>
<p>${asSentence(holdout.words)} ${calibrationSentence(report)}</p>
${htmlTable(Object.entries(holdout.scores), {
  caption: 'Scores of the chosen model on the holdout rows',
  columns: [
    { head: 'Metric', cell: ([name]) => name },
    { head: 'Value', kind: 'number', cell: ([, estimate]) => formatScore(estimate.value) },
    { head: 'Interval', kind: 'number', cell: ([, estimate]) => formatRange(estimate) },
    { head: 'Level', kind: 'number', cell: ([, estimate]) => formatLevel(estimate.level) },
    { head: 'How the interval was made', kind: 'words', cell: ([, estimate]) => estimate.method },
  ],
})}
<div class="pair">
${place('roc')}
${place('precision-recall')}
</div>
<div class="pair">
${place('gains')}
${place('lift')}
</div>
${place('errors')}
${place('confusion')}
${place('within-segments')}
${place('importance')}
</section>`;
}
