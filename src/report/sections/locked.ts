/** The stretch of rows that was scored once, for the chosen model only. */
import type { StudyReport } from '../../study/study-report.js';
import { placeFigure } from '../figure-html.js';
import { gainsFigure } from '../figures/gains.js';
import { importanceFigure } from '../figures/importance.js';
import { liftFigure } from '../figures/lift.js';
import { precisionRecallFigure } from '../figures/precision-recall.js';
import { rocFigure } from '../figures/roc.js';
import { withinSegmentsFigure } from '../figures/within-segments.js';
import { formatLevel, formatRange, formatScore } from '../format-number.js';
import { type Html, html } from '../html.js';
import { htmlTable } from '../html-table.js';
import { asSentence, calibrationSentence } from '../phrases.js';

export function lockedSection(report: StudyReport): Html {
  const { locked } = report;
  const { curves } = locked;
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
${curves.roc.length > 0 ? placeFigure(rocFigure(report), 'figure-roc') : null}
${curves.precisionRecall.length > 0 ? placeFigure(precisionRecallFigure(report), 'figure-precision-recall') : null}
</div>
<div class="pair">
${curves.gains.length > 0 ? placeFigure(gainsFigure(report), 'figure-gains') : null}
${curves.lift.length > 0 ? placeFigure(liftFigure(report), 'figure-lift') : null}
</div>
${locked.segments.some(({ auc }) => typeof auc === 'number') ? placeFigure(withinSegmentsFigure(report), 'figure-within-segments') : null}
${locked.importance.length > 0 ? placeFigure(importanceFigure(report), 'figure-importance') : null}
</section>`;
}
