/** From what, by what and with which seed all this was made, so that anyone can make it again. */
import type { StudyReport } from '../../study/study-report.js';
import { formatCount } from '../format-number.js';
import { type Html, html } from '../html.js';

export function custodySection({ study, data, choice, seed, program }: StudyReport): Html {
  return html`<section id="custody"><h2>Chain of custody</h2>
<dl class="facts">
<dt>Study</dt><dd><code>${study.name}</code></dd>
<dt>Data</dt><dd><code>${data.name}</code>, ${formatCount(data.rows)} rows${data.simulated ? ', simulated' : ''}</dd>
<dt>SHA-256 of the data</dt><dd><code>${data.sha256}</code></dd>
<dt>Model</dt><dd>${choice.name}${choice.learner === choice.name ? null : html` <code>${choice.learner}</code>`}</dd>
<dt>Seed</dt><dd><code>${seed}</code></dd>
<dt>Version of the program</dt><dd><code>${program}</code></dd>
</dl>
<p class="small">The same data, seed and version give the same model, byte for byte. The short form of this report is the <a href="card.md">model card</a>.</p>
</section>`;
}
