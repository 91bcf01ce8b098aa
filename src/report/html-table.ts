/** Writes a table that reads aloud well and scrolls by itself where the screen is narrow. */
import { type Html, type HtmlValue, html } from './html.js';

/** A column of the table. */
export interface HtmlColumn<Row> {
  readonly head: string;
  /** Numbers stand to the right; 'words' keep a readable width. */
  readonly kind?: 'number' | 'words';
  readonly cell: (row: Row) => HtmlValue;
}

/** The first column heads its row. `strong` rows stand out. */
export function htmlTable<Row>(
  rows: readonly Row[],
  options: {
    caption: string;
    columns: readonly HtmlColumn<Row>[];
    strong?: (row: Row) => boolean;
  },
): Html {
  const { caption, columns, strong } = options;
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table>
<caption><span>${caption}</span></caption>
<thead><tr>${columns.map(({ head, kind }) => html`<th scope="col" class="${kind ?? ''}">${head}</th>`)}</tr></thead>
<tbody>
${rows.map(
  (row) => html`<tr class="${strong?.(row) ? 'chosen' : ''}">${columns.map(({ cell, kind }, i) =>
    i === 0
      ? html`<th scope="row" class="${kind ?? ''}">${cell(row)}</th>`
      : html`<td class="${kind ?? ''}">${cell(row)}</td>`,
  )}</tr>
`,
)}</tbody>
</table></div>`;
}
