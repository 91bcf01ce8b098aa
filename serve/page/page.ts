/** `/`: the model on one page for people: a form, its answer, its reasons, its card. */
import { type Cell, html, policyNote, type Scorer, scoreRows } from '../../src/serving.js';
import { type ProblemEntry, problemEntries } from '../problems.js';
import { rowFromQuery } from '../query-row.js';
import type { Prediction } from '../question.js';
import { explanations } from '../reasons.js';
import { page, type Reply } from '../reply.js';
import type { Call, Endpoint } from '../router.js';
import { cardSections } from './card.js';
import { rowForm } from './form.js';
import { contentSecurityPolicy, pageOf } from './layout.js';
import { resultPanel } from './result.js';
import { PAGE_SCRIPT } from './script.js';
import { typicalRow } from './typical-row.js';

const policy = contentSecurityPolicy(PAGE_SCRIPT);

/** The page with a typical row in it, or with the row of its own form sent without a script. */
export const modelPage: Endpoint = ({ request, model }: Call): Reply => {
  const { artefact } = model;
  const query = new URLSearchParams(request.query);
  const entered = query.size > 0 ? rowFromQuery(artefact.schema, query) : undefined;
  const row = (entered ?? typicalRow(artefact)) as Record<string, Cell>;
  const { answer, errors } = look(model, row);
  const { report, manifest, study, schema } = artefact;
  const title = report?.study.title ?? study;
  const note = policyNote(artefact);
  const body = html`<header><p class="kicker">${study}</p><h1>${title}</h1>
<p class="question">${report?.study.question ?? `${model.form.title}: ${schema.target.name}.`}</p></header>
<main><div class="ask">${rowForm(artefact, row)}${resultPanel(answer, { policy: note, title: model.form.title, errors })}</div>
${cardSections(artefact)}</main>
<footer><p>The answer is made from what you enter and nothing else; what is entered on this page is kept as every prediction is, where the service keeps them.</p></footer>`;
  return page(pageOf({ title, body, script: PAGE_SCRIPT, simulated: manifest.data.simulated }), policy);
};

/** The answer for the page's first sight. It is an example of the house, asked by nobody, so it is not kept. */
function look(
  model: Scorer,
  row: Readonly<Record<string, unknown>>,
): { answer?: Prediction; errors?: readonly ProblemEntry[] } {
  const scored = scoreRows(model, [row], { pointer: () => '' });
  if ('issues' in scored) return { errors: problemEntries(scored.issues) };
  const { schema, pipeline } = model.artefact;
  const { table } = scored;
  const parts = pipeline.explain(table);
  const { fields, unusual } = scored.rows[0]!;
  return {
    answer: {
      id: '',
      ...fields,
      warnings: problemEntries(unusual.map((one) => model.describe(one, ''))),
      explanation: parts ? explanations(schema, { table, parts, most: 5 })[0]! : null,
    },
  };
}
