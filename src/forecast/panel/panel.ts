/** The contract of panels: series of one quantity, period by period, and what is known of them. */
import type { Table } from '../../table/table.js';

/** The length of a period. */
export type Every = 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';

/**
 * The periods that the series of a panel stand on. Where a file only counts them (1, 2, 3, …) they have no calendar:
 * `every` and `first` are absent.
 */
export interface Periods {
  readonly every?: Every | undefined;
  /** The first period, as an ISO 8601 day or instant; its number where periods are only counted. */
  readonly first?: string | undefined;
  readonly count: number;
}

/** One series: from its first period to its last, without a gap in the periods. */
export interface Series {
  /** A text for each column that names the series: ["store 3", "milk"]. */
  readonly key: readonly string[];
  /** Its first period, as a place in the panel's periods. Series may begin and end where they like. */
  readonly start: number;
  /** A value a period; NaN where it is not known. Empty where the series has not begun. */
  readonly values: Float64Array;
  /** 1 where the article was in stock, 0 where it was out and sales are a lower bound of demand; absent where nobody says. */
  readonly available?: Uint8Array | undefined;
}

/** A column that is known in advance: holidays, promotions. */
export interface AheadColumn {
  readonly name: string;
  /** Series × `reach`, row-major, from the panel's first period on and beyond its last. NaN where unknown; yes is 1 and no 0. */
  readonly values: Float64Array;
  /** How many periods it reaches from the panel's first. */
  readonly reach: number;
  /** Of a column of texts: the values are places in this list. */
  readonly levels?: readonly string[] | undefined;
}

/** Series of one quantity. */
export interface Panel {
  readonly periods: Periods;
  /** The names of the columns whose values are each series' key. */
  readonly names: readonly string[];
  readonly series: readonly Series[];
  /** Lengths of the seasons in periods, the shortest first: [52] for weeks, [24, 168] for hours; none where there is none. */
  readonly seasons: readonly number[];
  /** Whether only whole numbers from 0 on are possible. */
  readonly counts: boolean;
  /** What is known of each series at any time, one row a series in their order; without columns where nothing is. */
  readonly attributes: Table;
  readonly ahead: readonly AheadColumn[];
}
