/** What the audit found, and what each suspect is worth. */
import type { FindingRow, StudyReport } from '../../study/study-report.js';
import type { PlaceFigure } from '../figures/every-figure.js';
import { type Html, html, withCode } from '../html.js';
import { asSentence, auditSentence, priceSentence } from '../phrases.js';
import { demonstrationsPart } from './demonstrations.js';

export function leakageSection(report: StudyReport, place: PlaceFigure): Html {
  const { audit, price } = report;
  const summary = [
    ...(audit.length > 0 ? [audit.length === 1 ? 'The finding' : `The ${audit.length} findings`] : []),
    ...(price.length > 0 ? ['the prices, drawn'] : []),
  ].join(', and ');
  return html`<section id="leakage"><h2>Leakage${price.length > 0 ? ', and its price' : ''}</h2>
<p>${auditSentence(report)} ${priceSentence(report)}</p>
${
  audit.length + price.length > 0
    ? html`<details><summary>${summary}</summary>
${audit.length > 0 && html`<ul class="findings">${audit.map(finding)}</ul>`}
${price.length > 0 && place('price')}</details>`
    : null
}
${demonstrationsPart(report, place)}
</section>`;
}

function finding({ severity, code, columns, what, remedy, waived }: FindingRow): Html {
  return html`<li><span class="tag ${severity}">${severity}</span> <code>${code}</code> <strong>${columns.join(', ')}</strong>
<p>${withCode(asSentence(what))} <span class="muted">${withCode(asSentence(remedy))}</span></p>
${waived === undefined ? null : html`<p><em>Waived:</em> ${asSentence(waived)}</p>`}</li>
`;
}
