/** From what, by what and with which seed all this was made, so that anyone can make it again. */
import type { StudyReport } from '../../study/study-report.js';
import { formatCount } from '../format-number.js';
import { type Html, html } from '../html.js';
import { htmlTable } from '../html-table.js';
import type { KeptAs } from '../kept-as.js';

export function custodySection({ study, data, choice, seed, program }: StudyReport, kept?: KeptAs): Html {
  return html`<section id="custody"><h2>Chain of custody</h2>
<dl class="facts">
${kept ? html`<dt>Kept as</dt><dd><code>${study.name}@${kept.version}</code></dd>` : html`<dt>Study</dt><dd><code>${study.name}</code></dd>`}
<dt>Data</dt><dd><code>${data.name}</code>, ${formatCount(data.rows)} rows${data.simulated ? ', simulated' : ''}</dd>
<dt>SHA-256 of the data</dt><dd><code>${data.sha256}</code></dd>
<dt>Model</dt><dd>${choice.name}${choice.learner === choice.name ? null : html` <code>${choice.learner}</code>`}</dd>
${kept?.module && html`<dt>Module</dt><dd><code>${kept.module.path}</code></dd>`}
<dt>Made by</dt><dd><code>${program}</code>, seed <code>${seed}</code></dd>
</dl>
${kept?.module ? moduleOf(kept.module, kept.cells) : null}
<p class="small">The same data, seed and program give the same model, byte for byte. The short form of this report is the <a href="card.md">model card</a>.</p>
</section>`;
}

/** The module and the cells that it was distilled from, each by its hash. */
function moduleOf(module: NonNullable<KeptAs['module']>, cells: KeptAs['cells']): Html {
  const rows = [
    { what: module.path, from: 'the module', sha256: module.sha256 },
    ...cells.map(({ notebook, cell, sha256 }) => ({ what: cell, from: notebook, sha256 })),
  ];
  const count = cells.length === 1 ? 'one notebook cell' : `${cells.length} notebook cells`;
  return html`<details><summary>The module${cells.length > 0 ? ` and ${count} that it was made from` : ''}, by hash</summary>
${htmlTable(rows, {
  caption: 'SHA-256 of the module and of its cells',
  columns: [
    { head: 'What', cell: ({ what }) => html`<code>${what}</code>` },
    { head: 'Of', cell: ({ from }) => from },
    { head: 'SHA-256', kind: 'words', cell: ({ sha256 }) => html`<code>${sha256}</code>` },
  ],
})}</details>`;
}
