/** A small curve as inline SVG: the service draws its few figures itself, so that it needs no plotting library. */
import { type Html, html, type Point } from '../../src/serving.js';

/** What a curve shows; both axes run from 0 to 1. */
export interface CurveParts {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly points: readonly Point[];
  /** The curve in words, for who cannot see it. */
  readonly words: string;
  /** Draws each point. */
  readonly dots?: boolean;
}

const size = 260;
const left = 40;
const bottom = 40;
const side = size - left - 12;

/** The curve over the diagonal, which is what chance (or perfect calibration) gives. */
export function curveSvg({ title, x, y, points, words, dots = false }: CurveParts): Html {
  const px = (value: number): string => (left + value * side).toFixed(1);
  const py = (value: number): string => (size - bottom - value * side).toFixed(1);
  const ticks = [0, 0.5, 1];
  return html`<figure><figcaption>${title}</figcaption>
<svg viewBox="0 0 ${size} ${size}" role="img" aria-label="${words}" width="100%" class="curve">
<g stroke="#d9dee5" fill="none">${ticks.map((tick) => html`<path d="M${px(tick)} ${py(0)}V${py(1)}M${px(0)} ${py(tick)}H${px(1)}"/>`)}
<path d="M${px(0)} ${py(0)}L${px(1)} ${py(1)}" stroke="#8a93a0" stroke-dasharray="4 3"/></g>
<polyline fill="none" stroke="#1f5fa8" stroke-width="2" points="${points.map(([a, b]) => `${px(a)},${py(b)}`).join(' ')}"/>
${dots && points.map(([a, b]) => html`<circle cx="${px(a)}" cy="${py(b)}" r="3" fill="#1f5fa8"/>`)}
<g font-size="11" fill="#4a5563">${ticks.map((tick) => html`<text x="${px(tick)}" y="${size - bottom + 14}" text-anchor="middle">${tick}</text><text x="${left - 6}" y="${Number(py(tick)) + 4}" text-anchor="end">${tick}</text>`)}
<text x="${left + side / 2}" y="${size - 6}" text-anchor="middle">${x}</text>
<text transform="translate(11 ${size - bottom - side / 2}) rotate(-90)" text-anchor="middle">${y}</text></g></svg></figure>`;
}
