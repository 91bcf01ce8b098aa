/** The page of a study that forecasts: a series with its chart, its order, and what each order would cost. It needs no script. */
import {
  type ArticleOrder,
  fanChart,
  type Html,
  html,
  isForecast,
  type KeptForecasts,
  orderCosts,
  orderOf,
  seriesAt,
  shortNumber,
  trustedHtml,
} from '../../src/serving.js';
import { exampleQuestion } from '../forecast-api.js';
import { forecastsOf, keyOf } from '../forecasts.js';
import { page, type Reply } from '../reply.js';
import type { Call } from '../router.js';
import { costCurve } from './cost-curve.js';
import { contentSecurityPolicy, pageOf } from './layout.js';

const policy = contentSecurityPolicy();

/** The page with the series that is expected to sell most, or with the one of its form. */
export function forecastPage(call: Call): Reply {
  const kept = forecastsOf(call);
  const query = new URLSearchParams(call.request.query);
  const entered = query.size > 0 ? Object.fromEntries(query) : textsOf(exampleQuestion(kept));
  const series = seriesAt(
    kept,
    kept.names.map((name) => entered[name] ?? ''),
  );
  const known = series >= 0 && isForecast(kept, series);
  const body = html`<header><p class="kicker">${kept.study}</p><h1>${kept.title}</h1>
<p class="question">${kept.question}</p></header>
<main>${form(kept, entered)}
${known ? answerOf(kept, series, entered) : html`<p role="alert">${series < 0 ? 'No such series is forecast here.' : 'Nothing is known of this series yet.'}</p>`}
<details><summary>What is known of these forecasts</summary><pre>${kept.card}</pre></details></main>
<footer><p>Forecast from ${kept.past.periods.at(-1) ?? 'the end of the data'} on. <a href="/studies/${kept.study}/docs">How to ask the service</a></p></footer>`;
  return page(pageOf({ title: kept.title, body, simulated: kept.manifest.data.simulated }), policy);
}

function textsOf(question: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(question).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(' ') : String(value),
    ]),
  );
}

function form(kept: KeptForecasts, entered: Readonly<Record<string, string>>): Html {
  const { names, keys, orders, study } = kept;
  const fields = names.map((name, place) => {
    const levels = [...new Set(keys.map((key) => key[place]!))];
    return html`<div class="field"><label for="field-${name}">${name}</label><input id="field-${name}" name="${name}" value="${entered[name] ?? ''}" list="list-${name}" autocomplete="off">
<datalist id="list-${name}">${levels.slice(0, 2000).map((level) => html`<option value="${level}"></option>`)}</datalist></div>`;
  });
  const stock = html`<div class="field"><label for="onHand">On hand</label><input id="onHand" name="onHand" type="number" step="any" value="${entered.onHand ?? '0'}"></div>
<div class="field"><label for="onOrder">On the way</label><small id="onOrder-hint">what arrives in the next period, in the one after it …</small><input id="onOrder" name="onOrder" value="${entered.onOrder ?? ''}" aria-describedby="onOrder-hint"></div>`;
  return html`<form method="get" action="/studies/${study}">${fields}${orders && stock}
<p><button type="submit">${orders ? 'Order' : 'Forecast'}</button></p></form>`;
}

function answerOf(kept: KeptForecasts, series: number, entered: Readonly<Record<string, string>>): Html {
  const key = Object.entries(keyOf(kept, series)).map(([name, value]) => `${name} ${value}`);
  const stock = stockOf(entered);
  const ordered = kept.orders && stock && orderOf(kept, series, stock);
  return html`<section id="answer">
${ordered && html`<h2>Order ${shortNumber(ordered.order)}</h2><p>${ordered.reason}</p>`}
${kept.orders && !stock && html`<p role="alert">The stock is a number, and what is on the way are numbers with blanks between.</p>`}
<figure><figcaption>${key.join(', ')}: ${kept.target.name}${kept.target.unit && html` in ${kept.target.unit}`}, and how it may go on</figcaption>
${trustedHtml(fanChart(kept, series))}<p class="small muted">The line is what is expected; half of all cases lie in the dark band, nine of ten in the pale one.</p></figure>
${ordered && stock && curveOf(kept, series, { stock, ordered })}</section>`;
}

/** The stock as it was typed; undefined where it is no stock. */
function stockOf({
  onHand = '0',
  onOrder = '',
}: Readonly<Record<string, string>>): { onHand: number; onOrder: number[] } | undefined {
  const units = onOrder
    .split(/[\s,;]+/)
    .filter((one) => one !== '')
    .map(Number);
  const stock = { onHand: Number(onHand), onOrder: units };
  return [stock.onHand, ...units].every(Number.isFinite) && units.every((one) => one >= 0)
    ? stock
    : undefined;
}

function curveOf(
  kept: KeptForecasts,
  series: number,
  { stock, ordered }: { stock: { onHand: number; onOrder: number[] }; ordered: ArticleOrder },
): Html | false {
  const most = Math.max(4, Math.ceil(2 * ordered.order), Math.ceil(ordered.high - ordered.onHand));
  const step = Math.max(1, Math.ceil(most / 60));
  const orders = Array.from({ length: Math.floor(most / step) + 1 }, (_, i) => i * step);
  const costs = orderCosts(kept, series, { ...stock, orders });
  return (
    costs !== undefined &&
    html`<figure><figcaption>What each order would cost on average</figcaption>${trustedHtml(costCurve(orders, costs, ordered.order))}</figure>`
  );
}
