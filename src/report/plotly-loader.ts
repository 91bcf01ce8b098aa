/** Puts plotly into a page: packed inside it, or by address, or as already there; nothing else is fetched. */
import { gzipSync } from 'node:zlib';
import { type Html, html, jsonForScript, trustedHtml } from './html.js';

/**
 * Where plotly comes from: the text of `plotly.js`, which is packed into the page; the address of a copy that the
 * same server gives out; or 'loaded' where an earlier `figureHtml` or page brought it.
 */
export type PlotlyFrom = { readonly source: string } | { readonly url: string } | 'loaded';

/**
 * The element that brings plotly. It sets `window.alambiquePlotly` to a promise of the library, once per page.
 * A source of 10 MB is gzipped and written in base64, 2.6 MB; the browser's own `DecompressionStream` unpacks it.
 */
export function plotlyLoader(from: PlotlyFrom): Html {
  if (from === 'loaded') return trustedHtml('');
  if ('url' in from) return trustedHtml(`<script>${fetchScript(jsonForScript(from.url).text)}</script>`);
  const packed = gzipSync(from.source, { level: 9 }).toString('base64');
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

function fetchScript(url: string): string {
  return `
window.alambiquePlotly ??= new Promise((resolve, reject) => {
  const script = document.createElement('script');
  script.src = ${url};
  script.onload = () => resolve(window.Plotly);
  script.onerror = () => reject(new Error('plotly.js was not found'));
  document.head.append(script);
});
`;
}

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
  for (const place of places) {
    const { data, layout, config } = JSON.parse(place.nextElementSibling.textContent);
    place.style.minHeight = layout.height + 'px';
    place.textContent = '';
    await Plotly.newPlot(place, data, layout, config);
    place.dataset.drawn = 'yes';
  }
  addEventListener('beforeprint', () => {
    for (const place of places) Plotly.relayout(place, { width: place.closest('.pair') ? 325 : 670 });
  });
  addEventListener('afterprint', () => {
    for (const place of places) Plotly.relayout(place, { width: null, autosize: true });
  });
})();
`;
