/** `/openapi.json` of a study that forecasts, with questions that can be asked as they stand. */
import { isForecast, type JsonObject, type KeptForecasts } from '../src/serving.js';
import { keyOf } from './forecasts.js';
import { documentOf } from './openapi.js';
import { inPath, media, query } from './openapi-parameters.js';
import { sharedSchemas } from './openapi-schemas.js';
import { list, number, ref, shape, text } from './openapi-shapes.js';
import type { Operation } from './operation.js';

/** A question that has an answer: the series that is expected to sell most; with its stock where something is ordered. */
export function exampleQuestion(kept: KeptForecasts): JsonObject {
  const { means, periods, keys, orders } = kept;
  let best = keys.findIndex((_, i) => isForecast(kept, i));
  keys.forEach((_, i) => {
    if (means[i * periods.length]! > means[best * periods.length]!) best = i;
  });
  return { ...keyOf(kept, best), ...(orders && { onHand: 12, onOrder: [6] }) };
}

/** The document. Equal forecasts give equal documents. */
export function forecastApi(kept: KeptForecasts, version: string): JsonObject {
  const base = `/studies/${kept.study}`;
  const { onHand: _, onOrder: __, ...series } = exampleQuestion(kept);
  const operations: Operation[] = [
    {
      ...{ method: 'post', path: `${base}/forecast`, tag: 'Forecast', open: false },
      summary: 'The next periods of a series, or of each of a list.',
      body: media(oneOrMany('Series'), { one: series, many: [series] }),
      answer: jsonOf({ oneOf: [ref('Forecast'), ref('Answers')] }),
      problems: [400, 413, 415, 422],
    },
    {
      ...{ method: 'get', path: `${base}/forecast`, tag: 'Forecast', open: false },
      summary: 'The same for one series, typed into the address.',
      parameters: kept.names.map((name) => ({
        ...query(name, { type: 'string' }, 'Names the series.'),
        required: true,
        example: series[name]!,
      })),
      answer: jsonOf(ref('Forecast')),
      problems: [422],
    },
    ...(kept.orders
      ? [
          {
            ...({ method: 'post', path: `${base}/order`, tag: 'Order', open: false } as const),
            summary: 'How much to order of a series with this stock, or of each of a list, and why.',
            body: media(oneOrMany('Stock'), {
              one: exampleQuestion(kept),
              many: [exampleQuestion(kept)],
            }),
            answer: jsonOf({ oneOf: [ref('Order'), ref('Answers')] }),
            problems: [400, 413, 415, 422, 503],
          },
          {
            ...({ method: 'get', path: `${base}/predictions/{id}`, tag: 'Order', open: false } as const),
            summary: 'An order from the audit log, decided again and compared to the bit.',
            parameters: [inPath('id', { type: 'string', format: 'uuid' })],
            answer: jsonOf({ type: 'object' }),
            problems: [410],
          },
        ]
      : []),
    {
      ...{ method: 'get', path: base, tag: 'About the forecasts', open: false },
      summary: 'A series on one page for people: its chart, its order, what each order would cost.',
      answer: { 'text/html': { schema: text } },
      problems: [422],
    },
  ];
  return documentOf(operations, {
    title: kept.title,
    version,
    description: `${kept.question} From ${kept.study}@${kept.version}.`,
    schemas: schemas(kept),
  });
}

function jsonOf(schema: JsonObject): JsonObject {
  return { 'application/json': { schema } };
}

function oneOrMany(name: string): JsonObject {
  return { oneOf: [ref(name), { type: 'array', items: ref(name), maxItems: 10_000 }] };
}

function schemas({ names, periods, target }: KeptForecasts): JsonObject {
  const key = Object.fromEntries(names.map((name) => [name, { type: ['string', 'number'] }]));
  const said = Object.fromEntries(names.map((name) => [name, text]));
  const each = { type: 'array', items: number, minItems: periods.length, maxItems: periods.length };
  const forecast = {
    knownThrough: { ...text, description: 'The last period whose sales the forecast knows.' },
    periods: list(text),
    mean: { ...each, description: `What is expected of ${target.name} in each period.` },
    q05: each,
    q25: each,
    q50: each,
    q75: each,
    q95: { ...each, description: 'In 95 of 100 cases no more than this.' },
  };
  const model = { type: 'string', description: 'Study and version.' };
  return {
    Series: shape(key),
    Stock: shape(
      {
        ...key,
        onHand: { ...number, description: 'What there is now; below 0 where customers wait.' },
        onOrder: {
          ...list({ ...number, minimum: 0 }),
          description: 'What arrives at the start of the next period, of the one after it, and so on.',
        },
      },
      { optional: ['onOrder'] },
    ),
    Forecast: shape({ series: shape(said), ...forecast, model }, { optional: ['model'] }),
    Order: shape(
      {
        id: { type: 'string', format: 'uuid', description: 'Names the order in the audit log.' },
        series: shape(said),
        order: number,
        reason: { ...text, description: 'The order in a sentence.' },
        onHand: number,
        onTheWay: number,
        expected: { ...number, description: 'What will be asked for until the next order can arrive.' },
        low: number,
        high: number,
        forecast: shape(forecast),
        model,
      },
      { optional: ['model'] },
    ),
    Answers: shape({ answers: { type: 'array', items: { oneOf: [ref('Forecast'), ref('Order')] } }, model }),
    ...sharedSchemas,
  };
}
