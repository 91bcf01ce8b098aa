/** What is known when: the statement from which the features, the audit and the request follow. */
import type { StudyReport } from '../../study/study-report.js';
import { type Html, html } from '../html.js';
import { htmlTable } from '../html-table.js';

const KNOWN: { readonly [moment: string]: string } = {
  before: 'before',
  during: 'during, too late',
  after: 'after, too late',
};

export function schemaSection({ data, study }: StudyReport): Html {
  const late = data.columns.filter(({ known }) => known !== 'before');
  const { length } = data.columns;
  return html`<section id="schema"><h2>What is known when</h2>
<p>The prediction is made when ${study.moment}. The model uses only what is known before that moment${
    late.length > 0
      ? html`. It never sees ${late.map(({ name }, i) => html`${i > 0 ? ', ' : ''}<code>${name}</code>`)}, and a request that sends ${late.length === 1 ? 'it' : 'them'} is refused`
      : ''
  }.</p>
<details><summary>${length === 1 ? 'The column' : `All ${length} columns`}, and when each becomes known</summary>
${htmlTable(data.columns, {
  caption: 'Columns and the moment at which each becomes known',
  columns: [
    { head: 'Column', cell: ({ name }) => html`<code>${name}</code>` },
    { head: 'Kind', cell: ({ kind }) => kind },
    { head: 'Unit', cell: ({ unit }) => unit },
    {
      head: 'Known',
      cell: ({ known }) =>
        known === 'before' ? KNOWN.before : html`<strong>${KNOWN[known] ?? known}</strong>`,
    },
    { head: 'Because', kind: 'words', cell: ({ because }) => because },
  ],
})}</details>
</section>`;
}
