/** Bits of SVG: numbers without digits nobody sees, text that is escaped, and the picture as an address. */

/** A coordinate to a tenth of a pixel. */
export function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** Text as SVG shows it literally, also in single-quoted attributes. */
export function escapeSvg(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll("'", '&#39;');
}

/** A text at a place; `anchor` says which end stands there. */
export function svgText(
  text: string,
  at: {
    x: number;
    y: number;
    anchor?: 'start' | 'middle' | 'end';
    fill: string;
    turned?: boolean;
    size?: number;
  },
): string {
  const { anchor = 'start', fill, size } = at;
  const place = at.turned
    ? `transform='translate(${px(at.x)} ${px(at.y)}) rotate(-90)'`
    : `x='${px(at.x)}' y='${px(at.y)}'`;
  const sized = size === undefined ? '' : ` font-size='${size}'`;
  const anchored = anchor === 'start' ? '' : ` text-anchor='${anchor}'`;
  return `<text ${place} fill='${escapeSvg(fill)}'${anchored}${sized}>${escapeSvg(text)}</text>`;
}

/** About how wide a text of this size is drawn, in pixels: fonts differ from machine to machine. */
export function textWidth(text: string, size = 12): number {
  return text.length * size * 0.56;
}

/** An SVG as the address of an image, readable in a diff. */
export function svgAddress(svg: string): string {
  return `data:image/svg+xml,${encodeURIComponent(svg).replace(/%(20|2C|2F|3A|3B|3D)/g, decodeURIComponent)}`;
}
