/** A panel of some of the series of another, and which to take. */
import { seededRandom } from '../../random.js';
import type { Panel } from './panel.js';

/** The panel with the series at these places, in this order; its periods stay. */
export function pickSeries(panel: Panel, places: Uint32Array): Panel {
  return {
    ...panel,
    series: Array.from(places, (place) => panel.series[place]!),
    attributes: panel.attributes.rows(places),
    ahead: panel.ahead.map(({ values, ...column }) => {
      const picked = new Float64Array(places.length * column.reach);
      places.forEach((place, i) => {
        picked.set(values.subarray(place * column.reach, (place + 1) * column.reach), i * column.reach);
      });
      return { ...column, values: picked };
    }),
  };
}

/** The places of at most so many series, drawn where the panel has more, in its order. */
export function drawSeries(panel: Panel, most: number, seed: number): Uint32Array {
  const places = Uint32Array.from(panel.series.keys());
  if (places.length <= most) return places;
  return seededRandom(seed).fork('series').shuffle(places).slice(0, most).sort();
}
