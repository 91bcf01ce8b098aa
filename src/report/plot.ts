/** Shows a figure in a notebook: interactive in JupyterLab, in a page made by nbconvert, and after reopening, with no network. */
import { display, type MimeBundle } from '../display.js';
import type { JsonObject } from '../json.js';
import { print } from '../table/print.js';
import type { Figure } from './figure.js';
import { placeFigure } from './figure-html.js';
import { html, trustedHtml } from './html.js';
import { DRAW } from './plotly-loader.js';
import { stillPicture } from './still/still.js';
import { svgAddress } from './still/svg.js';
import { axis, CONFIG, plotText, SERIES, layout as themed } from './theme.js';

/** A figure made on the spot: any of plotly's traces; what is left out follows the house's theme. */
export interface QuickFigure {
  readonly data: readonly object[];
  readonly layout?: object;
  readonly config?: object;
  /** What is seen, as one sentence. Plain text. */
  readonly title?: string;
  /** What a reader who cannot see the figure should know. Plain text; by default the title. */
  readonly alt?: string;
}

/**
 * Shows a figure now. The library is in no output: JupyterLab has it from `npm run lab`, and a page that nbconvert
 * makes beside the notebook finds it in the project's node_modules. Typed arrays are welcome; numbers are kept to six
 * significant digits. In plain Node the figure's title and words are printed.
 *
 * @example
 * plot({ data: [{ type: 'bar', x: ['May', 'June'], y: [0.07, 0.1] }], title: 'June sells better than May' });
 */
export function plot(figure: Figure | QuickFigure): void {
  const whole = wholeFigure(figure);
  display({ toMimeBundle: () => figureForms(whole), [print]: () => figureText(whole) });
}

/** The figure in the forms of a notebook's output, but for the text. */
export function figureForms(figure: Figure | QuickFigure): MimeBundle {
  const { data, layout, config, title, alt } = wholeFigure(figure);
  const still = stillPicture({ data, layout, alt });
  const place = placeFigure({ data, layout, config, title, alt }, `alambique-figure-${++shown}`, {
    ...(still !== undefined && { picture: svgAddress(still) }),
  });
  return {
    'application/vnd.plotly.v1+json': {
      data,
      // For viewers that draw the figure alone; our own shows the title as text above it.
      layout: { ...layout, ...(title !== '' && { title: titleInside(title) }) },
      config,
      alambique: { title, alt },
    },
    'text/html': html`${place}
<script>${trustedHtml(FIND_PLOTLY)}${trustedHtml(DRAW)}</script>`.text,
  };
}

/** The figure in words. */
export function figureText(figure: Figure | QuickFigure): string {
  const { title, alt } = wholeFigure(figure);
  return title === '' || title === alt ? `Figure: ${alt}` : `Figure: ${title}\n${alt}`;
}

let shown = 0;

function wholeFigure(figure: Figure | QuickFigure): Figure {
  const { data, layout, config } = JSON.parse(
    JSON.stringify({ data: figure.data, layout: figure.layout ?? {}, config: figure.config }, plain),
  ) as Figure;
  const title = figure.title ?? '';
  return {
    data,
    layout: themed({ height: 360, colorway: SERIES, ...withAxes(layout) }),
    config: config ?? CONFIG,
    title,
    alt: figure.alt ?? (title || `A figure of ${figure.data.length} series.`),
  };
}

function titleInside(title: string): JsonObject {
  // On one line: plotly makes room for one only. A long one is smaller, so that it fits.
  const font = { size: Math.max(9, Math.min(15, Math.floor(1200 / title.length))) };
  const top = { y: 1, yanchor: 'top', yref: 'container', pad: { t: 4, b: 4 } };
  return { text: plotText(title), x: 0, xanchor: 'left', ...top, automargin: true, font };
}

/** Every axis in the house's look; what the figure says of an axis itself stays. */
function withAxes(layout: JsonObject): JsonObject {
  const own = Object.entries(layout).filter(([name]) => /^[xy]axis\d*$/.test(name));
  const axes = own.map(([name, given]) => [name, axis(given as JsonObject)] as const);
  return { xaxis: axis(), yaxis: axis(), ...layout, ...Object.fromEntries(axes) };
}

/** Makes what plotly takes but JSON does not: typed arrays become lists, NaN a gap; digits nobody sees go. */
function plain(_key: string, value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>);
  return typeof value === 'number' ? Number(value.toPrecision(6)) : value;
}

// A page stands anywhere in the project: the library is looked for from its folder upwards.
const FIND_PLOTLY = `
window.alambiquePlotly ??= (async () => {
  if (window.Plotly) return window.Plotly;
  for (let up = '', tries = 0; tries < 6; up += '../', tries++) {
    const found = await new Promise((resolve) => {
      const script = document.createElement('script');
      script.src = up + 'node_modules/plotly.js-dist/plotly.js';
      script.onload = () => resolve(window.Plotly);
      script.onerror = () => resolve(undefined);
      document.head.append(script);
    });
    if (found) return found;
  }
})();
`;
