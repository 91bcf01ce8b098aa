/** What changed since the model before. */
import type { Changes } from '../../study/changes.js';
import { changesInWords } from '../changes-text.js';
import { type Html, html } from '../html.js';

export function changesSection(changes: Changes | undefined): Html | null {
  if (!changes) return null;
  return html`<section id="changes"><h2>What changed since the model before</h2>
<p>Compared with <code>${changes.since}</code>. Drift is 0 where a column is distributed as before and 1 where it shares no value with what was before.</p>
<details><summary>Data, columns and scores, then and now</summary>
<ul>${changesInWords(changes).map((sentence) => html`<li>${sentence}</li>`)}</ul></details>
</section>`;
}
