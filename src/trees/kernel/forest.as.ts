/** The growing of one tree of a forest: columns are drawn, searched and parted without leaving the kernel. */
import { searchCategories } from './host.as';
import { histogramsOfList } from './list.as';
import { partitionByBin, partitionBySides } from './partition.as';
import { drawInteger } from './random.as';
import { searchNumbers } from './search.as';
import { searchFew } from './search-few.as';
import {
  Forest,
  ForestColumn,
  ForestNode,
  Found,
  foundOffset,
  Leaf,
  ListedColumn,
  noise,
  RandomState,
  RowsPlace,
} from './structures';

export { drawRows, fillPairs, mostWeight } from './draw.as';

/** Leaves of at most so many rows have few enough filled bins that passing the others by is worth its while. */
const fewRows = 128;
const nodeHead: usize = offsetof<ForestNode>();
const listedBytes: usize = offsetof<ListedColumn>();

/** Ends of the lists of columns to be searched now: those in leaves of few rows, and the others. */
let fewEnd: usize = 0;
let manyEnd: usize = 0;

/** Grows a tree from the root, which is written. Without a limit to leaves the order of splits does not matter. */
export function grow(forest: Forest, place: RowsPlace): void {
  const leaf = changetype<Leaf>(forest.leaf);
  let fresh = forest.nodes;
  let end = forest.nodes + forest.nodeBytes;
  let open: usize = 0;
  do {
    // The nodes from `fresh` on are new.
    do {
      const node = changetype<ForestNode>(fresh);
      if (mayPart(forest, node, leaf.minLeaf) && searchNode(forest, node, leaf)) {
        node.next = open;
        open = fresh;
      }
      fresh += forest.nodeBytes;
    } while (fresh < end);
    if (open === 0) return;
    const node = changetype<ForestNode>(open);
    open = node.next;
    fresh = end;
    partNode(forest, place, node, end);
    end += 2 * forest.nodeBytes;
  } while (true);
}

function countOf(node: ForestNode): i32 {
  return ((node.to - node.from) >> 2) as i32;
}

function mayPart(forest: Forest, node: ForestNode, minLeaf: i32): bool {
  if (countOf(node) < minLeaf << 1 || node.depth >= forest.maxDepth) return false;
  // All labels are 0, or all are 1.
  return forest.hasLabels === 0 || (node.gradient !== 0 && node.gradient !== -node.hessian);
}

/** Where none of the columns drawn can be split on, more are drawn, one after another, as scikit-learn does it. */
function searchNode(forest: Forest, node: ForestNode, leaf: Leaf): bool {
  const score = node.gradient * leaf.gradientUnit;
  leaf.own = (score * score) / (node.hessian * leaf.hessianUnit);
  leaf.least = leaf.own * noise + leaf.own;
  leaf.gradient = node.gradient;
  leaf.hessian = node.hessian;
  leaf.rows = node.from;
  leaf.rowsEnd = node.to;
  leaf.count = countOf(node);
  let most: f64 = 0;
  let tried = 0;
  let until = forest.perSplit;
  do {
    drawColumns(forest, node, tried, until);
    if (manyEnd !== forest.manyList) histogramsOfList(leaf, forest.manyList, manyEnd);
    if (fewEnd !== forest.fewList) searchFew(leaf, forest.fewList, fewEnd);
    most = weighColumns(forest, node, tried, until, most);
    tried = until;
    until++;
  } while (node.column < 0 && tried < forest.columnCount);
  return node.column >= 0;
}

/** Draws the columns at places `tried` to `until` of the order, and sorts them into the two lists. */
function drawColumns(forest: Forest, node: ForestNode, tried: i32, until: i32): void {
  const isMany = countOf(node) > fewRows;
  const state = changetype<RandomState>(forest.random);
  let few = forest.fewList;
  let many = forest.manyList;
  for (let i = tried; i < until; i++) {
    const here = forest.order + ((i as usize) << 2);
    const there = here + (drawInteger(state, forest.columnCount - i) << 2);
    const column = load<i32>(there);
    store<i32>(there, load<i32>(here));
    store<i32>(here, column);
    if (isClosed(node, column)) continue;
    const entry = columnAt(forest, column);
    if (isMany || entry.isCategory !== 0) {
      memory.fill(entry.histogram, 0, entry.missing - entry.histogram + 16);
      many = listColumn(many, entry);
    } else few = listColumn(few, entry);
  }
  fewEnd = few;
  manyEnd = many;
}

