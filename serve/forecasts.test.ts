/** A service that forecasts: one series or a list, orders that are kept and decided again, and a page. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { forecastOf, orderOf, seriesAt } from '../src/forecast/study/answers.js';
import { readForecastArtefact } from '../src/forecast/study/forecast-artefact.js';
import { readArtefact } from '../src/study/artefact.js';
import { smallArtefact } from '../src/testing/small-artefact.js';
import { smallForecasts } from '../src/testing/small-forecasts.js';
import { createService } from './app.js';
import { openAuditLog } from './audit-log.js';
import { exampleQuestion } from './forecast-api.js';

const kept = readForecastArtefact(smallForecasts());
const now = (): Date => new Date('2026-11-28T07:00:00Z');
const { app } = createService({ forecasts: [kept], now });
const headers = { 'content-type': 'application/json' };

async function post(path: string, body: unknown, to = app): Promise<{ status: number; body: Answer }> {
  const answer = await to.request(path, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: answer.status, body: (await answer.json()) as Answer };
}

interface Answer {
  readonly [field: string]: unknown;
  readonly detail?: string;
  readonly errors?: readonly { pointer: string; code: string }[];
  readonly answers?: readonly Answer[];
}

test('the forecast of a series is the same by body, by address, in a list and in the kept files', async () => {
  const series = seriesAt(kept, ['2', 'green']);
  const own = JSON.parse(JSON.stringify(forecastOf(kept, series)));
  const key = { shop: '2', tea: 'green' };
  const one = await post('/forecast', key);
  assert.equal(one.status, 200);
  const { mean, q05, q25, q50, q75, q95, model, series: said } = one.body;
  assert.deepEqual({ mean, q05, q25, q50, q75, q95 }, own);
  assert.deepEqual([said, model], [key, `tea-stock@${kept.version}`]);
  assert.deepEqual([one.body.knownThrough, kept.periods[0]], ['2025-12-22', '2025-12-29']);
  const typed = await app.request('/studies/tea-stock/forecast?shop=2&tea=green');
  assert.deepEqual(await typed.json(), one.body);
  const { model: _, ...single } = one.body;
  const many = await post('/forecast', { rows: [{ shop: 2, tea: 'green' }] });
  assert.deepEqual(many.body.answers, [single]);
});

test('an order is the one that the rule decides, is kept in the log, and is decided again to the bit', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'alambique-serve-'));
  const auditLog = await openAuditLog(['tea-stock'], { folderOf: () => folder, now, onFull: 'stop' });
  t.after(async () => {
    await auditLog.close();
    rmSync(folder, { recursive: true });
  });
  const logged = createService({ forecasts: [kept], now, auditLog }).app;
  const asked = { shop: '3', tea: 'black', onHand: 3, onOrder: [2] };
  const { status, body } = await post('/order', asked, logged);
  assert.equal(status, 200);
  const own = orderOf(kept, seriesAt(kept, ['3', 'black']), { onHand: 3, onOrder: [2] });
  assert.deepEqual([body.order, body.reason, body.expected], [own.order, own.reason, own.expected]);
  const again = await logged.request(`/predictions/${body.id}`);
  const record = (await again.json()) as Answer;
  assert.deepEqual(record.replay, { same: true, decision: `order ${own.order}` });
  assert.deepEqual(record.row, asked);
});

test('what is wrong with a question is said, all of it at once and nothing is answered', async () => {
  const unknown = await post('/order', { shop: '9', tea: 'green', onHand: 1 });
  assert.deepEqual(
    [unknown.status, unknown.body.detail],
    [404, 'No series of that "shop" and "tea" is forecast here.'],
  );
  const { status, body } = await post('/order', [
    { shop: '1', tea: 'green', onHand: 1 },
    { shop: '1', te: 'green', onHand: 'two', onOrder: [-1] },
    5,
  ]);
  assert.equal(status, 422);
  assert.deepEqual(
    body.errors!.map(({ pointer, code }) => `${pointer} ${code}`),
    [
      '/1/te forecast-unknown-field',
      '/1/tea forecast-missing-key',
      '/1/onHand forecast-bad-stock',
      '/1/onOrder forecast-bad-stock',
      '/2 forecast-not-an-object',
    ],
  );
  assert.equal((await post('/order', { shop: '1', tea: 'green' })).status, 422);
  const huge = { shop: '1', tea: 'green', onHand: 0, onOrder: [1e308, 1e308] };
  assert.equal((await post('/order', huge)).status, 422);
  const many = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`x${i}`, i]));
  assert.ok(
    (await post('/order', { shop: '1', tea: 'green', onHand: 1, ...many })).body.errors!.length <= 100,
  );
  assert.equal((await post('/order', [])).status, 200);
  const broken = await app.request('/order', { method: 'POST', headers, body: '{' });
  assert.equal(broken.status, 400);
});

test('a study that forecasts is not asked for rows, nor one of rows for forecasts', async () => {
  const model = readArtefact(smallArtefact({ rows: 600 }));
  const both = createService({ model, forecasts: [kept], now }).app;
  const rows = await post('/studies/tea-stock/predict', {}, both);
  assert.deepEqual(
    [rows.status, rows.body.detail],
    [404, 'This study forecasts; it is asked at its "/forecast" and "/order".'],
  );
  assert.equal((await post('/forecast', {}, both)).status, 404);
  assert.equal((await post('/predict', model.golden.rows[0], both)).status, 200);
  assert.equal((await post('/studies/tea-stock/order', exampleQuestion(kept), both)).status, 200);
  const ready = (await (await both.request('/readyz')).json()) as { models: { model: string }[] };
  assert.deepEqual(
    ready.models.map((one) => one.model.replace(/@.*/, '')),
    [model.study, 'tea-stock'],
  );
});

test('the page draws a series and the cost of each order, and says what it does not know', async () => {
  const page = await (await app.request('/?shop=1&tea=black&onHand=2&onOrder=1+0')).text();
  assert.match(page, /<h2>Order \d+<\/h2>/);
  assert.equal(page.match(/<svg class='chart'/g)?.length, 2);
  assert.match(await (await app.request('/')).text(), /<h2>Order/);
  assert.match(await (await app.request('/?shop=7&tea=x')).text(), /No such series is forecast here/);
  assert.match(await (await app.request('/?shop=1&tea=black&onHand=x')).text(), /The stock is a number/);
});

test('every question that the document shows is answered', async () => {
  const document = (await (await app.request('/openapi.json')).json()) as {
    paths: Record<string, { post?: { requestBody: { content: Record<string, { examples: object }> } } }>;
  };
  let asked = 0;
  for (const [path, { post: operation }] of Object.entries(document.paths)) {
    const examples = Object.values(operation?.requestBody.content['application/json']?.examples ?? {});
    for (const { value } of examples as { value: unknown }[]) {
      assert.equal((await post(path, value)).status, 200, path);
      asked++;
    }
  }
  assert.equal(asked, 4);
  assert.equal((await app.request('/docs')).status, 200);
  assert.equal((await app.request('/livez')).status, 200);
  assert.match(await (await app.request('/metrics')).text(), /study="tea-stock"/);
});
