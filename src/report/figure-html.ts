/** Writes a figure as HTML: its title, its place, the words that stand in for it, and its data. */
import type { Figure } from './figure.js';
import { type Html, html, jsonForScript, trustedHtml } from './html.js';
import { DRAW, type PlotlyFrom, plotlyLoader } from './plotly-loader.js';

/**
 * One figure that draws itself, for a notebook's cell or a page of its own; a string of HTML. `id` must be unique in
 * the page. The first figure brings plotly; the others may say 'loaded'.
 */
export function figureHtml(figure: Figure, options: { id: string; plotly: PlotlyFrom }): string {
  return html`${plotlyLoader(options.plotly)}
${placeFigure(figure, options.id)}
<script>${trustedHtml(DRAW)}</script>`.text;
}

/**
 * The figure's place in a page whose own script draws all of them; `square` ones stay narrow on a wide screen. Until
 * it is drawn its words stand there, or the `picture` at this address.
 */
export function placeFigure(
  figure: Figure,
  id: string,
  options: { square?: boolean; picture?: string } = {},
): Html {
  const { data, layout, config, title, alt } = figure;
  const instead = options.picture ? html`<img alt="${alt}" src="${options.picture}">` : html`<p>${alt}</p>`;
  return html`<figure class="${options.square ? 'square' : ''}">
<figcaption>${title}</figcaption>
<div class="figure" id="${id}" role="img" aria-label="${alt}" data-alambique-figure>${instead}</div>
<script type="application/json">${jsonForScript({ data, layout, config })}</script>
</figure>`;
}
