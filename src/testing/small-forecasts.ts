/** A small panel of shops that sell by season, one of which has not opened yet, and its kept forecasts; for tests. */

import { rollingOrigin } from '../forecast/accuracy/rolling-origin.js';
import { local } from '../forecast/local/local.js';
import { meanOfLast } from '../forecast/local/mean-of-last.js';
import { definePanel } from '../forecast/panel/define-panel.js';
import { panelOf } from '../forecast/panel/panel-of.js';
import type { DeclaredPanel } from '../forecast/panel/panel-schema.js';
import { week } from '../forecast/panel/time-types.js';
import { orderUpTo } from '../forecast/stock/order-up-to.js';
import { makeForecastArtefact } from '../forecast/study/forecast-artefact.js';
import { defineForecastStudy, type ForecastStudy } from '../forecast/study/forecast-study.js';
import { runForecastStudy } from '../forecast/study/run-forecast-study.js';
import { seededRandom } from '../random.js';
import { number } from '../schema/column-types.js';
import type { ArtefactFiles } from '../study/artefact-files.js';
import { categoryColumn, numberColumn, table } from '../table/table.js';

const schema = definePanel({
  moment: 'the order is placed on Monday morning',
  series: ['shop', 'tea'],
  time: week('week'),
  target: number('sold', { unit: 'boxes', integer: true }),
  before: { holding: number() },
});

/** Two years of weeks of two teas in each shop. */
export function smallPanel({ shops = 3 }: { shops?: number } = {}): DeclaredPanel {
  const random = seededRandom(5);
  const names = Array.from({ length: shops }, (_, i) => String(i + 1));
  const rows = names.flatMap((shop, s) =>
    ['green', 'black'].flatMap((tea, t) =>
      Array.from({ length: 104 }, (_, i) => ({
        shop,
        tea,
        week: new Date(Date.UTC(2024, 0, 1 + 7 * i)).toISOString().slice(0, 10),
        sold: Math.floor((4 + 3 * (s % 3) + 2 * t) * (1 + 0.5 * Math.sin(i / 8)) * 2 * random.uniform()),
      })),
    ),
  );
  return panelOf(
    schema,
    table([
      categoryColumn(
        'shop',
        rows.map(({ shop }) => shop),
      ),
      categoryColumn(
        'tea',
        rows.map(({ tea }) => tea),
      ),
      categoryColumn(
        'week',
        rows.map((row) => row.week),
      ),
      numberColumn(
        'sold',
        rows.map(({ sold }) => sold),
      ),
      numberColumn(
        'holding',
        rows.map(({ shop }) => (shop === '1' ? 0.1 : 0.3)),
      ),
    ]),
  );
}

/** A study of it; an order arrives in two weeks. */
export const smallForecastStudy: ForecastStudy = defineForecastStudy({
  name: 'tea-stock',
  title: 'Tea in three shops',
  question: 'How much tea should we order?',
  data: { file: 'tea.csv', read: async () => smallPanel() },
  candidates: [local(meanOfLast(4)), local(meanOfLast(26))],
  protocol: rollingOrigin({ horizon: 6, origins: 2 }),
  orders: orderUpTo({ leadTime: 2, holdingCost: 'holding', shortageCost: 1 }),
  paths: 100,
  seed: 7,
});

/** Its forecasts as files. */
export function smallForecasts(
  panel: DeclaredPanel = smallPanel(),
  { paths = 100 }: { paths?: number } = {},
): ArtefactFiles {
  const { parts } = runForecastStudy({ ...smallForecastStudy, paths }, panel, {
    threads: 1,
    program: 'alambique test',
  });
  return makeForecastArtefact(parts, new Date('2026-11-28T07:00:00Z'));
}
