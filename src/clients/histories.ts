/** Rows put together by client, each client's in order: by moment, then as they stand in the file. */
import { Problem } from '../problem.js';
import type { Table } from '../table/table.js';

/** Every client's rows, one client after the other. */
export interface Histories {
  /** The clients, in the order in which they first appear. */
  readonly ids: readonly string[];
  /** Where client `k`'s rows begin in `rows`; one more than there are clients. */
  readonly starts: Uint32Array;
  /** Rows of the table. */
  readonly rows: Uint32Array;
  /** The moment of each row of the table, in ms. */
  readonly moments: Float64Array;
}

/** The rows by client. Throws `clients-no-id` and `clients-no-moment` where a row lacks one. */
export function historiesOf(table: Table, { id, moment }: { id: string; moment: string }): Histories {
  const { codes, levels } = table.categories(id);
  const moments = table.numbers(moment);
  refuseMissing(codes.indexOf(-1), { code: 'clients-no-id', column: id });
  refuseMissing(moments.findIndex(Number.isNaN), { code: 'clients-no-moment', column: moment });
  // Levels without a row, as a slice of a table has them, are no clients.
  const placeOf = new Int32Array(levels.length).fill(-1);
  const ids: string[] = [];
  for (const code of codes) if (placeOf[code] === -1) placeOf[code] = ids.push(levels[code]!) - 1;
  const starts = new Uint32Array(ids.length + 1);
  for (const code of codes) starts[placeOf[code]! + 1]!++;
  for (let k = 0; k < ids.length; k++) starts[k + 1]! += starts[k]!;
  const next = starts.slice();
  const rows = new Uint32Array(codes.length);
  for (let row = 0; row < codes.length; row++) rows[next[placeOf[codes[row]!]!]!++] = row;
  for (let k = 0; k < ids.length; k++) {
    rows.subarray(starts[k], starts[k + 1]).sort((a, b) => moments[a]! - moments[b]! || a - b);
  }
  return { ids, starts, rows, moments };
}

function refuseMissing(row: number, { code, column }: { code: string; column: string }): void {
  if (row < 0) return;
  throw new Problem({
    code,
    what: `a row does not say ${code === 'clients-no-id' ? 'whose it is' : 'when it was'}`,
    where: { row, column },
    remedy: 'leave such rows out of the file, or mend them where it is made',
  });
}
