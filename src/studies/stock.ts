/** How much stock to order: a retail chain's weekly sales, forecast article by article, and the order that costs least. */
import { category, number, yesNo } from 'alambique';
import {
  defineForecastStudy,
  definePanel,
  type ForecastStudy,
  globalBoosting,
  local,
  meanOfLast,
  orderUpTo,
  readPanel,
  rollingOrigin,
  simulateShop,
  tsb,
  week,
} from 'alambique/forecast';

const chain = definePanel({
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

/** An order arrives in the third week, and is looked at three weeks beyond those that it protects. */
const horizon = 6;

export const study: ForecastStudy = defineForecastStudy({
  name: 'stock',
  title: 'Stock of a retail chain',
  question: 'How much of each article should we order this week?',
  data: {
    file: 'vn2/sales.csv',
    read: (sales) => {
      const beside = (name: string): string => sales.replace(/sales(?=\.csv$)/, name);
      const files = { wide: sales, available: beside('in-stock'), attributes: beside('master') };
      return readPanel(files, chain, { gaps: 'unknown' });
    },
    simulate: () => simulateShop({ seed: 17 }).panel,
  },
  candidates: [local(meanOfLast(13)), local(tsb()), globalBoosting({ horizon })],
  protocol: rollingOrigin({ horizon, origins: 3 }),
  orders: orderUpTo({ leadTime: 3, holdingCost: 0.2, shortageCost: 1 }),
  paths: 400,
  seed: 7,
});
