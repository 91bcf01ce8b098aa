/** L06: one client, shop or machine has rows on both sides of the split. */
import { formatNumber } from '../../table/print.js';
import { percent } from '../../task/percent.js';
import type { ColumnProfile } from '../column-profile.js';
import type { Check, Finding } from '../leakage.js';
import type { RowSplit } from '../subject.js';

export const groupAcross: Check = {
  code: 'L06',
  title: 'group on both sides of the split',
  look({ subject: { dataset, columns, split } }) {
    if (!split) return [];
    return columns.flatMap((column): Finding[] => {
      const declared = column.name === dataset.schema.group;
      if (!declared && column.type.kind !== 'id') return [];
      const { groups, testRows } = straddling(column, split);
      if (groups === 0) return [];
      return [
        {
          code: 'L06',
          severity: declared ? 'leak' : 'suspect',
          columns: [column.name],
          what:
            `${formatNumber(groups)} of its values have rows on both sides of the split: ${percent(testRows / split.test.length)} ` +
            'of the test rows belong to somebody the model has met.',
          evidence: { groups, testRows, shareOfTestRows: testRows / split.test.length },
          remedy: declared
            ? 'Split by group, so that each stays on one side.'
            : `If its rows belong together, declare \`group: '${column.name}'\`; splits then keep them on one side.`,
        },
      ];
    });
  },
};

function straddling({ codes, rows }: ColumnProfile, split: RowSplit): { groups: number; testRows: number } {
  const inTraining = new Uint8Array(rows.length - 1);
  for (const row of split.train) if (codes[row]! >= 0) inTraining[codes[row]!] = 1;
  const inBoth = new Uint8Array(rows.length - 1);
  let testRows = 0;
  for (const row of split.test) {
    const code = codes[row]!;
    if (code < 0 || inTraining[code] === 0) continue;
    inBoth[code] = 1;
    testRows++;
  }
  return { groups: inBoth.reduce((sum, bit) => sum + bit, 0), testRows };
}
