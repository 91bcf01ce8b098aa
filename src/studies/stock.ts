/** The study stock, distilled from its notebooks. Do not edit: change the notebook and distil again. */
// Distilled by alambique 0.1.0 with `alambique distil stock` from:
//   notebooks/stock/5-choose.ipynb
import { category, number, type Study, yesNo } from 'alambique';
import {
  type DeclaredPanel,
  defineForecastStudy,
  definePanel,
  type ForecastStudy,
  globalBoosting,
  local,
  meanOfLast,
  orderUpTo,
  type PanelSchema,
  readPanel,
  rollingOrigin,
  simulateShop,
  tsb,
  week,
} from 'alambique/forecast';

// ── notebooks/stock/5-choose.ipynb, cell chain

export const chain: PanelSchema = definePanel({
  moment: 'the order is placed, after the last week in the file',
  series: ['Store', 'Product'],
  time: week('week'),
  target: number('sold', { unit: 'pieces', integer: true }),
  available: yesNo('inStock', { yes: 'True', no: 'False' }),
  before: {
    ProductGroup: category(),
    Division: category(),
    Department: category(),
    DepartmentGroup: category(),
    StoreFormat: category(),
    Format: category(),
  },
});
/** The chain's sales, a column a week; what was in stock and the groups stand in files beside them. */
export const readChain: (sales: string) => Promise<DeclaredPanel> = (
  sales: string,
): Promise<DeclaredPanel> => {
  const beside = (name: string): string => sales.replace(/sales(?=\.csv$)/, name);
  const files = { wide: sales, available: beside('in-stock'), attributes: beside('master') };
  return readPanel(files, chain, { gaps: 'unknown' });
};

// ── notebooks/stock/5-choose.ipynb, cell study

/** An order arrives in the third week, and is looked at three weeks beyond those that it protects. */
export const studyHorizon = 6;
export const study: ForecastStudy = defineForecastStudy({
  name: 'stock',
  title: 'Stock of a retail chain',
  question: 'How much of each article should we order this week?',
  data: {
    file: 'vn2/sales.csv',
    read: readChain,
    simulate: () => simulateShop({ seed: 17 }).panel,
  },
  candidates: [local(meanOfLast(13)), local(tsb()), globalBoosting({ horizon: studyHorizon })],
  protocol: rollingOrigin({ horizon: studyHorizon, origins: 3 }),
  orders: orderUpTo({ leadTime: 3, holdingCost: 0.2, shortageCost: 1 }),
  paths: 400,
  seed: 7,
});

/** The cells that this module was distilled from, for the chain of custody. */
export const distilledFrom: NonNullable<Study['module']> = {
  path: 'src/studies/stock.ts',
  cells: [
    {
      notebook: 'notebooks/stock/5-choose.ipynb',
      cell: 'chain',
      sha256: '3c28b692bb181cf6946600d67ce44b1d17b02385220e71ec5c3fc6d4586cfa35',
    },
    {
      notebook: 'notebooks/stock/5-choose.ipynb',
      cell: 'study',
      sha256: '7d5708c25c56ed6de3b8af20cee1f7b849ac034b0cdca8ad0a895c517f51cd01',
    },
  ],
};
