/** `/docs`: the OpenAPI document as a page that a person can read, with calls that can be pasted; no script, no CDN. */
import { type Html, html, type Json, type JsonObject } from '../src/serving.js';
import { pageOf } from './page/layout.js';

/** The page for a document of `openApi`, as seen from `origin` ("http://127.0.0.1:3000"). */
export function docsPage(document: JsonObject, origin: string): string {
  const { info, paths } = document as unknown as {
    info: { title: string; description: string };
    paths: Record<string, Record<string, Operation>>;
  };
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      path,
      method: method.toUpperCase(),
      ...operation,
    })),
  );
  const tags = [...new Set(all.map(({ tags: [tag] }) => tag!))];
  const body = html`
<header><p class="kicker"><a href="/">${info.title}</a></p><h1>How to ask the service</h1>
<p class="question">${info.description}</p>
<p>The same as data: <a href="openapi.json">openapi.json</a> (OpenAPI 3.1). Whatever is refused is answered as <code>application/problem+json</code> (RFC 9457), all that is wrong at once.</p></header>
<main>${tags.map(
    (tag) => html`<section><h2>${tag}</h2>
${all.filter(({ tags: [own] }) => own === tag).map((operation) => section(operation, origin))}</section>`,
  )}</main>`;
  return pageOf({ title: `${info.title}: how to ask`, body });
}

interface Operation {
  readonly summary: string;
  readonly tags: readonly string[];
  readonly parameters?: readonly { name: string; in: string; description?: string; example?: Json }[];
  readonly requestBody?: { content: Record<string, { examples?: Record<string, { value: Json }> }> };
  readonly responses: Record<string, unknown>;
  readonly 'x-alias-of'?: string;
}

function section(operation: Operation & { path: string; method: string }, origin: string): Html {
  const { method, path, summary, parameters = [], requestBody, responses } = operation;
  const statuses = html`<p class="small muted">Answers ${Object.keys(responses).join(', ')}.</p>`;
  if (operation['x-alias-of'] !== undefined)
    return html`<h3><code>${method} ${path}</code></h3><p>${summary}</p>${statuses}`;
  const examples = Object.entries(requestBody?.content['application/json']?.examples ?? {});
  const given = parameters.filter(({ example }) => example !== undefined);
  const asked = given.filter((parameter) => parameter.in === 'query');
  const query = new URLSearchParams(
    asked.map(({ name, example }): [string, string] => [name, String(example)]),
  );
  const place = given.reduce((text, { name, example }) => text.replace(`{${name}}`, String(example)), path);
  const address = `${origin}${place}${asked.length > 0 ? `?${query}` : ''}`;
  const calls =
    method === 'GET'
      ? [`curl -s '${address}'`]
      : examples.map(
          ([, { value }]) =>
            `curl -s '${address}' -H 'content-type: application/json' -d ${shellQuote(JSON.stringify(value))}`,
        );
  return html`<h3><code>${method} ${path}</code></h3><p>${summary}</p>
${parameters.filter(({ description }) => description).map(({ name, description }) => html`<p class="small"><code>${name}</code> ${description}</p>`)}
${calls.slice(0, 1).map((call) => html`<pre tabindex="0"><code>${call}</code></pre>`)}
${calls.length > 1 && html`<details><summary>Other forms of the body</summary>${calls.slice(1).map((call) => html`<pre tabindex="0"><code>${call}</code></pre>`)}</details>`}
${statuses}`;
}

/** Text as one word of a POSIX shell. */
export function shellQuote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
