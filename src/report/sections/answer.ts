/** The report's first words: what is served, how good it is for a user, what it decides. */
import type { StudyReport } from '../../study/study-report.js';
import { formatPercent, formatRange, formatScore } from '../format-number.js';
import { type Html, html } from '../html.js';
import {
  asSentence,
  calibrationSentence,
  headlineSentence,
  policySentence,
  promisedByShuffle,
  servedPolicy,
  shuffleSentence,
} from '../phrases.js';

export function answerSection(report: StudyReport): Html {
  const { study, choice } = report;
  const policy = servedPolicy(report);
  const shuffled = shuffleSentence(report);
  return html`<section class="answer" id="answer" aria-label="The answer">
<p class="question">${study.question}</p>
<dl class="tiles">
${tiles(report).map(
  ({ name, value, note, leads }) =>
    html`<div><dt>${name}</dt><dd class="big${leads ? ' led' : ''}">${value}</dd><dd class="small">${note}</dd></div>
`,
)}</dl>
<p>We serve <strong>${choice.name}</strong>${choice.learner === choice.name ? '' : html` (<code>${choice.learner}</code>)`}. ${headlineSentence(report)} ${calibrationSentence(report)}</p>
${policy && html`<p>The policy: <strong>${policy.words}</strong>. ${policySentence(policy, report)}</p>`}
<p>Why this model? ${asSentence(choice.why)}</p>
${shuffled && html`<p class="small">${shuffled} <a href="#race">The race</a> says why.</p>`}
</section>`;
}

interface Tile {
  readonly name: string;
  readonly value: string;
  readonly note: string;
  readonly leads?: boolean;
}

/** The headline, what a shuffle would have promised, and what the policy does; without one, the scores that come next. */
function tiles(report: StudyReport): Tile[] {
  const { holdout } = report;
  const headline = holdout.scores[holdout.headline]!;
  const promised = promisedByShuffle(report);
  const policy = servedPolicy(report);
  const acts = policy !== undefined && holdout.details.classes === undefined;
  const names = Object.keys(holdout.scores);
  // What is taken within each segment needs no pooled counterpart on the first screen.
  const isCounterpart = (name: string): boolean =>
    names.some((other) => name.startsWith('pooled ') && other.startsWith(`${name.slice(7)} within `));
  const next = Object.entries(holdout.scores).filter(
    ([name]) => name !== holdout.headline && !isCounterpart(name),
  );
  return [
    {
      name: `${holdout.headline}, on held-out rows`,
      value: formatScore(headline.value),
      note: formatRange(headline),
      leads: true,
    },
    ...(promised
      ? [
          {
            name: 'What a shuffle would promise',
            value: formatScore(promised.value),
            note: formatRange(promised),
          },
        ]
      : []),
    ...(acts
      ? [
          { name: 'The policy picks', value: formatPercent(policy.shareActedOn, 0), note: 'of the rows' },
          {
            name: 'and reaches',
            value: formatPercent(policy.recall, 0),
            note: holdout.details.curves ? 'of all yes' : 'of all that come to it',
          },
        ]
      : next
          .slice(0, 3)
          .map(([name, score]) => ({ name, value: formatScore(score.value), note: formatRange(score) }))),
  ];
}
