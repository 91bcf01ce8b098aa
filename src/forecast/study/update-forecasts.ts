/**
 * Moves kept forecasts on to later periods: the forecaster that made them sees those, and learns nothing of them. It is had again
 * by fitting it to the very periods that taught it, and is believed only where it forecasts from their end what was kept, to the bit.
 */
import { listNames, Problem } from '../../problem.js';
import { withBaselines } from '../accuracy/race-forecasters.js';
import type { FittedForecaster } from '../forecaster.js';
import { periodText } from '../panel/calendar.js';
import type { Panel } from '../panel/panel.js';
import type { DeclaredPanel } from '../panel/panel-schema.js';
import { pickSeries } from '../panel/pick-series.js';
import { until } from '../panel/until.js';
import type { ForecastParts } from './forecast-artefact.js';
import type { ForecastStudy } from './forecast-study.js';
import { forecastsFrom, forecastsHash, lastPeriod, valuesIn, withOwnPaths } from './forecasts-from.js';
import type { KeptForecasts } from './kept-forecasts.js';

/** What an update found. */
export interface UpdatedForecasts {
  readonly parts: ForecastParts;
  /** Keys of series that began after the run: they have no forecast until the study is run again. */
  readonly unknown: readonly (readonly string[])[];
  /** Keys of series without a value in the periods that are new: their forecast starts where they end. */
  readonly ended: readonly (readonly string[])[];
}

/**
 * The forecasts of the same forecaster after the panel's last period. Whatever was updated before, the result is that of one update.
 * Throws `update-no-new-period`, `update-gap`, `update-other-columns`, `update-missing-series`, `update-other-past` where the periods that
 * taught it are others now, and `update-other-forecaster` where the study or the program no longer makes the same.
 */
export function updateForecasts(
  kept: KeptForecasts,
  panel: DeclaredPanel,
  { study, threads, program }: { study: ForecastStudy; threads: number; program: string },
): UpdatedForecasts {
  checkColumns(kept, panel);
  const { own, unknown } = ownSeries(kept, panel);
  const known = kept.past.periods.at(-1)!;
  const from = placeAfter(own, known);
  checkNewPeriods(own, { known, from });
  const learnedPart = learnedPartOf(own, kept);
  const { seed } = kept.manifest;
  const size = { horizon: kept.periods.length, count: kept.count, seed };
  const fitted = fitAgain(kept, learnedPart, { study, threads });
  if (forecastsHash(forecastsFrom(fitted, learnedPart, size)) !== kept.learned.sha256)
    throw new Problem({
      code: 'update-other-forecaster',
      what: `"${kept.learned.forecaster}", fitted again to what it learned through ${kept.learned.through}, does not forecast what it did`,
      expected: 'the very same bits, from the same sales, stock-outs, attributes, study and program',
      remedy: runAnew(kept),
    });
  const forecasts = forecastsFrom(fitted.update(own), own, size);
  const { name, sha256, simulated } = panel.source;
  const through = lastPeriod(own);
  const parts = {
    ...kept,
    ...kept.manifest,
    ...forecasts,
    data: { name, sha256, simulated, rows: valuesIn(learnedPart) },
    program,
    why: `Updated from ${kept.version} with sales through ${through}; it learned from those through ${kept.learned.through}`,
  };
  const ended = own.series
    .filter(
      ({ start, values }) => isUnknown(values.subarray(Math.max(0, from - start))) && !isUnknown(values),
    )
    .map(({ key }) => key);
  return { parts: { ...parts, card: updatedCard(kept, parts) }, unknown, ended };
}

function checkColumns(kept: KeptForecasts, { names, schema, periods }: DeclaredPanel): void {
  const saidOf = (target: string, keys: readonly string[], every: string | undefined): string =>
    `${every ?? 'period'}s of "${target}" by ${listNames(keys) || 'nothing'}`;
  const [now, then] = [
    saidOf(schema.target.name, names, periods.every),
    saidOf(kept.target.name, kept.names, kept.every),
  ];
  if (now === then) return;
  throw new Problem({
    code: 'update-other-columns',
    what: `these are ${now}`,
    expected: `${then}, as was forecast`,
    remedy: runAnew(kept),
  });
}

/** The series that are forecast, in their order, and the keys of those that are not. */
function ownSeries(
  kept: KeptForecasts,
  panel: Panel,
): { own: Panel; unknown: readonly (readonly string[])[] } {
  const placeOf = new Map(panel.series.map(({ key }, i) => [JSON.stringify(key), i]));
  const places = kept.keys.map((key) => placeOf.get(JSON.stringify(key)));
  const missing = kept.keys.filter((_, i) => places[i] === undefined);
  if (missing.length > 0)
    throw new Problem({
      code: 'update-missing-series',
      what: `${missing.length} series that are forecast ${missing.length === 1 ? 'is' : 'are'} not among the sales: ${keysText(missing)}`,
      expected: 'all series that are forecast, those that have ended among them',
      remedy: `hand in the whole past of each, or ${runAnew(kept)}`,
    });
  const taken = new Set(places);
  return {
    own: pickSeries(panel, Uint32Array.from(places as number[])),
    unknown: panel.series.filter((_, i) => !taken.has(i)).map(({ key }) => key),
  };
}

