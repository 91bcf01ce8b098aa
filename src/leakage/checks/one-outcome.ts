/** L17: all rows came out alike, so that nothing can be learned from them and no other check can see anything. */
import { formatNumber } from '../../table/print.js';
import type { Check } from '../leakage.js';

export const oneOutcome: Check = {
  code: 'L17',
  title: 'one outcome only',
  look({ subject: { dataset, target, rowCount } }) {
    const { name } = dataset.schema.target;
    if (rowCount < 2 || target.outcomes.rows.filter((n) => n > 0).length > 1) return [];
    return [
      {
        code: 'L17',
        severity: 'suspect',
        columns: [],
        what: `All ${formatNumber(rowCount)} rows say "${dataset.table.cell(0, name)}" in "${name}": nothing can be learned from them, and the audit cannot see what tells the outcome.`,
        evidence: { outcome: dataset.table.cell(0, name), rows: rowCount },
        remedy: 'Look for rows of other outcomes; a filter may have dropped them.',
      },
    ];
  },
};
