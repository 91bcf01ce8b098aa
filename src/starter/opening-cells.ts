/** The first cells of a new study: the file, what is known when, the rows, and what they look like. */

import type { NotebookCell } from '../notebook/notebook.js';
import { literal, quoted } from '../table/code-text.js';
import { code, exported, imports, text } from './cells.js';
import { figureCells } from './figure-cells.js';
import { questionOf, type StarterPlan } from './plan.js';

const MOST_GROUPED = 5;

/** From the file to checked rows. */
export function openingCells(plan: StarterPlan): NotebookCell[] {
  const { name, look, draft } = plan;
  const { schema, dialect } = draft;
  const kinds = new Set([schema.target.type.kind, ...schema.columns.map(({ type }) => type.kind)]);
  return [
    text(
      'title',
      `# ${name}: ${questionOf(plan)}`,
      `A first study of \`${look.file}\`, written by \`alambique new\`. It runs from the top as it stands; every guess in it is yours to change. The cells that begin with \`//| export\` become the study: \`npx alambique distil ${name}\`.`,
    ),
    text('file-text', '## What is in the file?'),
    code(
      'file',
      imports(['look'], 'alambique/look'),
      `const seen = await look(${quoted(look.file)});`,
      'seen',
    ),
    text(
      'schema-text',
      '## What is known when?',
      `Predicted is \`${schema.target.name}\`, when ${schema.moment}. A column in \`before\` may become a feature; one in \`after\` is known too late, and stands there wherever its name or the rows give reason to doubt. **Read the list, and move a line where you know better**: one column wrongly let in costs the study.`,
    ),
    exported('schema', imports([...kinds, 'defineSchema'], 'alambique'), draft.code),
    exported(
      'source',
      imports(['type DataSpec'], 'alambique'),
      '/** The file, looked for in data/raw and in the folder of ALAMBIQUE_DATA, and how it is written. */',
      `const source: DataSpec = { file: ${quoted(look.file)}, dialect: ${literal(dialect)} };`,
    ),
    code('rows', imports(['loadData'], 'alambique'), 'const rows = await loadData(source, schema);', 'rows'),
    code('describe', imports(['describe'], 'alambique'), 'describe(rows.table)'),
    ...(plan.withDanfo ? danfoCells(plan) : []),
    ...figureCells(plan),
  ];
}

/** The same rows as a DataFrame: means by outcome, where danfo is right. */
function danfoCells({ draft: { schema }, look, kind }: StarterPlan): NotebookCell[] {
  const whole = schema.columns
    .filter(
      ({ name, type }) =>
        type.kind === 'number' && look.columns.some((column) => column.name === name && column.missing === 0),
    )
    .map(({ name }) => name)
    .slice(0, MOST_GROUPED);
  const grouped = kind !== 'number' && whole.length > 0;
  return [
    text(
      'danfo-text',
      '### As a DataFrame',
      'For exploring as in pandas. Where values are missing, do not trust danfo: a group with one gap gets no mean. `describe` above passes over gaps.',
    ),
    code(
      'danfo',
      "import * as danfo from 'danfojs-node';",
      imports(['toDanfo'], 'alambique'),
      'const frame = toDanfo(rows.table, danfo);',
      'frame.head(5)',
    ),
    ...(grouped
      ? [
          code(
            'danfo-means',
            `frame.groupby([${quoted(schema.target.name)}]).col([${whole.map(quoted).join(', ')}]).mean()`,
          ),
        ]
      : []),
  ];
}
