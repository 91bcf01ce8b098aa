/** A drafted schema as code to paste into a cell: one line a column, reasons as comments. */

import { declarationCode } from '../schema/declaration-code.js';
import type { Schema } from '../schema/schema.js';
import { keyCode, quoted } from '../table/code-text.js';

/** What the code says beside the schema. */
export interface CodeNotes {
  /** The name of the constant. */
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly why: string }[];
  readonly targetWhy: string;
  readonly orderWhy: string | undefined;
}

/** `const churn = defineSchema({ … });` */
export function schemaCode(schema: Schema, { name, columns, targetWhy, orderWhy }: CodeNotes): string {
  const { moment, target, order, group } = schema;
  const reason = new Map(columns.map((column) => [column.name, column.why]));
  const at = (known: string): string[] =>
    schema.columns
      .filter((column) => column.known === known)
      .map(({ name, type }) => {
        const why = type.because === undefined ? ` // ${oneLine(reason.get(name) ?? '')}` : '';
        return `    ${keyCode(name)}: ${declarationCode(type)},${why}`;
      });
  const block = (known: string, comment: string): string[] => {
    const lines = at(known);
    return lines.length === 0
      ? []
      : [...(comment ? [`  // ${comment}`] : []), `  ${known}: {`, ...lines, '  },'];
  };
  return [
    `const ${name} = defineSchema({`,
    `  moment: ${quoted(moment)},`,
    `  target: ${declarationCode(target.type)}, // ${oneLine(targetWhy)}`,
    ...(order === undefined
      ? []
      : [`  order: ${quoted(order)}, // ${oneLine(orderWhy ?? 'the place of a row tells the outcome')}`]),
    ...(group === undefined ? [] : [`  group: ${quoted(group)},`]),
    ...block('before', ''),
    ...block('during', ''),
    ...block(
      'after',
      'Doubtful, and so out of every feature: move a line to `before` if it is known in time.',
    ),
    '});',
  ].join('\n');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
