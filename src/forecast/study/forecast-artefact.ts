/** Kept forecasts as an artefact: files that the store keeps, aliases and proves as it does those of a model. */
import type { Json, JsonObject, JsonReader } from '../../json.js';
import { Problem } from '../../problem.js';
import { type ArtefactFiles, jsonFile, packArtefact, proveFiles } from '../../study/artefact-files.js';
import type { Manifest } from '../../study/manifest.js';
import type { Every } from '../panel/panel.js';
import { orderPolicyFromJson, orderPolicyToJson } from '../stock/order-policy-from-json.js';
import { forecastOf, isForecast, orderOf } from './answers.js';
import { doublesFile, readDoubles } from './doubles-file.js';
import type { GoldenForecast, KeptForecasts } from './kept-forecasts.js';

/** What is kept, before it has a version. */
export type ForecastParts = Omit<KeptForecasts, 'version' | 'golden' | 'manifest'> &
  Pick<Manifest, 'data' | 'scores' | 'seed' | 'program' | 'why' | 'module' | 'cells'>;

const goldenSeries = 40;

/** The forecasts as files. Before it returns, they are read back and the golden questions answered. */
export function makeForecastArtefact(parts: ForecastParts, madeAt: Date): ArtefactFiles {
  const { study, data, scores, seed, program, why, module, cells } = parts;
  const { title, question, target, names, keys, every, periods, past, columns, orders, count } = parts;
  const { forecaster, through, sha256 } = parts.learned;
  const about: JsonObject = {
    title,
    question,
    target: { name: target.name, ...(target.unit !== undefined && { unit: target.unit }) },
    names,
    keys,
    every: every ?? null,
    periods,
    past: past.periods,
    count,
    columns: Object.keys(columns).sort(),
    learned: { forecaster, through, sha256 },
  };
  const files = packArtefact(
    {
      'forecasts.json': jsonFile(about),
      'policy.json': jsonFile(orders ? orderPolicyToJson(orders) : null),
      'golden.json': jsonFile(goldenOf(parts) as unknown as Json),
      'means.bin': doublesFile(parts.means),
      'paths.bin': doublesFile(parts.paths),
      'past.bin': doublesFile(past.values),
      'columns.bin': doublesFile(
        Float64Array.from(
          Object.keys(columns)
            .sort()
            .flatMap((name) => [...columns[name]!]),
        ),
      ),
      'card.md': parts.card,
    },
    { study, data, scores, seed, program, why, module, cells },
    madeAt,
  );
  readForecastArtefact(files);
  return files;
}

/** Reads kept forecasts and believes nothing. Throws as `readArtefact` does. */
export function readForecastArtefact(given: ArtefactFiles): KeptForecasts {
  const { manifest, bytes, text, read } = proveFiles(given);
  const about = read('forecasts.json', readAbout);
  const { keys, periods, count, columns, past } = about;
  const series = keys.length;
  const doubles = (name: string, length: number): Float64Array =>
    readDoubles(bytes(name), { file: name, length });
  const values = doubles('columns.bin', columns.length * series);
  const kept: KeptForecasts = {
    study: given.study,
    version: given.version,
    ...about,
    past: { periods: past, values: doubles('past.bin', series * past.length) },
    means: doubles('means.bin', series * periods.length),
    paths: doubles('paths.bin', series * count * periods.length),
    columns: Object.fromEntries(
      columns.map((name, i) => [name, values.subarray(i * series, (i + 1) * series)]),
    ),
    orders: read('policy.json', (json) => (json.value === null ? undefined : orderPolicyFromJson(json))),
    golden: read('golden.json', (json) => json.items().map(readGolden)),
    card: text('card.md'),
    manifest,
  };
  answerGolden(kept);
  return kept;
}

type About = Pick<
  KeptForecasts,
  'title' | 'question' | 'target' | 'names' | 'keys' | 'every' | 'periods' | 'count' | 'learned'
> & {
  readonly past: readonly string[];
  readonly columns: readonly string[];
};

const lengths = ['hour', 'day', 'week', 'month', 'quarter', 'year'] as const satisfies readonly Every[];

function readAbout(json: JsonReader): About {
  const target = json.field('target');
  const every = json.field('every');
  const names = json.field('names').strings();
  const learned = json.field('learned');
  return {
    title: json.field('title').string(),
    question: json.field('question').string(),
    target: { name: target.field('name').string(), unit: target.optional('unit')?.string() },
    names,
    keys: json
      .field('keys')
      .items()
      .map((key) => key.strings({ length: names.length })),
    every: every.value === null ? undefined : every.oneOf(lengths),
    periods: json.field('periods').strings(),
    count: json.field('count').integer({ min: 1 }),
    past: json.field('past').strings(),
    columns: json.field('columns').strings(),
    learned: {
      forecaster: learned.field('forecaster').string(),
      through: learned.field('through').string(),
      sha256: learned.field('sha256').string(),
    },
  };
}

/** Series from the one that sells least to the one that sells most, each with a stock of its own. */
function goldenOf(parts: ForecastParts): GoldenForecast[] {
  const { means, periods, keys, orders } = parts;
  const kept = parts as unknown as KeptForecasts;
  const sums = keys.map((_, i) =>
    means.subarray(i * periods.length, (i + 1) * periods.length).reduce((sum, value) => sum + value, 0),
  );
  const known = keys.map((_, i) => i).filter((i) => isForecast(kept, i));
  known.sort((a, b) => sums[a]! - sums[b]! || a - b);
  const wanted = Math.min(goldenSeries, known.length);
  const step = wanted > 1 ? (known.length - 1) / (wanted - 1) : 0;
  return Array.from({ length: wanted }, (_, i) => {
    const series = known[Math.round(i * step)]!;
    const forecast = forecastOf(kept, series) as unknown as JsonObject;
    if (!orders) return { series, forecast };
    const stock = { onHand: i % 7, onOrder: [i % 3, i % 2] };
    return { series, forecast, stock, order: orderOf(kept, series, stock) };
  });
}

function readGolden(json: JsonReader): GoldenForecast {
  const stock = json.optional('stock');
  return {
    series: json.field('series').integer({ min: 0 }),
    forecast: json.field('forecast').object() as JsonObject,
    ...(stock && {
      stock: { onHand: stock.field('onHand').number(), onOrder: [...stock.field('onOrder').numbers()] },
      order: json.field('order').object() as unknown as NonNullable<GoldenForecast['order']>,
    }),
  };
}

/** Throws `artefact-golden` unless the very same forecasts and orders come out again. */
function answerGolden(kept: KeptForecasts): void {
  if (kept.golden.length === 0) throw wrongGolden('there is none to answer');
  kept.golden.forEach(({ series, forecast, stock, order }, i) => {
    if (series >= kept.keys.length) throw wrongGolden(`question ${i} is about a series that there is not`);
    const now = {
      forecast: forecastOf(kept, series),
      ...(stock && kept.orders && { order: orderOf(kept, series, stock) }),
    };
    const then = { forecast, ...(stock && kept.orders && { order }) };
    if (jsonFile(now as unknown as Json) !== jsonFile(then as unknown as Json))
      throw wrongGolden(`this program does not answer golden question ${i} with what was measured`);
  });
}

function wrongGolden(what: string): Problem {
  return new Problem({
    code: 'artefact-golden',
    what,
    expected: 'the very same bits',
    remedy: 'serve it with the program that made it, or run the study again',
  });
}
