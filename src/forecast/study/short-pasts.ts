/** Series of which too little is known for an own forecast, named with what stands in its place. */
import { demandOf } from '../local/local.js';
import type { Panel } from '../panel/panel.js';

/** Series that lack the same. */
export interface ShortPast {
  /** "no known value". */
  readonly what: string;
  /** What is done in its place, as a sentence. */
  readonly instead: string;
  /** Their places in the panel. */
  readonly series: readonly number[];
}

/** Without that many values of late a series has no level of its own. */
const late = 26;

/** Groups of series that lack something; those without any are left out. A series stands in the first that fits. */
export function shortPasts(panel: Panel): readonly ShortPast[] {
  const season = panel.seasons.at(-1);
  const kindOf = panel.series.map((series) => {
    const known = demandOf(series).map((value) => (Number.isNaN(value) ? 0 : 1));
    const count = known.reduce((sum, one) => sum + one, 0);
    if (count === 0) return 0;
    if (!known.subarray(-late).includes(1)) return 1;
    if (series.start + series.values.length < panel.periods.count) return 2;
    return season !== undefined && count < season ? 3 : -1;
  });
  const kinds: readonly Omit<ShortPast, 'series'>[] = [
    { what: 'no known value', instead: 'Their forecast says nothing until one is known.' },
    { what: `no known value in the last ${late} periods`, instead: 'Their long mean stands in its place.' },
    {
      what: 'an end before the others',
      instead: 'Their forecast is what they would sell after their own last period.',
    },
    {
      what: `less than a season of ${season} periods`,
      instead:
        'Models of one series leave the season out; the model of all series takes that of series like them.',
    },
  ];
  return kinds
    .map((kind, place) => ({ ...kind, series: [...kindOf.keys()].filter((s) => kindOf[s] === place) }))
    .filter(({ series }) => series.length > 0);
}
