/** The candidates, once, under every protocol; why the protocols differ; and the other scores, folded. */
import type { StudyReport } from '../../study/study-report.js';
import type { PlaceFigure } from '../figures/every-figure.js';
import { formatEstimate } from '../format-number.js';
import { type Html, html } from '../html.js';
import { type HtmlColumn, htmlTable } from '../html-table.js';
import { asSentence } from '../phrases.js';

type Row = StudyReport['leaderboard'][number];

export function raceSection(report: StudyReport, place: PlaceFigure): Html | null {
  const { leaderboard, failures, cutoff, protocols, scores, whyTheyDiffer } = report;
  // A model that was saved by hand ran in none.
  if (leaderboard.length === 0) return null;
  const others = scores.slice(1);
  return html`<section id="race"><h2>The race</h2>
<p>${leaderboard.length === 1 ? 'One candidate was' : `${leaderboard.length} candidates were`} judged by ${scores[0]!}.${protocols.length > 1 ? ` ${asSentence(whyTheyDiffer)}` : ''}</p>
<details><summary>${protocols.length > 1 ? 'What each protocol asks' : 'What the protocol asks'}</summary><ul>${protocols.map(
    ({ name, meaning, rows, decides }) =>
      html`<li><strong>${name}</strong>${decides ? ', which decides' : ''}: ${asSentence(meaning)} <span class="muted">${asSentence(rows)}</span></li>`,
  )}</ul></details>
${failures.map(({ why }) => html`<p>${asSentence(why)}</p>`)}
${place('race')}
${
  others.length > 0
    ? html`<details><summary>The other scores: ${others.join(', ')}</summary>
${cutoff && html`<p class="small">${cutoff}</p>`}
${protocols.map(({ name }) =>
  htmlTable(leaderboard, {
    caption: `By ${name}, over all of its folds together`,
    strong: ({ chosen }) => chosen,
    columns: [
      { head: 'Candidate', cell: (row) => `${row.name}${row.chosen ? ' (chosen)' : ''}` },
      ...others.map((score) => columnOf(name, score)),
    ],
  }),
)}</details>`
    : null
}
</section>`;
}

function columnOf(protocol: string, score: string): HtmlColumn<Row> {
  return {
    head: score,
    kind: 'number',
    cell: (row) => {
      const estimate = row.scores[protocol]?.[score];
      return estimate ? formatEstimate(estimate) : '–';
    },
  };
}
