/** The candidates, under every protocol, and why the protocols differ. */
import type { StudyReport } from '../../study/study-report.js';
import type { PlaceFigure } from '../figures/every-figure.js';
import { formatEstimate } from '../format-number.js';
import { type Html, html } from '../html.js';
import { htmlTable } from '../html-table.js';
import { asSentence } from '../phrases.js';

export function raceSection(report: StudyReport, place: PlaceFigure): Html | null {
  const { leaderboard, failures, cutoff, protocols, scores, whyTheyDiffer } = report;
  // A model that was saved by hand ran in none.
  if (leaderboard.length === 0) return null;
  return html`<section id="race"><h2>The race</h2>
<p>${leaderboard.length} candidates were raced. ${protocols.length > 1 ? 'Each protocol asks another question of them:' : 'The protocol:'}</p>
<ul>${protocols.map(
    ({ name, meaning, rows, decides }) =>
      html`<li><strong>${name}</strong>${decides ? ', which decides' : ''}: ${asSentence(meaning)} <span class="muted">${asSentence(rows)}</span></li>`,
  )}</ul>
${failures.map(({ why }) => html`<p>${asSentence(why)}</p>`)}
${place('leaderboard')}
${cutoff && html`<p class="small">${cutoff}</p>`}
${
  protocols.length > 1 && leaderboard.length > 0
    ? html`<h3>Why the protocols differ</h3>
<p>${asSentence(whyTheyDiffer)}</p>
${place('protocols')}`
    : null
}
${protocols.map(({ name, decides }) =>
  htmlTable(leaderboard, {
    caption: `All scores by ${name}${decides ? ', the deciding protocol' : ''}`,
    strong: ({ chosen }) => chosen,
    columns: [
      { head: 'Candidate', cell: (row) => `${row.name}${row.chosen ? ' (chosen)' : ''}` },
      ...scores.map((score) => ({
        head: score,
        kind: 'number' as const,
        cell: (row: (typeof leaderboard)[number]) => {
          const estimate = row.scores[name]?.[score];
          return estimate ? formatEstimate(estimate) : '–';
        },
      })),
    ],
  }),
)}
</section>`;
}
