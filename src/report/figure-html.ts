/** Writes a figure as HTML: its title, its place, the words that stand in for it, and its data. */
import type { Figure } from './figure.js';
import { type Html, html, jsonForScript } from './html.js';

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
