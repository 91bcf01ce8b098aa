/** `alambique forecast`: the next periods of any series in a file, by what would have forecast them best. */
import { gzipSync } from 'node:zlib';
import type { OpenRun } from '../database/record-run.js';
import type { ForecastRace } from '../forecast/accuracy/forecast-race.js';
import { owa } from '../forecast/accuracy/owa.js';
import { seriesWape, smape } from '../forecast/accuracy/percentage-errors.js';
import { raceForecasters } from '../forecast/accuracy/race-forecasters.js';
import { rollingOrigin } from '../forecast/accuracy/rolling-origin.js';
import { mase } from '../forecast/accuracy/scaled-errors.js';
import { usualForecasters } from '../forecast/combine/usual-forecasters.js';
import { withPaths } from '../forecast/combine/with-paths.js';
import type { Panel } from '../forecast/panel/panel.js';
import { drawSeries, pickSeries } from '../forecast/panel/pick-series.js';
import { canonicalJson, type JsonObject } from '../json.js';
import { listNames, Problem } from '../problem.js';
import { print } from '../table/print.js';
import { writeFileAtomically } from '../write-atomically.js';
import { outputPlace } from './batch/output-place.js';
import { type Command, exitCodes, type OptionValues, wholeNumber } from './command.js';
import { dialectOf } from './dialect-option.js';
import { formatForecasts } from './forecast/format-forecasts.js';
import { readLong } from './forecast/read-long.js';
import { noteFiles } from './note-files.js';
import { progressBar } from './progress.js';
import { recorded } from './recorded.js';

export const forecast: Command = {
  name: 'forecast',
  summary:
    'Forecasts the series of a file: expected values and quantiles, by what would have forecast them best so far.',
  mostArguments: 0,
  options: {
    data: { type: 'string', value: 'path', help: 'the file: unique_id, ds and y, or columns that are named' },
    horizon: { type: 'string', value: 'number', help: 'how many periods to forecast' },
    output: {
      type: 'string',
      short: 'o',
      value: 'path',
      help: 'the forecasts: mean, q05 … q95; .gz is compressed',
    },
    season: {
      type: 'string',
      value: 'numbers',
      help: 'lengths of the seasons in periods, such as 24,168; 1 for none (the calendar’s)',
    },
    series: {
      type: 'string',
      value: 'columns',
      help: 'the columns that name a series, such as store,product',
    },
    time: { type: 'string', value: 'column', help: 'the column of periods' },
    target: { type: 'string', value: 'column', help: 'the column of values' },
    gaps: {
      type: 'string',
      value: 'zero|unknown',
      help: 'what a period without a row means: nothing was sold, or nobody knows',
    },
    dialect: {
      type: 'string',
      value: 'json',
      help: 'how the file is written, where its bytes do not tell: \'{"decimal":","}\'',
    },
    seed: { type: 'string', value: 'number', help: 'draws the paths (0)' },
    json: { type: 'boolean', help: 'print what was chosen, and why, as JSON' },
  },
  async run({ values }, effects) {
    const { data, output, horizon, seed, ...how } = optionsOf(values);
    const place = outputPlace(output, { inputs: [data] });
    const work = async (run: OpenRun): Promise<number> => {
      const { panel: whole, columns } = await readLong(data, how);
      const { panel, without } = knownSeries(whole);
      const bar = progressBar(effects);
      try {
        const race = raceOf(panel, {
          horizon,
          seed,
          onProgress: (share, what) => bar.update(0.6 * share, 1, what),
        });
        bar.update(0.6, 1, race.best().name);
        const chosen = withPaths(race.best(), { series: mostRaced });
        const forecasts = chosen.fit(panel, { seed }).forecast(horizon);
        const paths = panel.series.length * horizon > 1e5 ? 100 : 500;
        bar.update(0.7, 1, 'how far it misses');
        const text = formatForecasts(panel, forecasts, { seed, paths, time: columns.time });
        writeFileAtomically(place, output.endsWith('.gz') ? gzipSync(text) : text);
        bar.update(1, 1, '');
        bar.end();
        const result = resultOf(race, { panel, horizon, data, output, without });
        run.note({
          input: { files: await noteFiles(data), horizon, seed },
          output: {
            chosen: race.best().name,
            rows: panel.series.length * horizon,
            files: await noteFiles(place),
          },
        });
        effects.out(values.json ? `${canonicalJson(result)}\n` : wordsOf(race, result));
      } finally {
        bar.end();
      }
      return exitCodes.done;
    };
    return recorded({ kind: 'batch', name: 'forecast', work }, effects);
  },
};

/** So many series race, and tell how far forecasts miss; which of them is drawn. */
const mostRaced = 1000;

