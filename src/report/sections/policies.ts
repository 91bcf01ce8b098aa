/** From a probability to an action: the policies, and what each would have done. */
import type { PolicyRow, StudyReport } from '../../study/study-report.js';
import type { PlaceFigure } from '../figures/every-figure.js';
import { formatCount, formatPercent, formatScore } from '../format-number.js';
import { type Html, html } from '../html.js';
import { type HtmlColumn, htmlTable } from '../html-table.js';

export function policiesSection(report: StudyReport, place: PlaceFigure): Html | null {
  const { policies } = report;
  if (policies.length === 0) return null;
  const drawn = place('policies');
  const forClasses = report.holdout.details.classes !== undefined;
  return html`<section id="policies"><h2>From probability to action</h2>
<p>The model ${report.study.task === 'number' ? 'gives a number' : 'gives probabilities'}; the policy says what to do with ${report.study.task === 'number' ? 'it' : 'them'}, and can be changed without fitting again.</p>
${htmlTable(policies, {
  caption: 'What each policy would have done with the held-out rows',
  strong: ({ chosen }) => chosen,
  columns: [
    { head: 'Policy', cell: ({ name, chosen }) => `${name}${chosen ? ' (served)' : ''}` },
    ...(forClasses
      ? [{ head: 'Right', kind: 'number' as const, cell: (row: PolicyRow) => formatPercent(row.precision) }]
      : columnsOf(policies)),
  ],
})}
${drawn && html`<details><summary>What each policy does with the rows, drawn</summary>${drawn}</details>`}
</section>`;
}

/** What a policy that acts on rows comes to; what no policy has is left out. */
function columnsOf(policies: readonly PolicyRow[]): HtmlColumn<PolicyRow>[] {
  const some = (has: (row: PolicyRow) => number | null, columns: HtmlColumn<PolicyRow>[]) =>
    policies.some((row) => has(row) !== null) ? columns : [];
  const number = (
    head: string,
    of: (row: PolicyRow) => number | null,
    format: (value: number) => string,
  ): HtmlColumn<PolicyRow> => ({
    head,
    kind: 'number',
    cell: (row) => {
      const value = of(row);
      return value === null ? '–' : format(value);
    },
  });
  const percent = (value: number): string => formatPercent(value);
  const score = (value: number): string => formatScore(value);
  return [
    number('Cut-off', ({ cutoff }) => cutoff, score),
    number('Picks', ({ shareActedOn }) => shareActedOn, percent),
    ...some(
      ({ capacity }) => capacity,
      [
        number('Capacity', ({ capacity }) => capacity, percent),
        number('Cut-off alone picks', ({ shareByCutoff }) => shareByCutoff, percent),
      ],
    ),
    number('Precision', ({ precision }) => precision, percent),
    number('Recall', ({ recall }) => recall, percent),
    ...some(({ f1 }) => f1, [number('F1', ({ f1 }) => f1, score)]),
    ...some(({ profit }) => profit, [number('Profit', ({ profit }) => profit, formatCount)]),
  ];
}
