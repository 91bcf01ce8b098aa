/** Walks a single row down many trees at once, without a branch to guess wrong: what a service does for each request. */
import type { Matrix } from '../../table/matrix.js';
import { assemble } from './assemble.js';
import { instanceOf, type SharedMemory, sharedMemory } from './kernel.js';
import { type Trees, treeCount } from './trees.js';

/** `base` and the values of the row's leaves, added in the order of the trees: what `addTrees` gives for one row. */
export type RowWalk = (matrix: Matrix, base: number) => number;

/** Trees that step down together: as many as hide the time that one load from memory takes. */
const lanes = 4;
const nodeBytes = 8;
/** Slots and ranks are 16 bits wide. */
const most = 65_536;

/**
 * A row is first put into slots: for a column of numbers the count of thresholds below its value, once for the nodes
 * that send missing values left and once for the others; for each distinct test of a category 0 (left) or 1. A node then
 * goes right where its slot is above its rank, and every step is the same few instructions of whole numbers. A leaf
 * goes to itself. Undefined where the trees have more distinct tests than fit.
 */
export function rowWalk(trees: Trees): RowWalk | undefined {
  const slots = slotsOf(trees);
  if (slots.count * 4 >= most || slots.thresholds.some((list) => list.length >= most)) return undefined;
  const nodes = trees.column.length;
  const count = treeCount(trees);
  const groups = Math.ceil(count / lanes);
  // In bytes: slots, roots, nodes with one more that fills the last group, values.
  const rootsAt = 4 * (slots.count + 1);
  const nodesAt = align(rootsAt + 4 * groups * lanes);
  const valuesAt = nodesAt + nodeBytes * (nodes + 1);
  const memory = sharedMemory(valuesAt + 8 * (nodes + 1));
  const alwaysRight = 4 * slots.count;
  const row = new Int32Array(memory.buffer, 0, slots.count + 1);
  row[slots.count] = most;

  const roots = new Int32Array(memory.buffer, rootsAt, groups * lanes).fill(nodesAt + nodeBytes * nodes);
  for (let tree = 0; tree < count; tree++) roots[tree] = nodesAt + nodeBytes * trees.roots[tree]!;
  const halves = new Uint16Array(memory.buffer, nodesAt, 4 * (nodes + 1));
  const words = new Int32Array(memory.buffer, nodesAt, 2 * (nodes + 1));
  const values = new Float64Array(memory.buffer, valuesAt, nodes + 1);
  for (let node = 0; node <= nodes; node++) {
    const isLeaf = node === nodes || trees.column[node]! < 0;
    halves[4 * node] = isLeaf ? alwaysRight : 4 * slots.slot[node]!;
    halves[4 * node + 1] = isLeaf ? 0 : slots.rank[node]!;
    // Where the right child stands, seen from the left one.
    words[2 * node + 1] = isLeaf ? -nodeBytes : nodeBytes * (trees.right[node]! - node - 1);
    // Adding -0 changes nothing at all.
    values[node] = node === nodes ? -0 : isLeaf ? trees.threshold[node]! : 0;
  }

  const walk = walker(memory, valuesAt - nodesAt);
  const end = rootsAt + 4 * groups * lanes;
  return (matrix, base) => {
    fillSlots(matrix, slots, row);
    return walk(rootsAt, end, base);
  };
}

interface Slots {
  readonly count: number;
  /** For each node that is no leaf. */
  readonly slot: Uint32Array;
  readonly rank: Uint32Array;
  /** For each column: its distinct thresholds, rising. */
  readonly thresholds: readonly Float64Array[];
  /** For each column its first slot; a number column has two of them. */
  readonly first: Uint32Array;
  /** For each category column, for each code from -1: the outcomes of its tests, 1 for right. */
  readonly outcomes: readonly (readonly Int32Array[])[];
}

