/** Turns a grown tree, which speaks of bins, into nodes in the data's own units. */

import type { Shape } from '../table/matrix.js';
import type { Bins } from './binning.js';
import type { GrownNode } from './grown-node.js';
import type { NodeSplit } from './node-split.js';
import { type NewNode, type Trees, TreesBuilder } from './trees.js';

/** The tree as `Trees` of one, each leaf with its value. */
export function harvest(root: GrownNode, shape: Shape, bins: readonly Bins[]): Trees {
  const builder = new TreesBuilder(shape);
  const rest = [root];
  for (let node = rest.pop(); node; node = rest.pop()) {
    if (!node.left || !node.right) {
      builder.add({ kind: 'leaf', value: node.value, rows: node.count });
      continue;
    }
    builder.add(splitNode(node.split!, bins));
    rest.push(node.right, node.left);
  }
  return builder.build();
}

/** A split on bins as a node in the data's own units. */
export function splitNode(
  { column, bin, missingLeft, sides }: Pick<NodeSplit, 'column' | 'bin' | 'missingLeft' | 'sides'>,
  bins: readonly Bins[],
): NewNode {
  const of = bins[column]!;
  if (of.kind === 'number') {
    // The last bin is open above: only missing values go right of it.
    return { kind: 'number', column, threshold: of.thresholds[bin] ?? Number.MAX_VALUE, missingLeft };
  }
  const codes = [...of.binOf.keys()].filter((code) => sides![of.binOf[code]!] === 1);
  return { kind: 'category', column, codes, missingLeft };
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
