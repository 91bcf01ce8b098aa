/** Lets rows of long ago count less while another learner fits. */
import type { JsonObject } from '../json.js';
import { Problem } from '../problem.js';
import type { Matrix, TargetKind, Targets } from '../table/matrix.js';
import { print } from '../table/print.js';
import { checkFit } from './check-fit.js';
import { checkParameters } from './check-parameters.js';
import { describe } from './describe.js';
import { type FitOptions, type Learner, type Model, type Refusals, takesOf } from './models.js';
import { type LearnerReader, learnerJson } from './reader.js';

/** What `withRecency` takes. */
export interface WithRecencyOptions {
  /** After how many rows a row counts half. */
  halfLife: number;
  /**
   * What to do with rows that stand in no order of time, as under a protocol that shuffles them: 'refuse' (the default),
   * or 'weigh alike'.
   */
  unordered?: 'refuse' | 'weigh alike';
}

/**
 * `learner`, fitted with weights that halve every `halfLife` rows back in time, on top of any row weights it is given; the
 * last row weighs 1. Where the world drifts, that is a sliding window without an edge: exponential smoothing as in
 * Brown (1959), applied to the loss. It learns the kinds of target that `learner` learns. `fit` throws `models-recency-order` where rows do not stand in time order.
 *
 * @example
 * pipeline(recipe, withRecency(logistic(), { halfLife: 200 })).fit(train);
 */
export function withRecency(learner: Learner, options: WithRecencyOptions): Learner {
  return new WithRecency(learner, options.halfLife, options.unordered ?? 'refuse');
}

export const withRecencyReader: LearnerReader = {
  kind: 'withRecency',
  read: (params, readLearner) =>
    withRecency(readLearner(params.field('learner')), {
      halfLife: params.field('halfLife').number(),
      unordered: params.field('unordered').oneOf(['refuse', 'weigh alike'] as const),
    }),
};

class WithRecency implements Learner {
  readonly name: string;
  readonly kind = 'withRecency';
  readonly takes: readonly TargetKind[];
  readonly refuses: Refusals;
  readonly params: JsonObject;
  readonly #learner: Learner;
  readonly #halfLife: number;
  readonly #unordered: 'refuse' | 'weigh alike';

  constructor(learner: Learner, halfLife: number, unordered: 'refuse' | 'weigh alike') {
    checkParameters('withRecency', { halfLife }, { halfLife: { above: 0 } });
    this.name = `${learner.name} + recency`;
    this.params = { learner: learnerJson(learner), halfLife, unordered };
    this.takes = takesOf(learner);
    this.refuses = learner.refuses ?? {};
    this.#learner = learner;
    this.#halfLife = halfLife;
    this.#unordered = unordered;
  }

  fit(matrix: Matrix, targets: Targets, options: FitOptions): Model {
    checkFit(matrix, targets, options, { missing: true, takes: this.takes });
    if (!options.ordered) {
      if (this.#unordered === 'weigh alike') return this.#learner.fit(matrix, targets, options);
      throw new Problem({
        code: 'models-recency-order',
        what: `${this.name}: rows that stand in no order of time cannot be weighed by it`,
        expected: "a schema with an order, such as order: 'rows', and a protocol that keeps it",
        remedy: "or let them weigh alike there: withRecency(…, { halfLife, unordered: 'weigh alike' })",
      });
    }
    const last = matrix.rowCount - 1;
    const weights = Float64Array.from(
      targets,
      (_, i) => 2 ** ((i - last) / this.#halfLife) * (options.weights?.[i] ?? 1),
    );
    return this.#learner.fit(matrix, targets, { ...options, weights });
  }

  [print](): string {
    const otherwise = this.#unordered === 'refuse' ? '' : '; without an order all weigh alike';
    return `${describe(this.#learner)} + recency (half-life ${this.#halfLife} rows${otherwise})`;
  }
}
