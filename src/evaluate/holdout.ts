/** A stretch of rows that is held out until the choice is made, and scored once. */
import { Problem } from '../problem.js';
import type { Dataset } from '../schema/schema.js';
import { formatNumber, withText } from '../table/print.js';
import { checkOptions } from '../task/check-options.js';
import type { FittedPipeline } from './pipeline.js';
import type { Scorecard, ScoreOptions } from './score-fitted.js';
import { split } from './split.js';

/** Rows behind a lock that opens once. */
export interface Holdout {
  readonly rowCount: number;
  /** Whether it has been opened. */
  readonly opened: boolean;
  /**
   * Scores the chosen model. A second look would be a choice made on these rows: it throws `evaluate-holdout-opened`,
   * whichever model it is for.
   */
  score(fitted: FittedPipeline, options?: ScoreOptions): Scorecard;
}

/**
 * Holds a share (0.2) of the rows away: the last where they stand in time order, whole groups where they have groups,
 * else random ones. `open` is for everything until the choice is made; fit the chosen one on it, then score once.
 *
 * @example
 * const { open, holdout } = holdOut(calls, { share: 0.2 });
 * const fitted = pipeline(recipe, logistic()).fit(open);
 * holdout.score(fitted); // once
 */
export function holdOut<Before extends string, Late extends string>(
  dataset: Dataset<Before, Late>,
  { share = 0.2, seed = 1 }: { share?: number; seed?: number } = {},
): { open: Dataset<Before, Late>; holdout: Holdout } {
  checkOptions({ share }, { share: { above: 0, below: 1 } });
  const { train, test } = split(dataset, { test: share, seed });
  let openedFor: string | undefined;
  const box: Holdout = {
    rowCount: test.table.rowCount,
    get opened() {
      return openedFor !== undefined;
    },
    score(fitted, options) {
      if (openedFor !== undefined) {
        throw new Problem({
          code: 'evaluate-holdout-opened',
          what: `the holdout rows have already scored "${openedFor}"`,
          expected: 'one look, for the model that was chosen without them',
          remedy: 'choose by the race on the open rows; for a new choice, wait for new data',
        });
      }
      const card = fitted.score(test, options);
      openedFor = fitted.name;
      return card;
    },
  };
  const holdout = withText(box, ({ rowCount }) => {
    const state = openedFor === undefined ? 'not yet looked at' : `scored once, for "${openedFor}"`;
    return `${formatNumber(rowCount)} rows held out, ${state}`;
  });
  return { open: train, holdout };
}
