/** Which columns hold one bin in most rows, as those of one-hot codes do, and lists of what each row holds of the others. */
import { growTo, type SharedMemory } from './kernel.js';
import { cellBytes, histogramBytes } from './kernel-text.js';

/**
 * Columns whose histograms are filled together, `first` to `last` - 1: either a group of four, whose bins stand in one
 * word a row; or several groups of columns that mostly hold their commonest bin, with a list of the other bins of each
 * row, as LightGBM keeps sparse columns (Ke et al., 2017). The commonest bin then gets what the others lack of all rows:
 * sums are whole numbers, so it is the same to the bit.
 */
export interface Run {
  readonly first: number;
  readonly last: number;
  /** The address of rowCount + 1 addresses: where each row's list begins, and where the last one ends. 0 for no lists. */
  readonly starts: number;
}

/** A bin and the share of rows that hold it. */
export interface CommonBin {
  readonly bin: number;
  readonly share: number;
}

/** Bins in memory: that of row 0 of a column stands at its address, those of the next rows follow 4 bytes apart. */
export interface WrittenBins {
  readonly bytes: Uint8Array;
  readonly rowCount: number;
  readonly addresses: readonly number[];
}

/** Columns have lists where a row has to list, on average, at most so many bins of a group of four. */
const mostListed = 2;
/** From so many groups on lists are worth their while; more than so many are cut into runs that threads can share. */
const groupsOfRun = { least: 2, most: 16 };
/** About so many rows are looked at to find the commonest bins: any bin would do, only slower. */
const sampleRows = 20_000;

const cellsOfColumn = histogramBytes / cellBytes;

/** The commonest bin of each column. */
export function commonBins({ bytes, rowCount, addresses }: WrittenBins): readonly CommonBin[] {
  const step = Math.max(1, Math.floor(rowCount / sampleRows)) * 4;
  return addresses.map((address) => {
    const counts = new Uint32Array(256);
    for (let at = address; at < address + rowCount * 4; at += step) counts[bytes[at]!]!++;
    let bin = 0;
    for (let i = 1; i < 256; i++) if (counts[i]! > counts[bin]!) bin = i;
    const share =
      counts[bin]! /
      Math.max(
        1,
        counts.reduce((sum, count) => sum + count, 0),
      );
    return { bin, share };
  });
}

/** The runs of all columns; lists are written to `memory`, which grows for them, from address `next` on. */
export function makeRuns(
  memory: SharedMemory,
  next: number,
  written: WrittenBins,
  common: readonly CommonBin[],
): readonly Run[] {
  const runs: Run[] = [];
  const columnCount = common.length;
  let free = next;
  for (const [from, to] of stretches(common)) {
    const run = { first: from * 4, last: Math.min(to * 4, columnCount), starts: 0 };
    if (to - from >= groupsOfRun.least) {
      runs.push({ ...run, starts: free });
      free = writeLists(memory, free, run, written, common);
    } else runs.push(run);
  }
  return runs;
}

/** All groups of four in their order, cut into single ones and into stretches of those to be listed. */
function stretches(common: readonly CommonBin[]): readonly (readonly [number, number])[] {
  const groups = Math.ceil(common.length / 4);
  const isListed = (group: number): boolean =>
    common.slice(group * 4, group * 4 + 4).reduce((sum, { share }) => sum + 1 - share, 0) <= mostListed;
  const out: [number, number][] = [];
  for (let from = 0; from < groups; ) {
    let to = from;
    while (to < groups && isListed(to)) to++;
    const parts = to - from < groupsOfRun.least ? 0 : Math.ceil((to - from) / groupsOfRun.most);
    const cut = (part: number): number => from + Math.round(((to - from) * part) / parts);
    for (let part = 0; part < parts; part++) out.push([cut(part), cut(part + 1)]);
    if (parts === 0) out.push([from, ++from]);
    else from = to;
  }
  return out;
}

/** Writes, for each row, which cells of the run's histograms it counts in besides the commonest; says where it ended. */
function writeLists(
  memory: SharedMemory,
  start: number,
  { first, last }: Run,
  { rowCount, bytes, addresses }: WrittenBins,
  common: readonly CommonBin[],
): number {
  const counts = new Uint32Array(rowCount);
  for (let column = first; column < last; column++) {
    const { bin } = common[column]!;
    for (let i = 0, at = addresses[column]!; i < rowCount; i++, at += 4) if (bytes[at] !== bin) counts[i]!++;
  }
  const entries = start + (rowCount + 1) * 4;
  const total = counts.reduce((sum, count) => sum + count, 0);
  const end = Math.ceil((entries + total * 2) / 64) * 64;
  growTo(memory, end);
  const starts = new Uint32Array(memory.buffer, start, rowCount + 1);
  const cells = new Uint16Array(memory.buffer, entries, total);
  starts[0] = entries;
  for (let i = 0; i < rowCount; i++) starts[i + 1] = starts[i]! + counts[i]! * 2;
  const places = Uint32Array.from(starts.subarray(0, rowCount), (address) => (address - entries) / 2);
  for (let column = first; column < last; column++) {
    const { bin } = common[column]!;
    const cell = (column - first) * cellsOfColumn;
    for (let i = 0, at = addresses[column]!; i < rowCount; i++, at += 4)
      if (bytes[at] !== bin) cells[places[i]!++] = cell + bytes[at]!;
  }
  return end;
}
