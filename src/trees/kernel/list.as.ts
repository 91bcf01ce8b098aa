/** Histograms of the columns of a list, which may be any. */
import { addPair, pairAt, scaleOf } from './histogram.as';
import { Leaf, ListedColumn } from './structures';

const listedBytes: usize = offsetof<ListedColumn>();

/**
 * Adds pairs (found by row) to the histograms of the columns of a list. Sums of one column wait for each other, those of
 * four do not.
 */
export function histogramsOfList(leaf: Leaf, list: usize, listEnd: usize): void {
  const scale = scaleOf(leaf.countBits);
  const end = leaf.rowsEnd;
  const pairs = leaf.pairs;
  const fours = (listEnd - list) / (4 * listedBytes);
  const foursEnd = list + fours * 4 * listedBytes;
  let rows = leaf.rows;
  do {
    const row = load<u32>(rows) as usize;
    const pair = pairAt(pairs + (row << 3), scale);
    let column = list;
    if (column !== foursEnd) {
      do {
        addToColumn(column, row << 2, pair);
        addToColumn(column + listedBytes, row << 2, pair);
        addToColumn(column + 2 * listedBytes, row << 2, pair);
        addToColumn(column + 3 * listedBytes, row << 2, pair);
        column += 4 * listedBytes;
      } while (column < foursEnd);
    }
    if (column !== listEnd) {
      do {
        addToColumn(column, row << 2, pair);
        column += listedBytes;
      } while (column < listEnd);
    }
    rows += 4;
  } while (rows < end);
}

function addToColumn(listed: usize, row: usize, pair: v128): void {
  const column = changetype<ListedColumn>(listed);
  addPair(column.histogram, load<u8>(column.bins + row), pair);
}
