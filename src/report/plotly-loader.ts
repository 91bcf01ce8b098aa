/** Puts plotly into a page, packed inside it; nothing is fetched. */
import { gzipSync } from 'node:zlib';
import { type Html, html, trustedHtml } from './html.js';

/**
 * The element that brings plotly, from the text of `plotly.js`. It sets `window.alambiquePlotly` to a promise of the library.
 * A source of 10 MB is gzipped and written in base64, 2.6 MB; the browser's own `DecompressionStream` unpacks it.
 */
export function plotlyLoader(source: string): Html {
  const packed = gzipSync(source, { level: 9 }).toString('base64');
  return html`<script type="text/plain" id="alambique-plotly">${trustedHtml(packed)}</script>
<script>${trustedHtml(UNPACK)}</script>`;
}

const UNPACK = `
window.alambiquePlotly ??= (async () => {
  const packed = document.getElementById('alambique-plotly').textContent;
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  const script = document.createElement('script');
  script.textContent = await new Response(unpacked).text();
  document.head.append(script);
  return window.Plotly;
})();
`;

/**
 * Draws every figure of the page that is not drawn yet. Where that fails, or in a browser without scripts, the words
 * that stand in for each figure stay. Paper gets figures of its own width (A4), so that none is cut.
 */
export const DRAW: string = `
(async () => {
  const places = [...document.querySelectorAll('[data-alambique-figure]:not([data-drawn])')];
  for (const place of places) place.dataset.drawn = 'soon';
  let Plotly;
  try {
    Plotly = await (window.alambiquePlotly ?? Promise.resolve(window.Plotly));
    if (!Plotly) throw new Error('plotly is not on this page');
  } catch (error) {
    document.documentElement.classList.add('figures-failed');
    for (const place of places) place.removeAttribute('data-drawn');
    console.warn(error);
    return;
  }
  const draw = (place) => {
    if (place.dataset.drawn !== 'soon') return;
    const { data, layout, config } = JSON.parse(place.nextElementSibling.textContent);
    place.dataset.drawn = 'yes';
    place.style.minHeight = layout.height + 'px';
    place.textContent = '';
    return Plotly.newPlot(place, data, layout, config);
  };
  const folded = (place) => place.closest('details:not([open])');
  for (const place of places) if (!folded(place)) await draw(place);
  // What is folded has no width to be drawn in: it is drawn when it is opened, which paper does.
  for (const details of document.querySelectorAll('details')) {
    details.addEventListener('toggle', () => {
      for (const place of places) if (!folded(place)) draw(place);
    });
  }
  addEventListener('beforeprint', () => {
    for (const details of document.querySelectorAll('details:not([open])')) {
      details.open = true;
      details.dataset.printed = 'yes';
    }
    for (const place of places) draw(place);
    for (const place of places) Plotly.relayout(place, { width: place.closest('.pair') ? 325 : 670 });
  });
  addEventListener('afterprint', () => {
    for (const details of document.querySelectorAll('details[data-printed]')) details.open = false;
    for (const place of places) Plotly.relayout(place, { width: null, autosize: true });
  });
})();
`;
