/** What the audit found, and what each suspect is worth. */
import type { FindingRow, StudyReport } from '../../study/study-report.js';
import type { PlaceFigure } from '../figures/every-figure.js';
import { formatDifference, formatRange } from '../format-number.js';
import { type Html, html, withCode } from '../html.js';
import { asSentence, auditSentence } from '../phrases.js';
import { demonstrationsPart } from './demonstrations.js';

export function leakageSection(report: StudyReport, place: PlaceFigure): Html {
  const { audit, price, leakageMetrics } = report;
  const prices = price.map(
    ({ suspect, difference: d }) => `${suspect} ${formatDifference(d.value)} (${formatRange(d)})`,
  );
  const summary = [
    ...(audit.length > 0 ? [audit.length === 1 ? 'The finding' : `The ${audit.length} findings`] : []),
    ...(price.length > 0 ? ['the prices, drawn'] : []),
  ].join(', and ');
  return html`<section id="leakage"><h2>Leakage${price.length > 0 ? ', and its price' : ''}</h2>
<p>${auditSentence(report)}${
    prices.length > 0
      ? ` What using it would add to the ${leakageMetrics[0]}, in rows drawn at random: ${prices.join('; ')}. A report would show that gain, and nobody would see it in use.`
      : ''
  }</p>
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
