/** What a fold that could not be judged leaves behind, and which of several reasons says most. */
import { type Issue, Problem } from '../problem.js';

/** Why a candidate could not be judged on a fold. */
export interface FoldFailure {
  readonly issues: readonly Issue[];
}

/** What `run` gives, or the issues of the `Problem` that it throws; any other error is thrown on. */
export function orFailure<T>(run: () => T): T | FoldFailure {
  try {
    return run();
  } catch (error) {
    if (error instanceof Problem) return { issues: error.issues };
    throw error;
  }
}

/** Whether it is a failure. */
export function isFailure(result: object): result is FoldFailure {
  return 'issues' in result;
}

/**
 * The one to be told: that with the fewest rows, where rows are what is lacking, for a remedy that suits it suits all;
 * else the first.
 */
export function worstOf<F extends FoldFailure>(failures: readonly F[]): F | undefined {
  const least = ({ issues }: FoldFailure): number => Math.min(...issues.map(({ rows = Infinity }) => rows));
  return [...failures].sort((a, b) => (least(a) < least(b) ? -1 : least(a) > least(b) ? 1 : 0))[0];
}
