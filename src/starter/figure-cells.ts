/** The figures of a new study: what is predicted, what is missing, and how the first columns go with it. */

import type { DraftColumn } from '../look/draft-schema.js';
import type { NotebookCell } from '../notebook/notebook.js';
import { quoted } from '../table/code-text.js';
import { code, imports, text } from './cells.js';
import type { StarterPlan } from './plan.js';

const MOST_OF_A_KIND = 2;

/** A cell for each figure. */
export function figureCells(plan: StarterPlan): NotebookCell[] {
  const { draft, look, kind } = plan;
  const { target } = draft.schema;
  const x = quoted(target.name);
  const gaps = look.columns.some(({ missing }) => missing > 0);
  const first = kind === 'number' ? 'histogram' : 'bars';
  const beside = columnsBeside(draft.columns).map((column) => figureOf(plan, column));
  const names = [first, ...(gaps ? ['missingness'] : []), ...beside.map(({ name }) => name)];
  return [
    text(
      'figures-text',
      '### In pictures',
      'A figure for what is predicted, and for some columns beside it. Change the names and look further.',
    ),
    code('figure-target', imports(names, 'alambique/figures'), `${first}(rows, { x: ${x} })`),
    ...(gaps ? [code('figure-missing', 'missingness(rows)')] : []),
    ...beside.map(({ source }, i) => code(`figure-${i + 1}`, source)),
  ];
}

/** The first texts and the first numbers that may become features. */
function columnsBeside(columns: readonly DraftColumn[]): DraftColumn[] {
  const known = columns.filter(({ known }) => known === 'before');
  const of = (kinds: readonly string[]): DraftColumn[] =>
    known.filter(({ type }) => kinds.includes(type.kind)).slice(0, MOST_OF_A_KIND);
  return [...of(['category', 'yesNo']), ...of(['number'])];
}

/** The rate or the mean by the column; of several classes, the column by the class. */
function figureOf(
  { draft: { schema }, kind }: StarterPlan,
  { name, type }: DraftColumn,
): { name: string; source: string } {
  const { target } = schema;
  const [x, y] = [quoted(name), quoted(target.name)];
  if (kind !== 'category') {
    const yes = target.type.kind === 'yesNo' ? `, yes: ${quoted(target.type.yes)}` : '';
    return { name: 'rateBy', source: `rateBy(rows, { x: ${x}, y: ${y}${yes} })` };
  }
  return type.kind === 'number'
    ? { name: 'histogram', source: `histogram(rows, { x: ${x}, by: ${y} })` }
    : { name: 'heatmap', source: `heatmap(rows, { x: ${x}, y: ${y} })` };
}
