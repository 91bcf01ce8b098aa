/** The contract of a study that forecasts: a question, its panel, its candidates, and how the stock is ordered. */
import { type Issue, listNames, Problem, show } from '../../problem.js';
import { type CellStamp, studyNamePattern } from '../../study/manifest.js';
import type { ForecastMetric } from '../accuracy/metric.js';
import type { RollingOrigin } from '../accuracy/rolling-origin.js';
import type { Forecaster } from '../forecaster.js';
import type { DeclaredPanel } from '../panel/panel-schema.js';
import type { OrderPolicy } from '../stock/stock.js';

/** Where a panel comes from. */
export interface PanelSource {
  /** The main file's name, found in `data/raw` or ALAMBIQUE_DATA: "vn2/sales.csv". Files beside it are found from its path. */
  readonly file: string;
  /** Reads it, and what belongs to it. */
  read(path: string): Promise<DeclaredPanel>;
  /** Makes a panel like it, for when there is no file. */
  simulate?(): DeclaredPanel;
}

/** What `defineForecastStudy` takes. */
export interface ForecastStudySpec {
  /** Lower-case words joined by hyphens; becomes a folder and a part of URLs. */
  name: string;
  title: string;
  /** The question in a sentence that ends with a question mark. */
  question: string;
  data: PanelSource;
  /** Every forecaster that races; the naive ones take part in any case. */
  candidates: readonly Forecaster[];
  /** How they are judged; decides. */
  protocol: RollingOrigin;
  /** The first decides; MASE, WAPE and sMAPE by default. */
  metrics?: readonly ForecastMetric[];
  /** How many periods are forecast for use; by default those of the protocol. */
  horizon?: number;
  /** How many ways the next periods may go are kept; by default 200. */
  paths?: number;
  /** How stock is ordered; absent where nothing is. Its rules are numbers, or names of columns of the panel's series. */
  orders?: OrderPolicy;
  seed: number;
  /** Path of this study's module, relative to the root, and the cells it was distilled from. */
  module?: { readonly path: string; readonly cells: readonly CellStamp[] };
}

/** A checked study that forecasts. */
export interface ForecastStudy extends Readonly<ForecastStudySpec> {
  readonly kind: 'forecast';
  readonly horizon: number;
  readonly paths: number;
}

/**
 * Checks a study's statement. Throws a `Problem` with everything that is wrong (`study-…`).
 *
 * @example
 * const study = defineForecastStudy({
 *   name: 'stock',
 *   title: 'Stock of a shop',
 *   question: 'How much should we order?',
 *   data: { file: 'sales.csv', read: async () => panel },
 *   candidates: [local(meanOfLast(13))],
 *   protocol: rollingOrigin({ horizon: 4 }),
 *   orders: orderUpTo({ leadTime: 2, holdingCost: 0.2, shortageCost: 1 }),
 *   seed: 7,
 * });
 * study.horizon // → 4
 */
export function defineForecastStudy(spec: ForecastStudySpec): ForecastStudy {
  const { name, candidates, protocol, horizon = protocol.horizon, paths = 200, orders } = spec;
  const issues: Issue[] = [];
  if (!studyNamePattern.test(name))
    issues.push({
      code: 'study-name',
      what: 'a study cannot be called that',
      got: show(name),
      expected: 'lower-case words joined by hyphens, such as "stock"',
    });
  if (candidates.length === 0)
    issues.push({ code: 'study-no-candidates', what: 'there is no candidate to race' });
  for (const [what, value] of Object.entries({ horizon, paths }))
    if (!Number.isInteger(value) || value < 1)
      issues.push({
        code: 'study-horizon',
        what: `"${what}" is ${value}`,
        expected: 'a whole number from 1 on',
      });
  const lists = Object.entries(orders?.params ?? {}).flatMap(([rule, value]) =>
    Array.isArray(value) ? [rule] : [],
  );
  if (lists.length > 0)
    issues.push({
      code: 'study-rules',
      what: `${listNames(lists)} of the orders ${lists.length === 1 ? 'is a list' : 'are lists'}, which says nothing of one series alone`,
      remedy: "state a number, or name a column of the panel's series",
    });
  if (issues.length > 0) throw new Problem(issues);
  return { ...spec, kind: 'forecast', horizon, paths };
}
