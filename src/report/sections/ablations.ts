/** What was tried: what helped and what did not. */
import type { StudyReport } from '../../study/study-report.js';
import { type Html, html } from '../html.js';
import { asSentence } from '../phrases.js';

export function ablationsSection({ ablations }: StudyReport): Html | null {
  if (ablations.length === 0) return null;
  return html`<section id="ablations"><h2>What helped and what did not</h2>
<ul class="ablations">${ablations.map((ablation) => html`<li>${asSentence(ablation)}</li>`)}</ul>
</section>`;
}
