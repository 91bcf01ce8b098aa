/** Turns a grown tree, which speaks of bins, into nodes in the data's own units. */

import type { Shape } from '../../table/matrix.js';
import type { Bins } from './binning.js';
import type { GrownNode } from './grown-node.js';
import { type Trees, TreesBuilder } from './trees.js';

/** The tree as `Trees` of one, each leaf with its value. */
export function harvest(root: GrownNode, shape: Shape, bins: readonly Bins[]): Trees {
  const builder = new TreesBuilder(shape);
  const rest = [root];
  for (let node = rest.pop(); node; node = rest.pop()) {
    if (!node.left || !node.right) {
      builder.add({ kind: 'leaf', value: node.value, rows: node.count });
      continue;
    }
    const split = node.split!;
    const { column, missingLeft } = split;
    const of = bins[column]!;
    if (of.kind === 'number') {
      // The last bin is open above: only missing values go right of it.
      const threshold = of.thresholds[split.bin] ?? Number.MAX_VALUE;
      builder.add({ kind: 'number', column, threshold, missingLeft });
    } else {
      const codes = [...of.binOf.keys()].filter((code) => split.sides![of.binOf[code]!] === 1);
      builder.add({ kind: 'category', column, codes, missingLeft });
    }
    rest.push(node.right, node.left);
  }
  return builder.build();
}

/** The leaves of a grown tree, from left to right. */
export function leavesOf(root: GrownNode): GrownNode[] {
  const out: GrownNode[] = [];
  const rest = [root];
  for (let node = rest.pop(); node; node = rest.pop()) {
    if (node.left && node.right) rest.push(node.right, node.left);
    else out.push(node);
  }
  return out;
}