function listColumn(list: usize, entry: ForestColumn): usize {
  const listed = changetype<ListedColumn>(list);
  listed.bins = entry.bins;
  listed.histogram = entry.histogram;
  listed.missing = entry.missing;
  return list + listedBytes;
}

function columnAt(forest: Forest, column: i32): ForestColumn {
  return changetype<ForestColumn>(forest.columns + (column as usize) * offsetof<ForestColumn>());
}

/** The word that has the bit of a column. */
function closedWord(node: ForestNode, column: i32): usize {
  return changetype<usize>(node) + nodeHead + ((column >> 5) << 2);
}

function isClosed(node: ForestNode, column: i32): bool {
  return ((load<u32>(closedWord(node, column)) >> (column & 31)) & 1) === 1;
}

/** Searches the columns that are not searched yet, and keeps the best split: of equal ones the first drawn. */
function weighColumns(forest: Forest, node: ForestNode, tried: i32, until: i32, before: f64): f64 {
  const isMany = leafOf(forest).count > fewRows;
  let most = before;
  for (let i = tried; i < until; i++) {
    const column = load<i32>(forest.order + ((i as usize) << 2));
    if (isClosed(node, column)) continue;
    const entry = columnAt(forest, column);
    const isCategory = entry.isCategory !== 0;
    if (isCategory) searchCategories(column);
    else if (isMany) searchNumbers(leafOf(forest), entry.histogram, entry.missing);
    const found = changetype<Found>(entry.histogram + foundOffset);
    if (found.gain < 0) {
      const word = closedWord(node, column);
      store<u32>(word, load<u32>(word) | (1 << (column & 31)));
    }
    if (!(found.gain > most)) continue;
    most = found.gain;
    node.column = column;
    node.place = found.place;
    node.leftGradient = found.gradient;
    node.leftHessian = found.hessian;
    if (isCategory) {
      const sets = changetype<usize>(node) + forest.sets;
      v128.store(sets, found.sides);
      v128.store(sets, found.moreSides, 16);
    }
  }
  return most;
}

function leafOf(forest: Forest): Leaf {
  return changetype<Leaf>(forest.leaf);
}

/** Parts the rows of the node and adds its children from `children` on. */
function partNode(forest: Forest, place: RowsPlace, node: ForestNode, children: usize): void {
  const entry = columnAt(forest, node.column);
  const rows = node.from;
  const end = node.to;
  const scratch = place.scratch;
  let left: u32 = 0;
  if (node.place < 0) {
    setSides(place.sides, changetype<usize>(node) + forest.sets);
    left = partitionBySides(rows, end, entry.bins, place.sides, scratch);
  } else {
    // Where missing values go right, a bin that there is not.
    const missing: u32 = node.place & 1 ? (((entry.missing - entry.histogram) >> 4) as u32) : 256;
    left = partitionByBin(rows, end, entry.bins, node.place >> 1, missing, scratch);
  }
  const middle = rows + ((left as usize) << 2);
  memory.copy(middle, scratch, end - middle);
  node.left = children;
  const first = addChild(forest, node, children);
  first.gradient = node.leftGradient;
  first.hessian = node.leftHessian;
  first.from = rows;
  first.to = middle;
  const second = addChild(forest, node, children + forest.nodeBytes);
  second.gradient = node.gradient - node.leftGradient;
  second.hessian = node.hessian - node.leftHessian;
  second.from = middle;
  second.to = end;
}

/** Writes for each bin of a category whether it goes left. */
function setSides(sides: usize, sets: usize): void {
  let bin: u32 = 0;
  do {
    store<u8>(sides + bin, ((load<u32>(sets + ((bin >> 5) << 2)) >> (bin & 31)) & 1) as u8);
    bin++;
  } while (bin < 256);
}

/** A child without its rows and sums. */
function addChild(forest: Forest, parent: ForestNode, address: usize): ForestNode {
  const child = changetype<ForestNode>(address);
  child.depth = parent.depth + 1;
  child.column = -1;
  child.left = 0;
  memory.copy(address + nodeHead, changetype<usize>(parent) + nodeHead, forest.closedBytes);
  return child;
}