function slotsOf({ shape, column, threshold, missingLeft, set, sets }: Trees): Slots {
  const thresholds = shape.map((_, j): Float64Array => {
    const found = new Set<number>();
    for (let i = 0; i < column.length; i++)
      if (column[i] === j && !Number.isNaN(threshold[i]!)) found.add(threshold[i]!);
    return Float64Array.from(found).sort();
  });
  const first = new Uint32Array(shape.length);
  const outcomes: Int32Array[][] = [];
  const slot = new Uint32Array(column.length);
  const rank = new Uint32Array(column.length);
  let count = 0;
  for (const [j, kind] of shape.entries()) {
    first[j] = count;
    if (kind.kind === 'number') {
      for (let i = 0; i < column.length; i++) {
        if (column[i] !== j) continue;
        slot[i] = count + (missingLeft[i] === 1 ? 0 : 1);
        rank[i] = countBelow(thresholds[j]!, threshold[i]!);
      }
      count += 2;
      outcomes.push([]);
      continue;
    }
    const words = Math.ceil(kind.levels / 32);
    const tests = new Map<string, number>();
    const firstNodes: number[] = [];
    for (let i = 0; i < column.length; i++) {
      if (column[i] !== j) continue;
      const key = `${missingLeft[i]} ${sets.subarray(set[i]!, set[i]! + words).join()}`;
      const test = tests.get(key) ?? tests.size;
      if (test === tests.size) firstNodes.push(i);
      tests.set(key, test);
      slot[i] = count + test;
    }
    count += tests.size;
    const goesRight = (i: number, code: number): boolean =>
      code < 0 ? missingLeft[i] !== 1 : ((sets[set[i]! + (code >>> 5)]! >>> (code & 31)) & 1) === 0;
    outcomes.push(
      Array.from({ length: kind.levels + 1 }, (_, code) =>
        Int32Array.from(firstNodes, (i) => (goesRight(i, code - 1) ? 1 : 0)),
      ),
    );
  }
  return { count, slot, rank, thresholds, first, outcomes };
}

function fillSlots(matrix: Matrix, { thresholds, first, outcomes }: Slots, row: Int32Array): void {
  for (let j = 0; j < first.length; j++) {
    const column = matrix.columns[j]!;
    const at = first[j]!;
    if (column.kind === 'category') {
      // A loop: for so few numbers a call would take longer.
      const right = outcomes[j]![column.codes[0]! + 1]!;
      for (let test = 0; test < right.length; test++) row[at + test] = right[test]!;
    } else {
      const value = column.values[0]!;
      const missing = Number.isNaN(value);
      const below = missing ? 0 : countBelow(thresholds[j]!, value);
      row[at] = below;
      row[at + 1] = missing ? most : below;
    }
  }
}

/** How many of these rising numbers are below the value. */
function countBelow(rising: Float64Array, value: number): number {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rising[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function align(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}

function walker(
  memory: SharedMemory,
  valuesOffset: number,
): (roots: number, end: number, base: number) => number {
  const get = (name: string): string => `(local.get $${name})`;
  const names = Array.from({ length: lanes }, (_, i) => `node${i}`);
  const jump = (name: string): string => `jump-of-${name}`;
  // An arithmetic shift makes -1 of a slot above the rank, 0 of any other: all of the jump, or nothing of it.
  const step = (name: string): string => `
    (local.set $${jump(name)} (i32.load offset=4 ${get(name)}))
    (local.set $${name} (i32.add (i32.add ${get(name)} (i32.const ${nodeBytes})) (i32.and ${get(jump(name))}
      (i32.shr_s (i32.sub (i32.load16_u offset=2 ${get(name)}) (i32.load (i32.load16_u ${get(name)}))) (i32.const 31)))))`;
  const atLeaves = names.map((name) => get(jump(name))).reduce((all, one) => `(i32.and ${all} ${one})`);
  const bytes = assemble(`
(module
  (import "trees" "memory" (memory 1 65536 shared))
  (func $walk (export "walk") (param $roots i32) (param $end i32) (param $sum f64) (result f64)
    ${names.map((name) => `(local $${name} i32) (local $${jump(name)} i32)`).join(' ')}
    (loop $group
      ${names.map((name, i) => `(local.set $${name} (i32.load offset=${4 * i} ${get('roots')}))`).join('\n')}
      (loop $down
        ${names.map(step).join('')}
        ;; Only a leaf jumps backwards.
        (br_if $down (i32.lt_s (i32.const -1) ${atLeaves})))
      ${names.map((name) => `(local.set $sum (f64.add ${get('sum')} (f64.load offset=${valuesOffset} ${get(name)})))`).join('\n')}
      (local.set $roots (i32.add ${get('roots')} (i32.const ${4 * lanes})))
      (br_if $group (i32.lt_u ${get('roots')} ${get('end')})))
    ${get('sum')}))`);
  return instanceOf(bytes, memory).walk as (roots: number, end: number, base: number) => number;
}
