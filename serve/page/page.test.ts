import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { readArtefact } from '../../src/study/artefact.js';
import { exampleReport } from '../../src/testing/example-report.js';
import { smallArtefact } from '../../src/testing/small-artefact.js';
import { createApp } from '../app.js';
import { percent } from './headline.js';
import { typicalRow } from './typical-row.js';

const artefact = readArtefact(smallArtefact());
const app = createApp({ model: artefact, now: () => new Date('2026-11-21T07:00:00Z') });

async function pageAt(path: string): Promise<string> {
  const response = await app.request(path);
  assert.equal(response.status, 200);
  return response.text();
}

test('the page has a labelled field for each column that may be asked, and none for the late ones', async () => {
  const page = await pageAt('/');
  for (const name of artefact.schema.before) {
    assert.match(page, new RegExp(`<label for="field-${name}">`));
    assert.match(page, new RegExp(`id="field-${name}"`));
  }
  assert.doesNotMatch(page, /field-duration|name="duration"/);
  assert.equal(page, await pageAt('/studies/bank-marketing'));
});

test('the page opens with a typical row and its answer; without a script the form gives the same', async () => {
  const row = typicalRow(artefact);
  const asked = await app.request('/predict', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(row),
  });
  const { probability } = (await asked.json()) as { probability: number };
  const shown = `<p id="probability">${percent(probability)}</p>`;
  assert.ok((await pageAt('/')).includes(shown));
  const query = new URLSearchParams(
    Object.entries(row).map(([name, value]): [string, string] => [name, String(value ?? '')]),
  );
  assert.ok((await pageAt(`/?${query}`)).includes(shown));
});

test('what is typed into the address is shown as text', async () => {
  const page = await pageAt(`/?job=${encodeURIComponent('"><script>alert(1)</script>')}&age=200`);
  assert.doesNotMatch(page, /<script>alert/);
  assert.match(page, /not possible/);
});

test('a browser may run the script that stands in the page, and load nothing', async () => {
  const response = await app.request('/');
  const page = await response.text();
  const policy = response.headers.get('content-security-policy') ?? '';
  for (const tag of ['script', 'style']) {
    const content = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(page)![1]!;
    const hash = createHash('sha256').update(content).digest('base64');
    assert.ok(policy.includes(`${tag}-src 'sha256-${hash}'`), tag);
  }
  assert.match(policy, /^default-src 'none'/);
  assert.doesNotMatch(page, /(?:src|href)="(?:https?:)?\/\/|style="|onclick=/);
});

test('a study’s scores, curves and findings are on the page, and simulated rows are named first', async () => {
  const own = createApp({ model: { ...artefact, report: exampleReport() }, now: () => new Date() });
  const page = await (await own.request('/')).text();
  const report = exampleReport();
  for (const { code } of report.audit) assert.ok(page.includes(code));
  assert.match(page, /role="img" aria-label="Calibration: /);
  assert.match(page, /<body><p class="banner"><strong>SIMULATED/);
});
