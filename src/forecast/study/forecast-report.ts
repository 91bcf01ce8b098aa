/** The report of forecasts as a page: the answer, the race, the series that went best and worst, and the card. */
import { join } from 'node:path';
import { type Html, html, trustedHtml } from '../../report/html.js';
import { PAGE_STYLE } from '../../report/page-style.js';
import { shortNumber } from '../../table/print.js';
import { writeFileAtomically } from '../../write-atomically.js';
import type { ForecastRace } from '../accuracy/forecast-race.js';
import { describeOrigins } from '../accuracy/rolling-origin.js';
import type { Panel } from '../panel/panel.js';
import { forecastOf, isForecast } from './answers.js';
import { fanChart } from './fan-chart.js';
import { shortPastText } from './forecast-card.js';
import type { KeptForecasts } from './kept-forecasts.js';
import { ordersSection } from './orders-section.js';
import type { ForecastRun } from './run-forecast-study.js';

/** Writes `index.html` and `card.md` into the folder; the page's path. */
export function writeForecastReport(
  kept: KeptForecasts,
  { run, panel, folder }: { run: Omit<ForecastRun, 'parts'>; panel: Panel; folder: string },
): string {
  const page = join(folder, 'index.html');
  writeFileAtomically(page, forecastReport(kept, run, panel));
  writeFileAtomically(join(folder, 'card.md'), kept.card);
  return page;
}

/** How many series of each kind are drawn. */
const drawn = 3;

function forecastReport(
  kept: KeptForecasts,
  { race, lived, short }: Omit<ForecastRun, 'parts'>,
  panel: Panel,
): string {
  const { title, question, target, periods, keys, manifest } = kept;
  const [first] = race.rows;
  const [metric] = race.metrics;
  const baseline = race.rows.find(({ name }) => name.startsWith('naive')) ?? race.rows.at(-1)!;
  const best = first!.scores[metric!.name]!;
  const naive = baseline.scores[metric!.name]!;
  const total = keys.reduce(
    (sum, _, i) => sum + (isForecast(kept, i) ? kept.means[i * periods.length]! : 0),
    0,
  );
  const groups = chartGroups(kept, panel);
  const body = html`<header><p class="kicker">${kept.study}</p><h1>${title}</h1><p class="question">${question}</p></header>
<main><section class="answer"><dl class="tiles">
<div><dt>Expected in the first period, all ${keys.length} series (${target.unit ?? target.name})</dt><dd class="big led">${shortNumber(total)}</dd></div>
<div><dt>${metric!.name} of ${first!.name}</dt><dd class="big">${best.value.toFixed(3)}</dd><dd class="small">${best.low.toFixed(3)} to ${best.high.toFixed(3)}</dd></div>
<div><dt>${metric!.name} of ${baseline.name}, for comparison</dt><dd class="big">${naive.value.toFixed(3)}</dd></div></dl>
<p>Forecast: ${periods[0]} to ${periods.at(-1)}. ${manifest.why}.</p></section>
<section><h2>Who forecasts best</h2><p>The scores are measured ${describeOrigins(race.protocol)}. No candidate had seen the periods it is judged on.</p>${raceTable(race)}
${race.failures.map(({ why }) => html`<p>${why}</p>`)}</section>
<section><h2>Which series are hard</h2>${segmentTable(race)}</section>
${lived && ordersSection(lived)}
${short.length > 0 && html`<section><h2>Series of which too little is known</h2><ul>${short.map((one) => html`<li>${shortPastText(one, keys)}</li>`)}</ul></section>`}
<section><h2>How series may go on</h2><p class="small muted">The line is what is expected; half of all cases lie in the dark band, nine of ten in the pale one.</p>
${groups.map(({ heading, series }) => html`<h3>${heading}</h3>${series.map((i) => html`<figure><figcaption>${keyText(kept, i)}</figcaption>${trustedHtml(fanChart(kept, i))}</figure>`)}`)}</section>
<section><details><summary>The card: all of this in words, with the data’s hash</summary><pre>${kept.card}</pre></details></section></main>
<footer><p>${kept.study}@${kept.version}, by ${manifest.program}.</p></footer>`;
  return `<!doctype html>\n${html`<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><link rel="icon" href="data:,"><style>${trustedHtml(`${PAGE_STYLE}\nsvg.chart { display: block; width: 100%; height: auto; }\npre { white-space: pre-wrap; }`)}</style></head>
<body>${manifest.data.simulated && html`<p class="banner"><strong>SIMULATED.</strong> The sales were made by a generator and describe no shop.</p>`}${body}</body></html>`}\n`;
}

