/** L04: a column that names rows rather than describes them. */
import type { Check, Finding } from '../leakage.js';

export const identifierLike: Check = {
  code: 'L04',
  title: 'identifier-like',
  look: ({ features, subject }) =>
    features.flatMap(({ column, namesRows, distinct, present }): Finding[] => {
      if (namesRows === undefined || column === subject.dataset.schema.order) return [];
      return [
        {
          code: 'L04',
          severity: 'suspect',
          columns: [column],
          what: `${namesRows}: it names rows, and a model can only learn it by heart.`,
          evidence: { distinct, rows: present },
          remedy: 'Declare it as `id()`: it stays for groups and joins, and no feature can read it.',
        },
      ];
    }),
};
