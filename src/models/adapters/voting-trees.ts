/** Trees that vote: a forest's answer is the share of its trees that say yes. Read from JSON, checked, quick to walk. */
import type { Json, JsonReader } from '../../json.js';

/** All trees in one set of arrays; children always stand after their parent. */
export interface VotingTrees {
  /** The node at which each tree begins. */
  readonly roots: Int32Array;
  /** The column a node asks for, or -1 for a leaf. */
  readonly columns: Int32Array;
  /** Less than this goes left; in a leaf its vote, 0 or 1. */
  readonly values: Float64Array;
  /** The node on the left; the one on the right follows from `rights`. 0 for leaves. */
  readonly lefts: Int32Array;
  readonly rights: Int32Array;
}

/** The share of trees that vote yes for a row of numbers. */
export function shareOfVotes(
  { roots, columns, values, lefts, rights }: VotingTrees,
  row: readonly number[],
): number {
  let votes = 0;
  for (const root of roots) {
    let node = root;
    while (columns[node]! >= 0) {
      node = row[columns[node]!]! < values[node]! ? lefts[node]! : rights[node]!;
    }
    votes += values[node]!;
  }
  return votes / roots.length;
}

/** The trees as plain data. */
export function votingTreesToJson(trees: VotingTrees): Json {
  const { roots, columns, values, lefts, rights } = trees;
  return {
    roots: [...roots],
    columns: [...columns],
    values: [...values],
    lefts: [...lefts],
    rights: [...rights],
  };
}

/** Reads what `votingTreesToJson` wrote; `width` is how many numbers a row has. Throws `artefact-structure`. */
export function votingTreesFromJson(json: JsonReader, width: number): VotingTrees {
  const columns = integers(json.field('columns'), { min: -1, max: width - 1 });
  const last = columns.length - 1;
  const trees: VotingTrees = {
    roots: integers(json.field('roots'), { min: 0, max: last }),
    columns,
    values: json.field('values').numbers({ length: columns.length }),
    lefts: integers(json.field('lefts'), { min: 0, max: last, length: columns.length }),
    rights: integers(json.field('rights'), { min: 0, max: last, length: columns.length }),
  };
  if (trees.roots.length === 0) json.field('roots').fail('at least one tree');
  columns.forEach((column, node) => {
    const leaf = column < 0;
    if (leaf && trees.values[node] !== 0 && trees.values[node] !== 1)
      json.field('values').fail('a vote of 0 or 1 in every leaf');
    if (!leaf && !(trees.lefts[node]! > node && trees.rights[node]! > node))
      json.field('lefts').fail('children after their parent');
  });
  return trees;
}

function integers(json: JsonReader, options: { min: number; max: number; length?: number }): Int32Array {
  return Int32Array.from(json.items(options.length === undefined ? {} : { length: options.length }), (item) =>
    item.integer(options),
  );
}