function raceTable(race: ForecastRace): Html {
  const names = race.metrics.map(({ name }) => name);
  return html`<div class="scroll" tabindex="0"><table><thead><tr><th scope="col">candidate</th>${names.map((name) => html`<th scope="col" class="number">${name}</th>`)}</tr></thead><tbody>
${race.rows.map(
  ({ name, scores }, i) =>
    html`<tr${i === 0 && html` class="chosen"`}><th scope="row">${name}</th>${names.map((metric) => {
      const { value, low, high } = scores[metric]!;
      return html`<td class="number">${value.toFixed(3)} <span class="muted">(${low.toFixed(3)}–${high.toFixed(3)})</span></td>`;
    })}</tr>`,
)}</tbody></table></div>`;
}

function segmentTable(race: ForecastRace): Html {
  const [metric] = race.metrics;
  const best = race.rows[0]!.name;
  const rows = race.bySegment(best).filter(({ series }) => series > 0);
  return html`<p>${metric!.name} of ${best}, by how series sell: regularly or with gaps, in like or in unlike amounts.</p>
<div class="scroll" tabindex="0"><table class="square"><thead><tr><th scope="col">series that are</th><th scope="col" class="number">how many</th><th scope="col" class="number">${metric!.name}</th></tr></thead><tbody>
${rows.map(({ segment, series, value }) => html`<tr><th scope="row">${segment}</th><td class="number">${series}</td><td class="number">${Number.isNaN(value) ? '–' : value.toFixed(3)}</td></tr>`)}</tbody></table></div>`;
}

/** The series that sell most, and those whose next periods are least certain for what they sell. */
function chartGroups(kept: KeptForecasts, panel: Panel): { heading: string; series: number[] }[] {
  const known = panel.series.map((_, i) => i).filter((i) => isForecast(kept, i));
  const told = new Map(known.map((i) => [i, forecastOf(kept, i)]));
  const expected = (i: number): number => told.get(i)!.mean.reduce((sum, value) => sum + value, 0);
  const doubt = (i: number): number => {
    const { q05, q95 } = told.get(i)!;
    const spread = q95.reduce((sum, high, step) => sum + high - q05[step]!, 0);
    return spread / Math.max(1, expected(i));
  };
  const most = [...known].sort((a, b) => expected(b) - expected(a) || a - b).slice(0, drawn);
  const median = expected([...known].sort((a, b) => expected(a) - expected(b))[known.length >> 1] ?? 0);
  const selling = known.filter((i) => expected(i) >= median && !most.includes(i));
  const byDoubt = [...selling].sort((a, b) => doubt(a) - doubt(b) || a - b);
  return [
    { heading: 'Those that sell most', series: most },
    { heading: 'Of those that sell, the surest', series: byDoubt.slice(0, drawn) },
    { heading: 'Of those that sell, the least sure', series: byDoubt.slice(drawn).slice(-drawn).reverse() },
  ].filter(({ series }) => series.length > 0);
}

function keyText({ names, keys }: KeptForecasts, series: number): string {
  return names.length === 0 ? 'The series' : names.map((name, i) => `${name} ${keys[series]![i]}`).join(', ');
}
