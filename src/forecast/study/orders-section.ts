/** The part of the report that says what orders would have cost: a table of policies, cost against service, and how often to learn anew. */
import { type Html, html, trustedHtml } from '../../report/html.js';
import { escapeSvg } from '../../report/still/svg.js';
import { shortNumber } from '../../table/print.js';
import { chartFrame } from './chart-frame.js';
import type { LivedOrders, LivedPolicy } from './lived-orders.js';

/** The section as HTML. */
export function ordersSection({ policies, cadence, from, to, series }: LivedOrders): Html {
  const [own] = policies;
  const saved = (one: LivedPolicy): string => `${(100 * (one.cost / own!.cost - 1)).toFixed(1)} %`;
  return html`<section><h2>What orders would have cost</h2>
<p>The periods from ${from} to ${to} lived through with ${series} articles, from a stock of a mean period on hand and on the way. Each order knows what was sold until then, and nothing later; the models were learned before the first. What was not there to sell counts as not asked for.</p>
<div class="scroll" tabindex="0"><table><thead><tr><th scope="col">orders</th><th scope="col" class="number">cost</th><th scope="col" class="number">more than the study’s</th><th scope="col" class="number">found what they asked for</th></tr></thead><tbody>
${policies.map((one, i) => html`<tr${i === 0 && html` class="chosen"`}><th scope="row">${one.name}</th><td class="number">${shortNumber(one.cost)}</td><td class="number">${i === 0 ? '' : saved(one)}</td><td class="number">${percent(one)}</td></tr>`)}</tbody></table></div>
<figure><figcaption>Cost against service: further right more customers find what they ask for, further down it costs less. The full dot is the study’s own way.</figcaption>${trustedHtml(serviceChart(policies))}</figure>
${
  cadence.length > 0 &&
  html`<h3>How often should it learn anew?</h3><p>The same orders, the model learned anew so often; between, new sales move its state.</p>
<div class="scroll" tabindex="0"><table class="square"><thead><tr><th scope="col">learned anew</th><th scope="col" class="number">times</th><th scope="col" class="number">cost</th><th scope="col" class="number">less than never</th></tr></thead><tbody>
${cadence.map((one) => html`<tr><th scope="row">${one.name}</th><td class="number">${one.fits}</td><td class="number">${shortNumber(one.cost)}</td><td class="number">${(100 * (1 - one.cost / cadence[0]!.cost)).toFixed(1)} %</td></tr>`)}</tbody></table></div>`
}</section>`;
}

/** The same as lines of Markdown, for the card. */
export function ordersInWords({ policies, cadence, from, to, series }: LivedOrders): string {
  const lines = policies.map((one) => `| ${one.name} | ${shortNumber(one.cost)} | ${percent(one)} |`);
  const often = cadence.map((one) => `| ${one.name} | ${one.fits} | ${shortNumber(one.cost)} |`);
  return `## What orders would have cost

From ${from} to ${to}, ${series} articles, every order knowing only what was sold before it:

| orders | cost | found what they asked for |
|---|---:|---:|
${lines.join('\n')}
${often.length > 0 ? `\nLearned anew so often, the same orders:\n\n| learned anew | times | cost |\n|---|---:|---:|\n${often.join('\n')}\n` : ''}`;
}

function percent({ fillRate }: LivedPolicy): string {
  return `${(100 * fillRate).toFixed(1)} %`;
}

/** A dot for each policy; hovering tells its name. */
function serviceChart(policies: readonly LivedPolicy[]): string {
  const rates = policies.map(({ fillRate }) => 100 * fillRate);
  const { x, y, grid, svg, colours } = chartFrame({
    x: [Math.min(...rates), Math.max(...rates)],
    y: [0, Math.max(...policies.map(({ cost }) => cost))],
    height: 260,
  });
  const dots = policies.map(({ name, cost }, i) => {
    const fill = i === 0 ? colours.blue : 'none';
    return `<circle cx='${x(rates[i]!)}' cy='${y(cost)}' r='5' fill='${fill}' stroke='${colours.blue}' stroke-width='1.8'><title>${escapeSvg(name)}</title></circle>`;
  });
  const words = policies.map((one) => `${one.name}: ${shortNumber(one.cost)} at ${percent(one)}`).join('; ');
  return svg(words, grid + dots.join(''));
}
