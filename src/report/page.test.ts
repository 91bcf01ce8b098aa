import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import type { StudyReport } from '../study/study-report.js';
import { exampleReport } from '../testing/example-report.js';
import { everyFigure } from './figures/every-figure.js';
import { reportPage } from './page.js';

const plotlySource = 'window.Plotly = { newPlot() {} }; // 100 % "<script>" </script> é';

function withNames(name: string): StudyReport {
  const report = exampleReport();
  return {
    ...report,
    study: { name, title: name, question: name, moment: name, target: name, task: 'yesNo', predicts: name },
    data: {
      ...report.data,
      name,
      columns: report.data.columns.map((column) => ({
        ...column,
        name,
        kind: name,
        unit: name,
        because: name,
      })),
    },
    audit: report.audit.map((row) => ({ ...row, columns: [name], what: name, remedy: name, waived: name })),
    price: report.price.map((row) => ({ ...row, suspect: name })),
    demonstrations: report.demonstrations.map((row) => ({ ...row, way: name, meaning: name })),
    protocols: report.protocols.map((row) => ({ ...row, meaning: name, rows: name })),
    whyTheyDiffer: name,
    leaderboard: report.leaderboard.map((row) => ({ ...row, name })),
    choice: { name, learner: name, why: name },
    policies: report.policies.map((row) => ({ ...row, name, words: name })),
    ablations: report.ablations.map((row) => ({ ...row, question: name, tried: name, against: name })),
    failures: [{ name, why: name }],
    program: name,
  };
}

test('the page needs nothing from outside: no address of another machine, no file but the card', () => {
  const page = reportPage(exampleReport(), { plotlySource });
  assert.doesNotMatch(page, /https?:|\bsrc=|@import|url\(/i);
  assert.deepEqual(
    [...page.matchAll(/href="([^"]*)"/g)].map(([, to]) => to).filter((to) => !to!.startsWith('#')),
    ['card.md'],
  );
});

test('the library in the page is the one that was given, byte for byte', () => {
  const page = reportPage(exampleReport(), { plotlySource });
  const packed = /id="alambique-plotly">([^<]*)</.exec(page)![1]!;
  assert.equal(gunzipSync(Buffer.from(packed, 'base64')).toString(), plotlySource);
});

test('nothing from the data becomes markup', () => {
  const scripts = (page: string): number => page.split('<script').length;
  const plain = reportPage(withNames('plain'), { plotlySource });
  const evil = reportPage(withNames('"><script>alert(1)</script><!--'), { plotlySource });
  assert.equal(scripts(evil), scripts(plain));
  assert.ok(!evil.includes('<script>alert'));
  assert.ok(!evil.includes('<!--'));
});

test('every figure of the report stands in the page with its title, its words and its data', () => {
  const report = exampleReport();
  const page = reportPage(report, { plotlySource });
  for (const [name] of everyFigure(report)) {
    const found = new RegExp(
      `<figcaption>[^<]+</figcaption>\\s*<div class="figure" id="figure-${name}" role="img" aria-label="[^"]+"[^>]*><p>[^<]+</p></div>\\s*<script type="application/json">([^<]+)</script>`,
    ).exec(page);
    assert.ok(found, name);
    assert.ok(JSON.parse(found[1]!).data.length > 0, name);
  }
  assert.equal(page.split('data-alambique-figure>').length - 1, everyFigure(report).size);
});

test('ids are unique and every link in the page has its section', () => {
  const page = reportPage(exampleReport(), { plotlySource });
  const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id!);
  assert.equal(new Set(ids).size, ids.length);
  for (const [, to] of page.matchAll(/href="#([^"]+)"/g)) assert.ok(ids.includes(to!), to);
});

test('SIMULATED is said first, and only where the rows were simulated', () => {
  const report = exampleReport();
  assert.doesNotMatch(reportPage(report, { plotlySource }), /simulated/i);
  const page = reportPage({ ...report, data: { ...report.data, simulated: true } }, { plotlySource });
  const body = page.slice(page.indexOf('<body>'));
  assert.match(body, /^<body>\s*<p class="banner" role="note"><strong>SIMULATED<\/strong>/);
  assert.match(page, /<title>SIMULATED: /);
});