/** Some keys, for a sentence. */
export function keysText(keys: readonly (readonly string[])[]): string {
  return listNames(
    keys.map((key) => key.join(' ')),
    { most: 5 },
  );
}

/** The place after the period that begins so; 0 where the panel has none. */
function placeAfter({ periods }: Panel, text: string): number {
  for (let place = 0; place < periods.count; place++)
    if (periodText(periods, place) === text) return place + 1;
  return 0;
}

function checkNewPeriods(panel: Panel, { known, from }: { known: string; from: number }): void {
  const { periods, series } = panel;
  const [first, last] = [periodText(periods, 0), lastPeriod(panel)];
  if (from === 0 || from === periods.count)
    throw new Problem({
      code: 'update-no-new-period',
      what:
        from === 0
          ? `the sales go from ${first} to ${last}, and the forecasts know them through ${known}`
          : `there is no new period: the sales end with ${last}, which the forecasts know`,
      expected: 'the whole past, and at least one period after it',
    });
  for (let place = from; place < periods.count; place++)
    if (series.every(({ start, values }) => Number.isNaN(values[place - start] ?? Number.NaN)))
      throw new Problem({
        code: 'update-gap',
        what: `nothing is known of the period ${periodText(periods, place)}, not of one series`,
        expected: `every period after ${known}, to the last`,
        remedy: 'put it in',
      });
}

/** What taught the forecaster. It must still be what it was, as far as it was kept; the proof finds the rest. */
function learnedPartOf(panel: Panel, { past, learned, keys, ...kept }: KeptForecasts): Panel {
  const remedy = runAnew(kept);
  const end = placeAfter(panel, learned.through);
  if (end === 0)
    throw new Problem({
      code: 'update-other-past',
      what: `the sales lack ${learned.through}, through which the forecaster learned`,
      expected: 'the whole past, with new periods after it',
      remedy,
    });
  const learnedPart = until(panel, panel.periods.count - end);
  const offset = placeAfter(panel, past.periods[0]!) - 1;
  const count = past.periods.indexOf(learned.through) + 1;
  for (const [i, { start, values }] of learnedPart.series.entries())
    for (let place = 0; place < count; place++) {
      const then = past.values[i * past.periods.length + place]!;
      const now = values[offset + place - start] ?? Number.NaN;
      if (Object.is(then, now)) continue;
      throw new Problem({
        code: 'update-other-past',
        what: `${keys[i]!.join(' ') || 'the series'} has ${valueText(now)} in ${past.periods[place]}; the forecaster learned from ${valueText(then)}`,
        expected: 'the past as it was, with new periods after it',
        remedy: `where it was corrected, ${remedy}`,
      });
    }
  return learnedPart;
}

function valueText(value: number): string {
  return Number.isNaN(value) ? 'no known value' : String(value);
}

function fitAgain(
  kept: KeptForecasts,
  panel: Panel,
  { study, threads }: { study: ForecastStudy; threads: number },
): FittedForecaster {
  const name = kept.learned.forecaster;
  const forecaster = withBaselines(study.candidates, panel).find((candidate) => candidate.name === name);
  if (forecaster) return withOwnPaths(forecaster).fit(panel, { seed: kept.manifest.seed, threads });
  throw new Problem({
    code: 'update-other-forecaster',
    what: `the study "${study.name}" has no candidate "${name}" any more, which made these forecasts`,
    remedy: runAnew(kept),
  });
}

function runAnew({ study }: Pick<KeptForecasts, 'study'>): string {
  return `run the study anew: alambique run ${study}`;
}

function isUnknown(values: Float64Array): boolean {
  return values.every((value) => Number.isNaN(value));
}

const updatedHeading = '## Updated since';

/** The card of the run, with what was updated since at its end. */
function updatedCard(
  { card, version, learned }: KeptForecasts,
  { data, periods, past }: Pick<ForecastParts, 'data' | 'periods' | 'past'>,
): string {
  const [ofRun] = card.split(`\n${updatedHeading}\n`);
  return `${ofRun!.trimEnd()}

${updatedHeading}

The forecasts are of ${periods[0]} to ${periods.at(-1)} now: the same forecaster has seen sales through ${past.periods.at(-1)} (${data.name}, SHA-256 ${data.sha256.slice(0, 16)}…; before: ${version}). It learned from those through ${learned.through} and from none that came later; the scores above are those of its run.
`;
}
