/** How an audit looks at a target: which rows came out alike, what their means say, how well a column alone tells it. */

/** The outcomes of rows, as codes. */
export interface Outcomes {
  /** Row i came out as `codes[i]`; numbers are coded in ascending order. */
  readonly codes: Int32Array;
  /** How many rows came out so, by code. */
  readonly rows: Uint32Array;
  /** True where outcomes are classes, so that rows of one class can be copied or mixed; false for numbers. */
  readonly areClasses: boolean;
}

/** A yes or no about a row's outcome: is it yes, is it "gold", is it 0? */
export interface Contrast {
  /** 1 for each row where it holds. */
  readonly holds: Uint8Array;
  /** In how many rows it holds. */
  readonly count: number;
  /** Said of rows where it does not hold, and of rows where it does: `["no", "yes"]`, `["not 0", "0"]`. */
  readonly names: readonly [not: string, is: string];
}

/** A number for each row whose mean over some rows says how these came out. */
export interface Response {
  /** What its mean is: "the share of yes", "the mean of units". */
  readonly words: string;
  readonly values: Float64Array;
  /** The same, such that a mean is not ruled by a few large values: ranks in [0, 1] for numbers, else `values`. */
  readonly ranks: Float64Array;
  /** A mean of `values` for people: "11.7 %", "42.5". */
  format(mean: number): string;
}

/** Rows in groups of ascending value: of each group its rows, and the sums of their response and of its square. */
export interface ResponseGroups {
  readonly rows: ArrayLike<number>;
  readonly sums: ArrayLike<number>;
  readonly squares: ArrayLike<number>;
}

/** How well a column alone tells the target, as one number: 1 where it tells all, `nothing` where it tells nothing. */
export interface StrengthMeasure {
  /** "AUC", "rank correlation". */
  readonly name: string;
  /** As the evidence of findings names it: "auc". */
  readonly key: string;
  /** .5 for an AUC, 0 for a correlation; a value below is as strong as its mirror image above. */
  readonly nothing: number;
  /** A value that no column known in time reaches alone. */
  readonly tooGood: number;
  /** A value that deserves a question where the other columns are far weaker. */
  readonly remarkable: number;
  /** Of groups in ascending order, ties counting half; `nothing` where there is nothing to compare. */
  of(groups: ResponseGroups): number;
  /** Its standard error for all values of a response where there is nothing to be found. */
  error(response: Response): number;
}

/** Everything that an audit asks of a target. */
export interface TargetAspects {
  readonly outcomes: Outcomes;
  /** What outcomes may be asked, one by one; none where numbers have no value that comes up often. */
  readonly contrasts: readonly Contrast[];
  /** At least one. */
  readonly responses: readonly Response[];
  readonly measure: StrengthMeasure;
}
