/** Which columns hold one bin in most rows, as those of one-hot codes do, and lists of what each row holds of the others. */

import { growTo, type SharedMemory } from '../wasm/shared-memory.js';
import { binBytes, foundOffset, histogramBytes } from './kernel/structures.js';

/**
 * Columns whose histograms are filled together, `first` to `last` - 1: either a group of four, whose bins stand in one
 * word a row; or several groups of columns that mostly hold their commonest bin, with a list of the other bins of each
 * row, as LightGBM keeps sparse columns (Ke et al., 2017). The commonest bin then gets what the others lack of all rows:
 * sums are whole numbers, so it is the same to the bit.
 */
export interface Run {
  readonly first: number;
  readonly last: number;
  /**
   * The address of rowCount + 1 addresses: where each row's list begins, and where the last one ends. Lists are filled up to
   * fours with a bin that is never read. 0 for no lists.
   */
  readonly starts: number;
  /** The commonest bin of each column. */
  readonly common: readonly number[];
}

/** Bins in memory: that of row 0 of a column stands at its address, those of the next rows follow 4 bytes apart. */
export interface WrittenBins {
  readonly bytes: Uint8Array;
  readonly rowCount: number;
  readonly addresses: readonly number[];
}

/** Columns have lists where a row has to list, on average, at most so many bins of a group of four. */
const mostListed = 2;
/** From so many groups on lists are worth their while; more than so many are cut. */
const groupsOfRun = { least: 2, most: 16 };
/** Where threads share the work, there are about so many runs for each. One thread alone is quickest with few runs. */
const runsOfThread = 2;
/** About so many rows are looked at to find the commonest bins: any bin would do, only slower. */
const sampleRows = 20_000;

const binsOfColumn = histogramBytes / binBytes;
/** A bin behind those of the first column, where its search will leave what it finds: it fills up lists. */
const unread = foundOffset / binBytes + 2;

/** The runs of all columns, for `threads` to share; lists are written to `memory`, which grows for them, from address `next` on. */
export function makeRuns(
  written: WrittenBins,
  { memory, next, threads }: { memory: SharedMemory; next: number; threads: number },
): readonly Run[] {
  const common = written.addresses.map((address) => commonBin(written, address));
  let free = next;
  const rest = common.map(({ share }) => 1 - share);
  return stretches(rest, threads).map(([from, to]) => {
    const [first, last] = [from * 4, Math.min(to * 4, common.length)];
    const run = { first, last, starts: 0, common: common.slice(first, last).map(({ bin }) => bin) };
    if (to - from < groupsOfRun.least) return run;
    const starts = free;
    free = writeLists(memory, starts, run, written);
    return { ...run, starts };
  });
}

/** The bin that most rows of a column hold, and their share. */
function commonBin({ bytes, rowCount }: WrittenBins, address: number): { bin: number; share: number } {
  const counts = new Uint32Array(256);
  const step = 4 * Math.max(1, Math.floor(rowCount / sampleRows));
  for (let at = address; at < address + rowCount * 4; at += step) counts[bytes[at]!]!++;
  const bin = counts.indexOf(Math.max(...counts));
  return { bin, share: counts[bin]! / counts.reduce((sum, count) => sum + count) };
}

/** All groups of four in their order, each alone or in a stretch to be listed; `rest` is what a column would list. */
function stretches(rest: readonly number[], threads: number): readonly (readonly [number, number])[] {
  const groups = Math.ceil(rest.length / 4);
  const isListed = (group: number): boolean =>
    rest.slice(group * 4, group * 4 + 4).reduce((sum, share) => sum + share) <= mostListed;
  const fair = threads === 1 ? groups : Math.ceil(groups / (threads * runsOfThread));
  const most = Math.min(groupsOfRun.most, Math.max(groupsOfRun.least, fair));
  const out: [number, number][] = [];
  for (let from = 0; from < groups; ) {
    let to = from;
    while (to < groups && isListed(to)) to++;
    if (to - from < groupsOfRun.least) to = from + 1;
    const parts = Math.ceil((to - from) / most);
    const cut = (part: number): number => from + Math.round(((to - from) * part) / parts);
    for (let part = 0; part < parts; part++) out.push([cut(part), cut(part + 1)]);
    from = to;
  }
  return out;
}

/** Writes, for each row, which bins of the run's histograms it counts in besides the commonest; says where it ended. */
function writeLists(
  memory: SharedMemory,
  start: number,
  { first, common }: Run,
  { rowCount, bytes, addresses }: WrittenBins,
): number {
  const forEachListed = (visit: (row: number, bin: number) => void): void =>
    common.forEach((bin, k) => {
      for (let row = 0, at = addresses[first + k]!; row < rowCount; row++, at += 4)
        if (bytes[at] !== bin) visit(row, k * binsOfColumn + bytes[at]!);
    });
  const counts = new Uint32Array(rowCount);
  forEachListed((row) => {
    counts[row]!++;
  });
  const roomOf = (row: number): number => Math.ceil(counts[row]! / 4) * 4;
  let total = 0;
  for (let row = 0; row < rowCount; row++) total += roomOf(row);
  const entries = start + Math.ceil((rowCount + 1) / 2) * 8;
  const end = Math.ceil((entries + total * 2) / 64) * 64;
  growTo(memory, end);
  const starts = new Uint32Array(memory.buffer, start, rowCount + 1);
  const lists = new Uint16Array(memory.buffer, entries, total).fill(unread);
  const places = new Uint32Array(rowCount);
  for (let row = 0, place = 0; row < rowCount; row++) {
    places[row] = place;
    starts[row] = entries + place * 2;
    place += roomOf(row);
  }
  starts[rowCount] = entries + total * 2;
  forEachListed((row, bin) => {
    lists[places[row]!++] = bin;
  });
  return end;
}
