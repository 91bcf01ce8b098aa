/** A panel of some of the series of another. */
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
