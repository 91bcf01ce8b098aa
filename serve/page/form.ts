/** The form of a row, made from the schema: labels, units, levels, ranges; it also works without its script. */
import { type Artefact, type Cell, type Html, html, type SchemaColumn } from '../../src/serving.js';

/** The fields with these values in them. Without a script, sending it asks for the page again with the answer. */
export function rowForm(artefact: Artefact, row: Readonly<Record<string, Cell>>): Html {
  const { schema, study } = artefact;
  const fields = schema.columns
    .filter(({ known }) => known === 'before')
    .map((column) => field(artefact, column, Object.hasOwn(row, column.name) ? row[column.name]! : null));
  return html`<form id="row" method="get" data-address="/studies/${study}/predict?explain=5" aria-describedby="form-note" novalidate>
<p id="form-note" class="muted">What is known when ${schema.moment}. Change one thing and see what it does.</p>
${fields}
<p><button type="submit">Predict</button></p></form>`;
}

function field(artefact: Artefact, column: SchemaColumn, value: Cell): Html {
  const { name, type } = column;
  const id = `field-${name}`;
  const hint = hintOf(artefact, column);
  const hintId = `${id}-hint`;
  const isNumber = type.kind === 'number';
  const levels = levelsOf(artefact, column);
  const describedBy = hint === '' ? '' : hintId;
  const shown = value === null ? '' : String(value);
  const control = levels
    ? html`<select id="${id}" name="${name}" aria-describedby="${describedBy}">
${mayBeMissing(column) && html`<option value=""${value === null && html` selected`}>not known</option>`}
${levels.map((level) => html`<option value="${level}"${level === shown && html` selected`}>${level}</option>`)}</select>`
    : html`<input id="${id}" name="${name}" value="${shown}" aria-describedby="${describedBy}"
 type="${isNumber ? 'number' : type.kind === 'date' ? 'date' : 'text'}"${isNumber && html` data-number inputmode="decimal" step="${type.integer ? '1' : 'any'}"`}
${isNumber && type.range && html` min="${type.range[0]}" max="${type.range[1]}"`}
${mayBeMissing(column) && html` placeholder="not known"`}>`;
  return html`<div class="field"><label for="${id}">${type.label ?? name}${isNumber && type.unit && html` <span class="muted">(${type.unit})</span>`}</label>
${hint !== '' && html`<small id="${hintId}">${hint}</small>`}${control}</div>`;
}

/** The texts to choose from: the schema's list, or those of the training rows, unless they are too many to choose from. */
function levelsOf({ reference }: Artefact, { name, type }: SchemaColumn): readonly string[] | undefined {
  if (type.kind === 'yesNo') return [type.no, type.yes];
  if (type.kind !== 'category') return undefined;
  const missing = new Set<string>(type.missing ?? []);
  const column = reference.columns.get(name);
  const levels = type.levels ?? (column?.kind === 'category' ? [...column.counts.keys()] : []);
  return levels.length > 0 && levels.length <= 200
    ? levels.filter((level) => !missing.has(level))
    : undefined;
}

function mayBeMissing({ type }: SchemaColumn): boolean {
  const codes = type.kind === 'number' || type.kind === 'category' ? (type.missing?.length ?? 0) : 0;
  return type.kind === 'id' || type.optional === true || codes > 0;
}

function hintOf({ reference }: Artefact, { name, type }: SchemaColumn): string {
  const column = reference.columns.get(name);
  const parts = [type.because ?? ''];
  if (column?.kind === 'number' && type.kind === 'number' && column.quantiles.length > 0) {
    const [low, high] = [column.quantiles[1]!, column.quantiles[19]!].map((at) =>
      Math.round(at).toLocaleString('en-US'),
    );
    parts.push(`mostly ${low} to ${high}`);
  }
  return parts.filter((part) => part !== '').join('; ');
}
