/** L11: a date that should be known before lies later than the row's own moment. */
import { formatNumber } from '../../table/print.js';
import { percent } from '../../task/percent.js';
import type { Check, Finding } from '../leakage.js';

/** Below this share it looks like mistyped dates rather than like a column from the future. */
const MISTYPED = 0.01;

export const futureDates: Check = {
  code: 'L11',
  title: 'future values',
  look({ subject: { dataset, features, rowCount } }) {
    const { schema, table } = dataset;
    const order =
      schema.order !== undefined && schema.order !== 'rows' ? table.column(schema.order) : undefined;
    if (order?.kind !== 'date') return [];
    return features.flatMap(({ name, type }): Finding[] => {
      if (type.kind !== 'date' || name === schema.order) return [];
      const dates = table.numbers(name);
      let later = 0;
      for (let i = 0; i < rowCount; i++) if (dates[i]! > order.values[i]!) later++;
      if (later === 0) return [];
      const share = later / rowCount;
      return [
        {
          code: 'L11',
          severity: share >= MISTYPED ? 'leak' : 'suspect',
          columns: [name],
          what: `In ${formatNumber(later)} rows (${percent(share)}) it lies after "${order.name}", the row's own date.`,
          evidence: { later, share },
          remedy: 'If it is written afterwards, move it to `after`; if the dates are mistyped, mend them.',
        },
      ];
    });
  },
};
