/** The answer as the page shows it: probability, decision, reasons as bars; the script writes the same. */
import { type Html, html, type PolicyNote } from '../../src/serving.js';
import type { ProblemEntry } from '../problems.js';
import type { Prediction } from '../question.js';
import { headline, percent, shareOf } from './headline.js';

/** The panel beside the form. Its script fills the same places from `POST /predict`. */
export function resultPanel(
  answer: Prediction | undefined,
  { policy, title, errors = [] }: { policy: PolicyNote; title: string; errors?: readonly ProblemEntry[] },
): Html {
  const share = answer && shareOf(answer);
  const { cutoff, verb } = policy;
  const isShare = cutoff !== undefined && answer?.probability !== undefined;
  return html`<section id="result" aria-labelledby="result-title" data-verb="${verb}" data-cutoff="${cutoff}" data-shown="${answer && headline(answer)}">
<h2 id="result-title">${title}</h2>
<div id="answer" aria-live="polite" aria-atomic="true"><p id="probability">${answer ? headline(answer) : '–'}</p>
<p id="decision">${answer ? decisionWords(answer.decision, policy) : 'The row cannot be answered.'}</p></div>
<div class="meter"><svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect id="bar" width="${100 * (share ?? 0)}" height="4" fill="#1f5fa8"/>
${isShare && html`<rect x="${100 * Math.min(1, cutoff)}" y="-1.2" width="0.5" height="6.4" fill="#1b2430"/>`}</svg>${isShare && html`<span>The mark is the cut-off, ${percent(cutoff)}.</span>`}</div>
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

/** "Call: at least the cut-off of 7.2 %."; for classes the name of the one that was decided for. */
export function decisionWords(decision: unknown, { verb, cutoff }: PolicyNote): string {
  if (decision === undefined) return '';
  if (cutoff === undefined) return `Decided: ${String(decision)}.`;
  const shown = cutoff >= 0 && cutoff <= 1.001 ? percent(cutoff) : String(cutoff);
  const word = verb.charAt(0).toUpperCase() + verb.slice(1);
  if (decision === 'act') return `${word}: at least the cut-off of ${shown}.`;
  return `Do not ${verb}: below the cut-off of ${shown}.`;
}
