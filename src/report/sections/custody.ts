/** From what, by what and with which seed all this was made, so that anyone can make it again. */
import type { StudyReport } from '../../study/study-report.js';
import { formatCount } from '../format-number.js';
import { type Html, html } from '../html.js';
import type { KeptAs } from '../kept-as.js';

export function custodySection({ study, data, choice, seed, program }: StudyReport, kept?: KeptAs): Html {
  return html`<section id="custody"><h2>Chain of custody</h2>
<dl class="facts">
<dt>Study</dt><dd><code>${study.name}</code></dd>
<dt>Data</dt><dd><code>${data.name}</code>, ${formatCount(data.rows)} rows${data.simulated ? ', simulated' : ''}</dd>
<dt>SHA-256 of the data</dt><dd><code>${data.sha256}</code></dd>
<dt>Model</dt><dd>${choice.name}${choice.learner === choice.name ? null : html` <code>${choice.learner}</code>`}</dd>
${kept && html`<dt>Kept as</dt><dd><code>${study.name}@${kept.version}</code></dd>`}
${kept?.module && html`<dt>Module</dt><dd><code>${kept.module.path}</code>, SHA-256 <code>${kept.module.sha256}</code></dd>`}
${
  kept &&
  kept.cells.length > 0 &&
  html`<dt>Notebook cells</dt><dd>${kept.cells.map(({ notebook, cell, sha256 }, i) => html`${i > 0 ? ', ' : ''}<code>${cell}</code> of ${notebook} (<code>${sha256.slice(0, 12)}</code>)`)}</dd>`
}
<dt>Seed</dt><dd><code>${seed}</code></dd>
<dt>Program</dt><dd><code>${program}</code></dd>
</dl>
<p class="small">The same data, seed and program give the same model, byte for byte. The short form of this report is the <a href="card.md">model card</a>.</p>
</section>`;
}
