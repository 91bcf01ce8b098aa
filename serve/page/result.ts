/** The answer as the page shows it: probability, decision, reasons as bars; the script writes the same. */
import { type Html, html, type PolicyNote } from '../../src/serving.js';
import type { ProblemEntry } from '../problems.js';
import type { Prediction } from '../question.js';

/** The panel beside the form. Its script fills the same places from `POST /predict`. */
export function resultPanel(
  answer: Prediction | undefined,
  { policy, errors = [] }: { policy: PolicyNote; errors?: readonly ProblemEntry[] },
): Html {
  const probability = answer?.probability ?? 0;
  return html`<section id="result" aria-labelledby="result-title" data-verb="${policy.verb}" data-cutoff="${policy.cutoff}" data-probability="${answer?.probability}">
<h2 id="result-title">Probability of yes</h2>
<div id="answer" aria-live="polite" aria-atomic="true"><p id="probability">${answer ? percent(probability) : '–'}</p>
<p id="decision">${answer ? decisionWords(answer.decision, policy) : 'The row cannot be answered.'}</p></div>
<div class="meter"><svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect id="bar" width="${100 * probability}" height="4" fill="#1f5fa8"/>
<rect x="${100 * Math.min(1, policy.cutoff)}" y="-1.2" width="0.5" height="6.4" fill="#1b2430"/></svg><span>The mark is the cut-off, ${percent(policy.cutoff)}.</span></div>
<ul id="warnings">${[...errors, ...(answer?.warnings ?? [])].map(({ detail }) => html`<li>${detail}</li>`)}</ul>
<h2 id="reasons-title">Why</h2>
<ol id="reasons" aria-labelledby="reasons-title">${reasons(answer)}</ol>
</section>`;
}

function reasons(answer: Prediction | undefined): Html | readonly Html[] {
  const found = answer?.explanation?.reasons ?? [];
  if (found.length === 0) return html`<li>This model has no exact reasons for a row.</li>`;
  const most = Math.max(...found.map(({ contribution }) => Math.abs(contribution)));
  return found.map(({ words, contribution }) => {
    const width = (50 * Math.abs(contribution)) / most;
    const x = contribution < 0 ? 50 - width : 50;
    return html`<li>${words}<svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect x="${x}" width="${width}" height="4" fill="${contribution < 0 ? '#b3541e' : '#1f5fa8'}"/><rect x="49.9" width="0.2" height="4" fill="#767f8c"/></svg></li>`;
  });
}

/** "Call: at or above the cut-off." */
export function decisionWords(decision: 'act' | 'skip', { verb, cutoff }: PolicyNote): string {
  const word = verb.charAt(0).toUpperCase() + verb.slice(1);
  if (decision === 'act') return `${word}: at least the cut-off of ${percent(cutoff)}.`;
  return `Do not ${verb}: below the cut-off of ${percent(cutoff)}.`;
}

/** A share for people: 12.3 %. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)}\u00a0%`;
}