function optionsOf(values: OptionValues) {
  const { data, output, gaps } = values as Record<string, string | undefined>;
  const horizon = wholeNumber(values, 'horizon', { least: 1, most: 10_000 });
  const expected = 'alambique forecast --data sales.csv --horizon 13 -o forecasts.csv';
  const missing = [
    data === undefined && 'the file (--data)',
    horizon === undefined && 'how many periods to forecast (--horizon)',
    output === undefined && 'where to write (-o)',
  ].filter(Boolean);
  if (data === undefined || horizon === undefined || output === undefined)
    throw new Problem({ code: 'cli-arguments', what: `forecast needs ${missing.join(' and ')}`, expected });
  if (gaps !== undefined && gaps !== 'zero' && gaps !== 'unknown')
    throw new Problem({
      code: 'cli-arguments',
      what: `--gaps cannot be "${gaps}"`,
      expected: 'zero or unknown',
    });
  return {
    data,
    horizon,
    output,
    gaps,
    seed: wholeNumber(values, 'seed', { least: 0, most: 2 ** 31 - 1 }) ?? 0,
    dialect: dialectOf(values.dialect as string | undefined),
    seasons: seasonsOf(values.season as string | undefined),
    columns: {
      series: (values.series as string | undefined)?.split(',').map((name) => name.trim()),
      time: values.time as string | undefined,
      target: values.target as string | undefined,
    },
  } as const;
}

function seasonsOf(text: string | undefined): number[] | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,6}(,\d{1,6})*$/.test(text) && !text.split(',').includes('0'))
    return text
      .split(',')
      .map(Number)
      .sort((a, b) => a - b);
  throw new Problem({
    code: 'cli-arguments',
    what: `--season cannot be "${text}"`,
    expected: 'lengths in periods, such as 52 or 24,168, or 1 for none',
  });
}

/** The series of which a value is known, and the names of the others. */
function knownSeries(panel: Panel): { panel: Panel; without: readonly string[] } {
  const places = Uint32Array.from(panel.series.keys());
  const known = places.filter((place) => panel.series[place]!.values.some((value) => !Number.isNaN(value)));
  if (known.length === panel.series.length) return { panel, without: [] };
  const without = places.filter((place) => !known.includes(place));
  return {
    panel: pickSeries(panel, known),
    without: Array.from(without, (place) => panel.series[place]!.key.join(', ')),
  };
}

function raceOf(
  panel: Panel,
  {
    horizon,
    seed,
    onProgress,
  }: { horizon: number; seed: number; onProgress: (share: number, what: string) => void },
): ForecastRace {
  const places = drawSeries(panel, mostRaced, seed);
  const drawn = places.length < panel.series.length ? pickSeries(panel, places) : panel;
  // Where the past is short, fewer origins and a shorter horizon must do.
  const reach = Math.min(horizon, Math.max(1, Math.floor(panel.periods.count / 3)));
  const origins = Math.max(1, Math.min(3, Math.floor(panel.periods.count / (2 * reach))));
  return raceForecasters(drawn, {
    candidates: usualForecasters(drawn),
    protocol: rollingOrigin({ horizon: reach, origins }),
    metrics: [owa(), mase(), smape(), seriesWape()],
    seed,
    onProgress: (done, total, name) => onProgress(done / total, name),
  });
}

function resultOf(
  race: ForecastRace,
  about: { panel: Panel; horizon: number; data: string; output: string; without: readonly string[] },
): JsonObject {
  const { panel, horizon, data, output, without } = about;
  return {
    data,
    output,
    series: panel.series.length,
    periods: { ...panel.periods, every: panel.periods.every ?? null, first: panel.periods.first ?? null },
    seasons: panel.seasons,
    counts: panel.counts,
    horizon,
    rows: panel.series.length * horizon,
    without,
    chosen: race.best().name,
    protocol: { ...race.protocol, origins: race.origins, series: race.series },
    candidates: race.rows.map(({ name, scores }) => ({
      name,
      scores: Object.fromEntries(
        Object.entries(scores).map(([metric, { value, low, high }]) => [
          metric,
          Number.isFinite(value) ? { value, low, high } : null,
        ]),
      ),
    })),
    failures: race.failures,
  } as unknown as JsonObject;
}

function wordsOf(race: ForecastRace, { chosen, rows, output, without }: JsonObject): string {
  const left = without as string[];
  const { [print]: text } = race as unknown as { [print](): string };
  return [
    text.call(race),
    '',
    `Chosen:    ${String(chosen)}`,
    `Forecasts: ${String(output)}, ${Number(rows).toLocaleString('en-US')} rows`,
    ...(left.length > 0 ? [`Left out:  ${listNames(left)}, of which no value is known`] : []),
    '',
  ].join('\n');
}
