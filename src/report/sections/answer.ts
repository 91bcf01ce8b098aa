/** The report's first words: what is served, how good it honestly is, what it decides. */
import type { StudyReport } from '../../study/study-report.js';
import { formatEstimate, formatPercent, formatRange, formatScore } from '../format-number.js';
import { type Html, html } from '../html.js';
import { calibrationSentence, headlineSentence, policySentence, servedPolicy } from '../phrases.js';

export function answerSection(report: StudyReport): Html {
  const { study, choice, holdout, scores, leaderboard, protocols } = report;
  const honest = holdout.scores[holdout.headline]!;
  const random = protocols.find(({ kind, decides }) => kind === 'random' && !decides);
  const promised = leaderboard.find(({ chosen }) => chosen)?.scores[random?.name ?? '']?.[scores[0] ?? ''];
  const surprising = promised && (promised.value > honest.high || promised.value < honest.low);
  const policy = servedPolicy(report);
  return html`<section class="answer" id="answer" aria-label="The answer">
<p class="question">${study.question}</p>
<dl class="tiles">
<div><dt>${holdout.headline}, on rows that were held out</dt><dd class="big led">${formatScore(honest.value)}</dd><dd class="small">${formatRange(honest)}</dd></div>
${promised && random && html`<div><dt>What a shuffle promises (${random.name})</dt><dd class="big">${formatScore(promised.value)}</dd><dd class="small">${formatRange(promised)}</dd></div>`}
${
  policy &&
  html`<div><dt>The policy picks</dt><dd class="big">${formatPercent(policy.shareActedOn, 0)}</dd><dd class="small">of the rows</dd></div>
<div><dt>and reaches</dt><dd class="big">${formatPercent(policy.recall, 0)}</dd><dd class="small">of all yes</dd></div>`
}
</dl>
<p>Served is <strong>${choice.name}</strong>${choice.learner === choice.name ? '' : html` (<code>${choice.learner}</code>)`}. ${headlineSentence(report)} ${calibrationSentence(report)}</p>
${policy && html`<p>The policy: <strong>${policy.words}</strong>. ${policySentence(policy, report)}</p>`}
<p>Why this one: ${choice.why.replace(/\.$/, '')}.</p>
${promised && random && surprising && html`<p class="small">By ${random.name} the same candidate has ${scores[0]!} ${formatEstimate(promised)}. Why that is not the number to expect is told under <a href="#race">The race</a>.</p>`}
</section>`;
}
