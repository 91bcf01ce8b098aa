/** The model card on the page: how good, on what, decided how; what the audit found; where it all comes from. */
import {
  type Artefact,
  type Curves,
  type Html,
  html,
  type StudyReport,
  shortNumber,
} from '../../src/serving.js';
import { curveSvg } from './curve-svg.js';
import { percent } from './headline.js';

/** The sections below the form. A model that was saved without a study has no report, and a shorter card. */
export function cardSections({
  report,
  manifest,
  schema,
  pipeline,
  reference,
  study,
  version,
}: Artefact): Html {
  return html`${report ? measured(report) : savedScores(manifest.scores)}
${report && findings(report)}
<section><h2>Where it comes from</h2><dl class="facts">
<dt>Model</dt><dd><code>${study}@${version}</code>, ${pipeline.name}</dd>
<dt>Fitted on</dt><dd>${reference.rows.toLocaleString('en-US')} rows of ${manifest.data.name}</dd>
<dt>SHA-256 of the data</dt><dd><code>${manifest.data.sha256}</code></dd>
<dt>Asked when</dt><dd>${schema.moment}</dd>
<dt>Never asked for</dt><dd>${schema.late.length > 0 ? schema.late.join(', ') : 'nothing'}${schema.late.length > 0 && ': not known yet at that moment'}</dd>
<dt>Kept because</dt><dd>${manifest.why}</dd>
<dt>Made by</dt><dd>${manifest.program}${manifest.module && html`, <code>${manifest.module.path}</code>`}</dd></dl>
<p><a href="/docs">How programs ask</a> · <a href="/metadata">This as data</a></p></section>`;
}

function measured({ holdout, choice, policies }: StudyReport): Html {
  const { curves } = holdout.details;
  const served = policies.find(({ chosen }) => chosen);
  return html`<section><h2>How good it is</h2>
<p>The choice is “${choice.name}”. ${choice.why} It was measured once, on ${holdout.words}.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Scores"><table><caption><span>Scores on ${holdout.rows.toLocaleString('en-US')} holdout rows</span></caption>
<thead><tr><th scope="col">Metric</th><th scope="col" class="number">Value</th><th scope="col" class="number">Interval</th></tr></thead>
<tbody>${headlineFirst(holdout).map(([name, { value, low, high, level }]) => html`<tr><th scope="row">${name}</th><td class="number">${value.toFixed(3)}</td><td class="number">${low.toFixed(3)} to ${high.toFixed(3)} (${Math.round(100 * level)} %)</td></tr>`)}</tbody></table></div>
<p>${means(holdout)}${served && ` Decided by ${served.name}: ${served.words}.`}</p>
${curves && curvePair(curves)}</section>`;
}

/** The scores, the headline on top: JSON that was written in a fixed order has them by name. */
function headlineFirst({
  headline,
  scores,
}: StudyReport['holdout']): [string, StudyReport['holdout']['scores'][string]][] {
  return Object.entries(scores).sort(([a], [b]) => Number(b === headline) - Number(a === headline));
}

function means({ means, details }: StudyReport['holdout']): string {
  if (!means) return '';
  const shown = details.curves ? percent : shortNumber;
  return `It predicted ${shown(means.predicted)} on average; ${shown(means.true)} came true.`;
}

function curvePair({ calibrationAfter, gains }: Curves): Html {
  return html`<div class="pair">${curveSvg({
    title: 'What was predicted, and what came true',
    x: 'predicted probability',
    y: 'share that said yes',
    points: calibrationAfter,
    dots: true,
    words: `Calibration: ${calibrationAfter.map(([a, b]) => `predicted ${percent(a)}, true ${percent(b)}`).join('; ')}.`,
  })}${curveSvg({
    title: 'How many of all yes are reached',
    x: 'share of rows acted on',
    y: 'share of all yes',
    points: gains,
    words: `Gains: ${[0.1, 0.2, 0.5].map((share) => `the likeliest ${percent(share)} of rows hold ${percent(heightAt(gains, share))} of all yes`).join('; ')}.`,
  })}</div>`;
}

function savedScores(scores: Readonly<Record<string, number>>): Html {
  return html`<section><h2>How good it is</h2><p>It was saved without a study; no interval is known.</p><dl class="facts">
${Object.entries(scores).map(([name, value]) => html`<dt>${name}</dt><dd>${value.toFixed(3)}</dd>`)}</dl></section>`;
}

function findings({ audit }: StudyReport): Html {
  return html`<section><h2>What the leakage audit found</h2>
${audit.length === 0 && html`<p>Nothing.</p>`}<ul class="findings">${audit.map(
    ({
      code,
      severity,
      columns,
      what,
      remedy,
      contained,
      waived,
    }) => html`<li><span class="tag ${severity}">${severity}</span> <strong>${columns.length > 0 ? columns.join(', ') : 'whole rows'}</strong> <span class="muted">${code}</span>
<p>${what}</p><p class="muted">${waived ? `Accepted: ${waived}.` : contained ? `Contained: ${contained}.` : remedy}</p></li>`,
  )}</ul></section>`;
}

function heightAt(points: Curves['gains'], x: number): number {
  return points.find(([a]) => a >= x)?.[1] ?? 1;
}
