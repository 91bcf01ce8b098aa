/** The overall weighted average of the M4 competition. */
import { deseasonalised } from '../local/deseasonalised.js';
import { naive } from '../local/naive.js';
import { type ForecastMetric, meanOverSteps } from './metric.js';
import { symmetricError } from './percentage-errors.js';
import { type ScaleOptions, scaleOf } from './scaled-errors.js';

const naive2 = deseasonalised(naive());

/**
 * The mean of sMAPE and MASE, each by that of Naive2 (the naive forecast without the season) on the same series: below 1 is
 * better than Naive2. `season` is as in `mase`, for Naive2 as well.
 * Source: Makridakis, Spiliotis and Assimakopoulos, "The M4 competition", 2020.
 *
 * @example
 * owa({ season: 1 }).name // → 'OWA'
 */
export function owa({ season }: ScaleOptions = {}): ForecastMetric {
  return {
    name: 'OWA',
    ofPaths: false,
    measure: (one) => {
      const length = season ?? one.season;
      const scale = scaleOf(one.past, length, Math.abs);
      const said = naive2.fit(one.past, { season: length }).forecast(one.actual.length);
      const parts = [one, { ...one, means: said }].flatMap((of) => [
        meanOverSteps(of, symmetricError),
        meanOverSteps(of, (actual, expected) => Math.abs(actual - expected)),
      ]);
      const [percent, error, naivePercent, naiveError] = parts as number[];
      return scale === undefined || percent === undefined
        ? undefined
        : [percent, error! / scale, naivePercent!, naiveError! / scale];
    },
    combine: ([percent, error, naivePercent, naiveError]) =>
      (percent! / naivePercent! + error! / naiveError!) / 2,
  };
}
