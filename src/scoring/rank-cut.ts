/** Finds where a list of any length is cut by rank, in memory that grows with the number to choose only. */

/** Where a list is cut: rows above `value` are acted on, and of those equal to it the first `equals`. */
export interface RankCut {
  readonly value: number;
  readonly equals: number;
}

/** Takes predictions in any number of calls, and tells the cut at the end. */
export interface RankCutFinder {
  add(predictions: Float64Array): void;
  /** The cut that acts on the `most` highest. */
  cut(): RankCut;
}

/** A finder of the `most` highest of all predictions that it is given. */
export function rankCutFinder(most: number): RankCutFinder {
  let kept = new Float64Array(1024);
  let count = 0;
  /** Keeps the highest, in descending order. */
  const prune = (): void => {
    kept.subarray(0, count).sort().reverse();
    count = Math.min(count, most);
  };
  return {
    add(predictions) {
      for (const prediction of predictions) {
        if (count === kept.length && count >= 2 * most) prune();
        if (count === kept.length) {
          const larger = new Float64Array(2 * count);
          larger.set(kept);
          kept = larger;
        }
        kept[count++] = prediction;
      }
    },
    cut() {
      prune();
      if (most === 0) return { value: Infinity, equals: 0 };
      if (count < most) return { value: -Infinity, equals: 0 };
      const value = kept[most - 1]!;
      const above = kept.subarray(0, most).indexOf(value);
      return { value, equals: most - above };
    },
  };
}
