/** L11: a date that should be known before lies later than the row's own moment. */
import { formatNumber } from '../../table/print.js';
import { percent } from '../../task/percent.js';
import type { Check, Finding } from '../leakage.js';

/** Below this share it looks like mistyped dates rather than like a column from the future. */
const MISTYPED = 0.01;

/** Where nearly all dates from the future are one date, it stands for something else. */
const ONE_DATE = 0.9;

export const futureDates: Check = {
  code: 'L11',
  title: 'future values',
  look({ subject: { dataset, features, rowCount } }) {
    const { schema, table } = dataset;
    const order =
      schema.order !== undefined && schema.order !== 'rows' ? table.column(schema.order) : undefined;
    if (order?.kind !== 'date') return [];
    return features.flatMap((column): Finding[] => {
      const { name, type } = column;
      if (type.kind !== 'date' || name === schema.order) return [];
      const dates = table.numbers(name);
      const later = column.codes.filter((_, row) => dates[row]! > order.values[row]!);
      if (later.length === 0) return [];
      const share = later.length / rowCount;
      const code = commonest(later);
      const isCode = later.length > 1 && code.share >= ONE_DATE;
      const rows = `In ${formatNumber(later.length)} rows (${percent(share)})`;
      return [
        {
          code: 'L11',
          severity: share >= MISTYPED && !isCode ? 'leak' : 'suspect',
          columns: [name],
          what: isCode
            ? `${rows} it is ${column.nameOf(code.value)}, after "${order.name}": a code for "none", as it seems.`
            : `${rows} it lies after "${order.name}", the row's own date.`,
          evidence: { later: later.length, share },
          remedy: isCode
            ? 'Leave these dates empty in the data: as a date the code misleads every feature made of it.'
            : 'If it is written afterwards, move it to `after`; if the dates are mistyped, mend them.',
        },
      ];
    });
  },
};

/** The value that most of these rows hold, and the share of them that do. */
function commonest(codes: Int32Array): { value: number; share: number } {
  const counts = new Map<number, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  const [value, count] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a));
  return { value, share: count / codes.length };
}