test('the page is well-formed: every element that opens is closed in order', () => {
  const page = reportPage(exampleReport(), { plotlySource }).replaceAll(
    /<(script|style)\b[^>]*>.*?<\/\1>/gs,
    '',
  );
  const open: string[] = [];
  for (const [, slash, name] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*>/g)) {
    if (name === 'meta') continue;
    if (slash) assert.equal(open.pop(), name);
    else open.push(name!);
  }
  assert.deepEqual(open, []);
});

test('a report without demonstrations, policies, ablations or segments leaves those sections out', () => {
  const report = exampleReport();
  const page = reportPage(
    {
      ...report,
      data: { ...report.data, segments: [] },
      demonstrations: [],
      policies: [],
      ablations: [],
      price: [],
      audit: [],
    },
    { plotlySource },
  );
  assert.doesNotMatch(page, /and its price|By year/);
  for (const id of ['demonstrations', 'policies', 'ablations'])
    assert.ok(!page.includes(`id="${id}"`) && !page.includes(`href="#${id}"`), id);
  assert.match(page, /The audit found nothing/);
});

test('equal reports give equal pages', () => {
  assert.equal(reportPage(exampleReport(), { plotlySource }), reportPage(exampleReport(), { plotlySource }));
});

test('where the random split promises what the holdout rows keep, nothing is explained away', () => {
  const report = exampleReport();
  assert.match(reportPage(report, { plotlySource }), /not the number to expect/);
  const kept = report.leaderboard.map((row) => ({
    ...row,
    scores: { ...row.scores, 'stratified 5-fold': { AUC: report.holdout.scores[report.holdout.headline]! } },
  }));
  assert.doesNotMatch(
    reportPage({ ...report, leaderboard: kept }, { plotlySource }),
    /not the number to expect/,
  );
});

test('what was kept, and from which module and cells it came, stands in the chain of custody', () => {
  const kept = {
    version: '20261128T120000Z-0123456789abcdef',
    module: { path: 'src/studies/tea.ts', sha256: 'ab'.repeat(32) },
    cells: [{ notebook: 'notebooks/tea.ipynb', cell: 'candidates', sha256: 'cd'.repeat(32) }],
  };
  const page = reportPage(exampleReport(), { plotlySource, kept });
  for (const text of [`term-deposit@${kept.version}`, kept.module.path, kept.module.sha256, 'candidates'])
    assert.ok(page.includes(text), text);
  assert.doesNotMatch(reportPage(exampleReport(), { plotlySource }), /Kept as|Module|Notebook cells/);
});

test('the race stands in the page once: each candidate has its deciding score in one place', () => {
  const report = exampleReport();
  const page = reportPage(report, { plotlySource });
  const visible = page.replaceAll(/<(script|style)\b[^>]*>.*?<\/\1>/gs, '');
  const race = /<section id="race">.*?<\/section>/s.exec(visible)![0];
  const tables = [...race.matchAll(/<thead>.*?<\/thead>/gs)].map(([head]) => head);
  assert.equal(tables.length, report.protocols.length);
  assert.ok(tables.every((head) => !head.includes(`>${report.scores[0]!}<`)));
  assert.equal(race.split('id="figure-').length - 1, 1);
});

test('nothing that is folded is needed to read the answer, and every table and most figures are folded', () => {
  const page = reportPage(exampleReport(), { plotlySource });
  const unfolded = page
    .replaceAll(/<(script|style)\b[^>]*>.*?<\/\1>/gs, '')
    .replaceAll(/<details\b[^>]*>.*?<\/details>/gs, '');
  assert.match(unfolded, /AUC within each month, on held-out rows/);
  assert.match(unfolded, /What a shuffle would promise/);
  assert.equal(unfolded.split('<table>').length - 1, 2, 'the scores and the policies');
  assert.deepEqual(
    [...unfolded.matchAll(/id="figure-([a-z-]+)"/g)].map(([, name]) => name),
    ['within-segments', 'race', 'target-rate'],
  );
});

