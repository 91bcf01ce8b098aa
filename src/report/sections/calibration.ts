/** Whether a probability of 30 % comes true 30 times in 100. */

import type { StudyReport } from '../../study/study-report.js';
import { curvesOf } from '../curves-of.js';
import type { PlaceFigure } from '../figures/every-figure.js';
import { formatCount } from '../format-number.js';
import { type Html, html } from '../html.js';
import { calibrationGapSentence } from '../phrases.js';

export function calibrationSection(report: StudyReport, place: PlaceFigure): Html | null {
  const { calibrationAfter: after, calibrationBefore: before } = curvesOf(report);
  if (after.length === 0 || before.length === 0) return null;
  return html`<section id="calibration"><h2>Calibration</h2>
<p>A probability is worth money only if it comes true as often as it says. ${calibrationGapSentence(report)}</p>
<details><summary>Predicted and observed, drawn</summary>
<p class="small">Each dot stands for about ${formatCount(report.holdout.rows / after.length)} held-out rows of like probability; on the dotted line, what was predicted is what came true.</p>
${place('calibration', { square: true })}</details>
</section>`;
}
