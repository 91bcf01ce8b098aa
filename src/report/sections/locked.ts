/** The stretch of rows that was scored once, for the chosen model only. */
import type { StudyReport } from '../../study/study-report.js';
import type { PlaceFigure } from '../figures/every-figure.js';
import { formatLevel, formatRange, formatScore } from '../format-number.js';
import { type Html, html } from '../html.js';
import { htmlTable } from '../html-table.js';
import { asSentence, calibrationSentence } from '../phrases.js';

export function lockedSection(report: StudyReport, place: PlaceFigure): Html {
  const { locked } = report;
  return html`<section id="locked"><h2>The locked stretch</h2>
<p>${asSentence(locked.words)} ${calibrationSentence(report)}</p>
${htmlTable(Object.entries(locked.scores), {
  caption: 'Scores of the chosen model on the locked rows',
  columns: [
    { head: 'Score', cell: ([name]) => name },
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
${place('within-segments')}
${place('importance')}
</section>`;
}