test('a suspect that adds nothing has no gain in the text, and classes have no cut-off or picks', () => {
  const report = exampleReport();
  const none = report.price.map((row) => ({ ...row, difference: { ...row.difference, low: -0.01 } }));
  const leakage = (one: StudyReport): string =>
    /<section id="leakage">.*?<\/section>/s.exec(reportPage(one, { plotlySource }))![0];
  assert.match(leakage(report), /What it would add to the AUC: duration \+\.171 \([^)]+\)/);
  assert.match(
    leakage({ ...report, price: none }),
    /Using duration, row order would change the score by no more than chance may\./,
  );
  assert.doesNotMatch(leakage({ ...report, price: none }), /would add/);
  assert.doesNotMatch(leakage({ ...report, price: [] }), /would add|Using/);
  const { curves: _, ...details } = report.holdout.details;
  const classes = {
    names: ['a', 'b'],
    confusion: [
      [3, 1],
      [0, 4],
    ],
  };
  const ofClasses = { ...report, holdout: { ...report.holdout, details: { ...details, classes } } };
  const heads = /<section id="policies">.*?<\/thead>/s.exec(reportPage(ofClasses, { plotlySource }))![0];
  assert.match(heads, /Right/);
  assert.doesNotMatch(heads, /Cut-off|Picks|Recall/);
});

test('every table can be scrolled by touch and key where the screen is narrow, and its edge says that there is more', () => {
  const page = reportPage(exampleReport(), { plotlySource });
  const tables = page.split('<table>').length - 1;
  const inside = /<div class="scroll" role="region" aria-label="[^"]+" tabindex="0"><table>/g;
  assert.equal([...page.matchAll(inside)].length, tables);
  assert.match(page, /\.scroll \{ overflow-x: auto;[^}]*linear-gradient/);
});

test('what the audit found is a sentence of plain English, whatever it found', () => {
  const report = exampleReport();
  const [leak, suspect] = report.audit;
  const said = (audit: StudyReport['audit']): string =>
    /<section id="leakage">.*?<p>(.*?)<\/p>/s
      .exec(reportPage({ ...report, audit, price: [] }, { plotlySource }))![1]!
      .trim();
  const looked =
    'The audit looked for anything in the rows that is not known yet when the prediction is made';
  assert.equal(said([]), `${looked}. The audit found nothing.`);
  assert.equal(said([leak!, suspect!]), `${looked}: it names duration as a leak, and it asks about rows.`);
  assert.equal(said([{ ...leak!, columns: ['a', 'b'] }]), `${looked}: it names a, b as leaks.`);
  const note = { ...suspect!, severity: 'note' as const };
  assert.equal(said([note]), `${looked}. It found no leak, and one thing worth knowing.`);
  assert.equal(said([note, note]), `${looked}. It found no leak, and 2 things worth knowing.`);
});

test('the first screen shows what is taken within each segment, without its pooled counterpart', () => {
  const report = exampleReport();
  const scores = Object.fromEntries(
    ['RMSE', 'MAE', 'R² within each shop', 'pooled R²', 'WAPE', 'pooled gain'].map((name) => [
      name,
      report.holdout.scores[report.holdout.headline]!,
    ]),
  );
  const { curves: _, ...details } = report.holdout.details;
  const page = reportPage(
    { ...report, policies: [], holdout: { ...report.holdout, headline: 'RMSE', scores, details } },
    { plotlySource },
  );
  const tiles = [.../<dl class="tiles">.*?<\/dl>/s.exec(page)![0].matchAll(/<dt>(.*?)<\/dt>/g)].map(
    ([, name]) => name,
  );
  assert.deepEqual(
    tiles.filter((name) => name !== 'What a shuffle would promise'),
    ['RMSE, on held-out rows', 'MAE', 'R² within each shop', 'WAPE'],
  );
});
