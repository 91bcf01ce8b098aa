/** What the rows are, and how they change along the way. */
import type { StudyReport } from '../../study/study-report.js';
import type { PlaceFigure } from '../figures/every-figure.js';
import { formatCount, formatPercent } from '../format-number.js';
import { type Html, html } from '../html.js';
import { regimes } from '../segment-name.js';

export function dataSection(report: StudyReport, place: PlaceFigure): Html {
  const { data, study } = report;
  const years = regimes(data.segments);
  return html`<section id="data"><h2>The data and its regimes</h2>
<p>${formatCount(data.rows)} rows of <code>${data.name}</code>${data.simulated ? ' (simulated)' : ''}; <code>${study.target}</code>: ${data.target}. ${
    data.ordered
      ? 'The rows stand in the order of time, so that a model can be judged as it will be used: taught on what came before, asked about what comes after.'
      : 'The rows have no order in time.'
  }${years.length > 1 ? ` The years: ${years.map((year) => `${year.name} with ${formatCount(year.rows)} rows and ${formatPercent(year.rate)} yes`).join(', ')}.` : ''}</p>
${place('target-rate')}
</section>`;
}
