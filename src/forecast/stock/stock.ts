/** The contract of stock: what is on hand and under way, by which rules it is ordered, and a policy that says how much. */
import type { JsonObject } from '../../json.js';
import type { Table } from '../../table/table.js';

/** Stock of all articles at the end of a period. */
export interface StockState {
  /** What each article has on hand; below 0 where customers wait for it. */
  readonly onHand: Float64Array;
  /**
   * What has been ordered and has not arrived: articles × `reach`, row-major. The first of each article arrives at the start of
   * the next period, the second one period later.
   */
  readonly onOrder: Float64Array;
  /** How many periods of arrivals `onOrder` holds; the longest lead time less 1. */
  readonly reach: number;
}

/** One number for all articles, one number for each, or the name of a column of the articles' attributes. */
export type PerArticle = number | readonly number[] | Float64Array | string;

/** By which rules articles are ordered, and what they cost. Each is a value, or one for each article. */
export interface StockRules {
  /**
   * An order that is placed at the end of period w arrives at the start of period w + `leadTime`: 1 for the next period, 3 for
   * the third. A whole number of at least 1.
   */
  readonly leadTime: PerArticle;
  /** Periods from one order to the next; by default 1. */
  readonly review?: PerArticle;
  /** What a unit costs that is left at the end of a period. */
  readonly holdingCost: PerArticle;
  /** What a unit costs that was asked for and was not there; with backorders in each period in which it is waited for. */
  readonly shortageCost: PerArticle;
  /** True where customers wait for what is not there; by default false: the sale is lost. */
  readonly backorders?: boolean;
  /** Orders are multiples of this; by default 1. */
  readonly pack?: PerArticle;
  /** An order is 0 or at least this; by default 0. */
  readonly minimumOrder?: PerArticle;
  /** An order is at most this; by default without limit. */
  readonly maximum?: PerArticle;
}

/** The rules of one article, every one a number. */
export interface ArticleRules {
  readonly leadTime: number;
  readonly review: number;
  readonly holdingCost: number;
  readonly shortageCost: number;
  readonly backorders: boolean;
  readonly pack: number;
  readonly minimumOrder: number;
  readonly maximum: number;
}

/** What a policy decides on. */
export interface OrderInput {
  /** How demand may go: articles × `count` × `horizon`, row-major, from the next period on. */
  readonly paths: Float64Array;
  readonly count: number;
  readonly horizon: number;
  readonly state: StockState;
  /** One row an article, where a rule names a column of it. */
  readonly attributes?: Table;
  /**
   * Where one policy is asked about the same paths again and again, with another stock each time: remembers by article what follows from
   * the paths alone.
   */
  readonly remembered?: Map<number, PathFacts>;
}

/** What follows from the paths and the rules of an article, whatever its stock is. */
export interface PathFacts {
  readonly rules: ArticleRules;
  /** By period: up to where the stock is topped up at its start; -Infinity where no order of a later cycle arrives. */
  readonly topUps: Float64Array;
  /** What each path costs behind the periods that this order protects, where its stock is topped up at the first of them, as is usual. */
  readonly behind: Float64Array;
  /** What is asked for between the arrival of this order and of the next one, on average. */
  readonly demand: number;
  /** What is asked for from now until the next order can arrive: mean, and 5 % and 95 % quantiles. */
  readonly expected: number;
  readonly low: number;
  readonly high: number;
}

/** What to order of one article, and why. */
export interface ArticleOrder {
  readonly order: number;
  readonly onHand: number;
  readonly onTheWay: number;
  /** Until an order that is placed at the next review can arrive, customers will ask for this: mean, and 5 % and 95 % quantiles. */
  readonly expected: number;
  readonly low: number;
  readonly high: number;
}

/** A rule that says how much to order. */
export interface OrderPolicy {
  /** As it stands in tables: "least cost". */
  readonly name: string;
  /** Names the code that reads the parameters back: `orderPolicyFromJson`. */
  readonly kind: string;
  /** Every setting, as data. */
  readonly params: JsonObject;
  /** One answer an article, in their order. */
  orders(input: OrderInput): readonly ArticleOrder[];
  /** What each of these orders of the first article would cost on average; absent where the policy looks at no costs. */
  costs?(input: OrderInput, orders: readonly number[]): readonly number[];
}
