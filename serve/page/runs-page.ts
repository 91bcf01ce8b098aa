/** The page of `/runs`: what was done, by whom, and how it ended. It needs no script. */
import { type Html, html, type JsonObject, type RecordedRun, runKinds } from '../../src/serving.js';
import { page, type Reply } from '../reply.js';
import { contentSecurityPolicy, pageOf } from './layout.js';

const policy = contentSecurityPolicy();

/** The page with these runs; `kind` is the kind that was asked for. */
export function runsHtml(runs: readonly RecordedRun[], { kind }: { kind?: string }): Reply {
  const links = runKinds.map(
    (one) => html`<a href="/runs?kind=${one}"${one === kind && html` aria-current="page"`}>${one}</a> `,
  );
  const body = html`<header><p class="kicker">runs</p><h1>What was done here</h1>
<p class="question"><a href="/runs"${kind === undefined && html` aria-current="page"`}>all</a> ${links}</p></header>
<main>${runs.length === 0 ? html`<p>No run is recorded.</p>` : table(runs)}</main>
<footer><p>As JSON: the same address with <code>accept: application/json</code>.</p></footer>`;
  return page(pageOf({ title: 'Runs', body }), policy);
}

function table(runs: readonly RecordedRun[]): Html {
  const heads = ['Began', 'Kind', 'Name', 'By', 'State', 'Seconds', 'In and out'];
  return html`<div class="scroll" role="region" aria-label="Runs" tabindex="0"><table>
<caption><span>The newest first; times are UTC</span></caption>
<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${runs.map(row)}</tbody>
</table></div>`;
}

function row({
  id,
  kind,
  name,
  who,
  started,
  state,
  seconds,
  error,
  input,
  output,
  program,
  host,
}: RecordedRun): Html {
  return html`<tr id="${id}"><th scope="row">${started.slice(0, 19).replace('T', ' ')}</th><td>${kind}</td><td>${name}</td><td>${who}</td>
<td>${state}</td><td class="number">${seconds?.toFixed(1)}</td>
<td class="words">${error}<details><summary>${id}</summary><pre>${facts({ input, output, program, host })}</pre></details></td></tr>
`;
}

function facts(values: JsonObject): string {
  return JSON.stringify(values, null, 2);
}
