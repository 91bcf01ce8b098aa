/** `/forecast` and `/order`: what a series may sell in the next periods, and how much of it to order. */
import {
  forecastOf,
  type KeptForecasts,
  type NewPrediction,
  oncePerSeries,
  orderOf,
} from '../src/serving.js';
import { newId } from './ids.js';
import { isoTime } from './iso-time.js';
import { Refusal } from './problems.js';
import type { BodyLimits } from './read-body.js';
import { jsonText, type Reply } from './reply.js';
import type { Call, Endpoint } from './router.js';
import type { RowHandler } from './row-handler.js';
import { questionsOf, type SeriesQuestion } from './series-question.js';
import type { ServiceMetrics } from './service-metrics.js';

/** What the endpoints work with. */
export interface ForecastTools {
  readonly now: () => Date;
  readonly limits: BodyLimits;
  readonly metrics: ServiceMetrics;
  readonly rows: RowHandler;
}

/** The endpoints. Every order is kept in the log where the service keeps predictions. */
export function forecastEndpoints({ now, limits, metrics, rows }: ForecastTools): {
  readonly forecast: { GET: Endpoint; POST: Endpoint };
  readonly order: { POST: Endpoint };
} {
  const forecast = (call: Call, body: unknown): Reply => {
    const kept = forecastsOf(call);
    return answer(kept, questionsOf(kept, body, { limits }), ({ series }) => {
      metrics.predictions.add(1, kept.study, 'forecast');
      const { key, forecast: text } = textsOf(kept, series);
      return `{"series":${key},${text.slice(1)}`;
    });
  };
  return {
    forecast: {
      GET: (call) => forecast(call, Object.fromEntries(new URLSearchParams(call.request.query))),
      POST: rows.ofJson(forecast),
    },
    order: {
      POST: rows.ofJson((call, body) => {
        const kept = forecastsOf(call);
        if (kept.orders === undefined) throw new Refusal(404, 'This study forecasts and orders nothing.');
        const asked = questionsOf(kept, body, { limits, withStock: true });
        const time = now();
        const records: NewPrediction[] = [];
        const reply = answer(kept, asked, (question) => {
          const { text, record } = ordered(kept, question, { caller: call.request.caller, time });
          records.push(record);
          return text;
        });
        rows.record(kept.study, records);
        metrics.predictions.add(records.length, kept.study, 'order');
        return reply;
      }),
    },
  };
}

/** The order for a series as it is answered, and as the log keeps it. */
function ordered(
  kept: KeptForecasts,
  { series, onHand, onOrder }: SeriesQuestion,
  { caller, time }: { caller: string | undefined; time: Date },
): { text: string; record: NewPrediction } {
  const { order, reason, onTheWay, expected, low, high } = orderOf(kept, series, { onHand, onOrder });
  const { key, forecast } = textsOf(kept, series);
  const id = newId(time.getTime());
  const facts = JSON.stringify({ order, reason, onHand, onTheWay, expected, low, high }).slice(1, -1);
  const stock = `"onHand":${onHand},"onOrder":${JSON.stringify(onOrder)}`;
  return {
    text: `{"id":"${id}","series":${key},${facts},"forecast":${forecast}}`,
    record: {
      id,
      time: isoTime(time),
      model: `${kept.study}@${kept.version}`,
      ...(caller !== undefined && { caller }),
      rowText: key === '{}' ? `{${stock}}` : `${key.slice(0, -1)},${stock}}`,
      prediction: expected,
      low,
      high,
      decision: decisionOf(order),
    },
  };
}

/** An order as the log writes it. */
export function decisionOf(order: number): string {
  return `order ${order}`;
}

/** The forecasts of the call's study. Throws a `Refusal` (404) where its model answers rows. */
export function forecastsOf(call: Call): KeptForecasts {
  if (call.forecasts) return call.forecasts;
  throw new Refusal(404, 'This study does not forecast; it is asked at its "/predict".');
}

/** The texts of a series' key, by the columns' names. */
export function keyOf({ names, keys }: KeptForecasts, series: number): Record<string, string> {
  return Object.fromEntries(names.map((name, i) => [name, keys[series]![i]!]));
}

/** What every answer about a series says of it, as JSON. */
interface SeriesTexts {
  readonly key: string;
  readonly forecast: string;
}

/** Sorting the paths and writing the numbers takes longer than the order. */
const textsOf = oncePerSeries((kept, series): SeriesTexts => {
  const knownThrough = kept.past.periods.at(-1)!;
  return {
    key: JSON.stringify(keyOf(kept, series)),
    forecast: JSON.stringify({ knownThrough, periods: kept.periods, ...forecastOf(kept, series) }),
  };
});

/** One answer for one question, a list for a list; each comes as the text of an object. */
function answer(
  kept: KeptForecasts,
  { questions, many }: { questions: readonly SeriesQuestion[]; many: boolean },
  of: (question: SeriesQuestion) => string,
): Reply {
  const model = `"model":${JSON.stringify(`${kept.study}@${kept.version}`)}`;
  if (!many) return jsonText(`${of(questions[0]!).slice(0, -1)},${model}}`);
  return jsonText(`{"answers":[${questions.map(of).join()}],${model}}`);
}
