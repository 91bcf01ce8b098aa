/** What the rows are, and how they change along the way. */
import type { StudyReport } from '../../study/study-report.js';
import type { PlaceFigure } from '../figures/every-figure.js';
import { formatCount, formatPercent, formatScore } from '../format-number.js';
import { type Html, html } from '../html.js';
import { regimes } from '../segment-name.js';

export function dataSection(report: StudyReport, place: PlaceFigure): Html {
  const { data, study, holdout } = report;
  const rate = holdout.details.curves ? (share: number) => `${formatPercent(share)} yes` : formatScore;
  const years = regimes(data.segments);
  const list = years.map((year) => `${year.name} with ${formatCount(year.rows)} rows, ${rate(year.rate)}`);
  return html`<section id="data"><h2>The data</h2>
<p>${formatCount(data.rows)} rows of <code>${data.name}</code>${data.simulated ? ' (simulated)' : ''}; <code>${study.target}</code>: ${data.target}.${
    data.ordered
      ? ' The rows stand in the order of time, so a model is taught on what came before and judged on what comes after.'
      : ''
  }${list.length > 1 ? ` By year: ${list.join('; ')}.` : ''}</p>
${place('target-rate')}
</section>`;
}
