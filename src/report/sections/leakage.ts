/** What the audit found, and what each suspect is worth. */
import type { FindingRow, StudyReport } from '../../study/study-report.js';
import type { PlaceFigure } from '../figures/every-figure.js';
import { type Html, html, withCode } from '../html.js';
import { asSentence } from '../phrases.js';

export function leakageSection(report: StudyReport, place: PlaceFigure): Html {
  const { audit, price } = report;
  const leaks = audit.filter(({ severity }) => severity === 'leak').length;
  return html`<section id="leakage"><h2>Leakage, and its price</h2>
<p>${
    audit.length === 0
      ? 'The audit found nothing that would be known too late.'
      : `The audit looked for anything in the rows that is not yet known when the prediction is made. It has ${audit.length} ${audit.length === 1 ? 'finding' : 'findings'}, ${leaks === 0 ? 'none' : leaks} of them ${leaks === 1 ? 'a leak' : 'leaks'}.`
  }</p>
${audit.length > 0 ? html`<ul class="findings">${audit.map(finding)}</ul>` : null}
${
  price.length > 0
    ? html`<p>A suspect’s price is the score that comes and goes with it. It is what a study would have reported, and what no one would have seen in use.</p>
${place('price')}`
    : null
}
</section>`;
}

function finding({ severity, code, columns, what, remedy, waived }: FindingRow): Html {
  return html`<li><span class="tag ${severity}">${severity}</span> <code>${code}</code> <strong>${columns.join(', ')}</strong>
<p>${withCode(asSentence(what))} <span class="muted">${withCode(asSentence(remedy))}</span></p>
${waived === undefined ? null : html`<p><em>Waived:</em> ${asSentence(waived)}</p>`}</li>
`;
}
