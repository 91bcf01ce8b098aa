/** Splits training rows once more, to choose a setting without the rows that judge. */
import type { Random } from '../random.js';
import { groupCodes, isOrdered, labelsOf } from '../schema/dataset.js';
import type { Dataset } from '../schema/schema.js';

/** Rows that teach and rows that judge, ascending. */
export interface InnerSplit {
  readonly train: Uint32Array;
  readonly test: Uint32Array;
}

/**
 * The last fifth of ordered rows judges; else a random quarter does, of whole groups where there are groups, and
 * otherwise with as large a share of yes as the rest.
 */
export function innerSplit(dataset: Dataset, random: Random): InnerSplit {
  const count = dataset.table.rowCount;
  if (isOrdered(dataset)) return partition(count, (row) => row >= Math.floor(count * 0.8));
  const groups = groupCodes(dataset);
  if (groups) {
    const names = random.shuffle([...new Set(groups)]);
    const held = new Set(names.slice(0, Math.ceil(names.length / 4)));
    return partition(count, (row) => held.has(groups[row]!));
  }
  const labels = labelsOf(dataset);
  const held = new Uint8Array(count);
  for (const label of [0, 1]) {
    const rows = random.shuffle(Uint32Array.from(labels.keys()).filter((row) => labels[row] === label));
    for (let i = 0; i < rows.length / 4; i++) held[rows[i]!] = 1;
  }
  return partition(count, (row) => held[row] === 1);
}

function partition(count: number, judges: (row: number) => boolean): InnerSplit {
  const all = Uint32Array.from({ length: count }, (_, row) => row);
  return { train: all.filter((row) => !judges(row)), test: all.filter(judges) };
}
