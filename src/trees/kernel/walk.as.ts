/** The two loops that walk down trees without a branch to guess wrong, four lanes at once, and the ranking of values. */
import { countBelow } from './rank.as';
import { blockRows, Ranked, WalkNode } from './structures';

const nodeBytes: usize = offsetof<WalkNode>();
/** 2^6 rows of a block. */
const blockShift = 6;

/** The value of `node` in one row, which its slot holds: where to go next. All of the jump is taken, or nothing of it. */
function step(node: usize, slot: i32): usize {
  const here = changetype<WalkNode>(node);
  // An arithmetic shift makes -1 of a number below 0, or else 0.
  const kept = slot & load<i32>(node, offsetof<WalkNode>('value'));
  return node + nodeBytes + ((here.jump & (((here.rank as i32) - kept) >> 31)) as usize);
}

function jumpOf(node: usize): i32 {
  return changetype<WalkNode>(node).jump;
}

function leafValue(node: usize): f64 {
  return changetype<WalkNode>(node).value;
}

/** The slot of a single row, which stand at address 0. */
function ownSlot(node: usize): i32 {
  return load<i32>(changetype<WalkNode>(node).slot);
}

/** The slot of the row at an address, in a block that has slot after slot, each of all rows. */
function slotIn(row: usize, node: usize): usize {
  return row + ((changetype<WalkNode>(node).slot as usize) << blockShift);
}

/** Adds the leaves of a row to the sum, tree after tree; the list of roots is filled up to fours. */
export function walkRow(roots: usize, end: usize, base: f64): f64 {
  let sum = base;
  let root = roots;
  if (root >= end) return sum;
  do {
    let first = load<usize>(root);
    let second = load<usize>(root, 4);
    let third = load<usize>(root, 8);
    let fourth = load<usize>(root, 12);
    let jumps: i32 = -1;
    do {
      // A leaf goes to itself, and only a leaf jumps backwards.
      jumps = jumpOf(first) & jumpOf(second) & jumpOf(third) & jumpOf(fourth);
      first = step(first, ownSlot(first));
      second = step(second, ownSlot(second));
      third = step(third, ownSlot(third));
      fourth = step(fourth, ownSlot(fourth));
    } while (jumps > -1);
    sum = sum + leafValue(first) + leafValue(second) + leafValue(third) + leafValue(fourth);
    root += 16;
  } while (root < end);
  return sum;
}

/** Adds the leaves of one tree to the sums of the rows of a block. */
export function walkRows(rows: usize, end: usize, root: usize, sums: usize): void {
  let row = rows;
  let sum = sums;
  if (row >= end) return;
  do {
    let first = root;
    let second = root;
    let third = root;
    let fourth = root;
    let jumps: i32 = -1;
    do {
      jumps = jumpOf(first) & jumpOf(second) & jumpOf(third) & jumpOf(fourth);
      first = step(first, load<i32>(slotIn(row, first)));
      second = step(second, load<i32>(slotIn(row, second), 4));
      third = step(third, load<i32>(slotIn(row, third), 8));
      fourth = step(fourth, load<i32>(slotIn(row, fourth), 12));
    } while (jumps > -1);
    store<f64>(sum, load<f64>(sum) + leafValue(first));
    store<f64>(sum, load<f64>(sum, 8) + leafValue(second), 8);
    store<f64>(sum, load<f64>(sum, 16) + leafValue(third), 16);
    store<f64>(sum, load<f64>(sum, 24) + leafValue(fourth), 24);
    sum += 32;
    row += 16;
  } while (row < end);
}

/** Puts the ranks of a block's numbers into two slots; in the second one a missing number is above all. */
export function rank(column: Ranked, count: i32): void {
  const end = column.numbers + ((count as usize) << 3);
  let numbers = column.numbers;
  let slots = column.entries;
  if (numbers >= end) return;
  do {
    const number = load<f64>(numbers);
    const below = countBelow(column.thresholds, column.thresholdCount, number);
    store<u32>(slots, below);
    store<u32>(slots, below | ((isNaN(number) as u32) << 15), 4 * blockRows);
    slots += 4;
    numbers += 8;
  } while (numbers < end);
}
