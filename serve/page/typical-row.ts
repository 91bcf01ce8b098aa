/** The row that the form begins with: the middle of every number, the commonest of every text. */
import type { Artefact, Cell } from '../../src/serving.js';

/** A row of typical values, as a body would say it. */
export function typicalRow({ schema, reference }: Artefact): Record<string, Cell> {
  return Object.fromEntries(
    schema.columns
      .filter(({ known }) => known === 'before')
      .map(({ name, type }): [string, Cell] => {
        const column = reference.columns.get(name);
        if (!column || column.missing > reference.rows / 2) return [name, null];
        if (column.kind === 'category') {
          const [commonest] = [...column.counts].sort((a, b) => b[1] - a[1]);
          return [name, commonest?.[0] ?? null];
        }
        const middle = column.quantiles[10];
        if (middle === undefined) return [name, null];
        if (type.kind === 'date') return [name, new Date(middle).toISOString().slice(0, 10)];
        return [name, type.kind === 'number' && type.integer ? Math.round(middle) : middle];
      }),
  );
}
