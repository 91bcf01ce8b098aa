/** The frame of every page of the service: head, style, banner; the body is given. */
import { createHash } from 'node:crypto';
import { type Html, html, PAGE_STYLE, trustedHtml } from '../../src/serving.js';
import { SERVICE_STYLE } from './style.js';

/** What a page is made of. */
export interface PageParts {
  readonly title: string;
  readonly body: Html;
  /** Our own script, which runs after the body. */
  readonly script?: string;
  /** True where the model was made from simulated rows: the page says so first. */
  readonly simulated?: boolean;
}

const style = PAGE_STYLE + SERVICE_STYLE;

/** The page as HTML. */
export function pageOf({ title, body, script, simulated }: PageParts): string {
  return `<!doctype html>\n${html`<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><link rel="icon" href="data:,"><style>${trustedHtml(style)}</style></head>
<body>${simulated && html`<p class="banner"><strong>SIMULATED.</strong> The rows were made by a generator and describe nobody.</p>`}
${body}
${script !== undefined && html`<script>${trustedHtml(script)}</script>`}
</body></html>`}\n`;
}

/** What a browser may load and run on a page with that script: what stands in it, by hash, and nothing else. */
export function contentSecurityPolicy(script?: string): string {
  const allowed = script === undefined ? "'none'" : `'sha256-${hash(script)}'`;
  return `default-src 'none'; script-src ${allowed}; style-src 'sha256-${hash(style)}'; img-src data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
