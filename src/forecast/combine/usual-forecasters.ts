/** The candidates to begin with, where nobody knows better. */

import { segmentOf } from '../accuracy/segment-of.js';
import type { Forecaster } from '../forecaster.js';
import { sba } from '../local/croston.js';
import { deseasonalised } from '../local/deseasonalised.js';
import { ets } from '../local/ets.js';
import { demandOf, local } from '../local/local.js';
import { meanOfLast } from '../local/mean-of-last.js';
import { mstl } from '../local/mstl.js';
import { theta } from '../local/theta.js';
import { tsb } from '../local/tsb.js';
import type { Panel } from '../panel/panel.js';
import { mean, median } from './combination.js';

/** From this share of the series on that sell now and then, models for such articles take part. */
const someShare = 0.1;

/**
 * Theta and ETS; where the panel has a season, both without it, and MSTL with either; where articles sell now and then, SBA, TSB and
 * the mean of the last 13; and the medians and means of them all, and of those that know the season. For `bestForecaster`.
 *
 * @example
 * usualForecasters(panel).map(({ name }) => name).slice(0, 3) // → [ 'Theta', 'ETS', 'Theta without season' ]
 */
export function usualForecasters(panel: Panel): readonly Forecaster[] {
  const plain = [local(theta(), { season: 1 }), local(ets(), { season: 1 })];
  const seasonal =
    panel.seasons.length === 0
      ? []
      : [
          local(deseasonalised(theta())),
          local(deseasonalised(ets())),
          local(mstl()),
          local(mstl({ model: theta() })),
        ];
  const rare = panel.series.filter((series) => /intermittent|lumpy/.test(segmentOf(demandOf(series))));
  const intermittent =
    rare.length < someShare * panel.series.length ? [] : [local(sba()), local(tsb()), local(meanOfLast(13))];
  const all = [...plain, ...seasonal, ...intermittent];
  const both = (members: readonly Forecaster[], of: string): Forecaster[] => [
    median(members, { name: `median of ${of}` }),
    mean(members, { name: `mean of ${of}` }),
  ];
  return [
    ...all,
    ...both(all, `all ${all.length}`),
    ...(seasonal.length > 0 ? both(seasonal, `the ${seasonal.length} with season`) : []),
  ];
}
