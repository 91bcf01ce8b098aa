/** Writes HTML in which every value is escaped: the only way that text gets into a page. */

/** HTML that may stand in a page as it is. Made by the `html` tag, or by `trustedHtml` for our own text. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

/** What may be put into a template: text and numbers are escaped, `Html` is not; false and nothing leave nothing. */
export type HtmlValue = Html | string | number | false | null | undefined | readonly HtmlValue[];

/**
 * A template tag: html`<td>${name}</td>`. Escapes what is put in, also for use inside double-quoted attributes.
 *
 * @example
 * String(html`<b>${'a < b'}</b>`) // '<b>a &lt; b</b>'
 */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return new Html(strings.map((part, i) => part + textOf(values[i])).join(''));
}

/** Our own constant HTML, CSS or script; never for text that came from data. */
export function trustedHtml(text: string): Html {
  return new Html(text);
}

/** Text as HTML shows it literally. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** Text in which `names` between back-ticks are shown as code. */
export function withCode(text: string): Html {
  const parts = text.split('`');
  if (parts.length % 2 === 0) return html`${text}`;
  return html`${parts.map((part, i) => (i % 2 === 1 ? html`<code>${part}</code>` : part))}`;
}

/** JSON for a `<script type="application/json">`: nothing in it can end the element or open a comment. */
export function jsonForScript(value: unknown): Html {
  return new Html(JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e'));
}

function textOf(value: HtmlValue): string {
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map(textOf).join('');
  return escapeHtml(String(value));
}
