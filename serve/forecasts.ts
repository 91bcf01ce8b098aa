/** `/forecast` and `/order`: what a series may sell in the next periods, and how much of it to order. */
import { forecastOf, type KeptForecasts, type NewPrediction, orderOf, Problem } from '../src/serving.js';
import type { AuditLog } from './audit-log.js';
import { newId } from './ids.js';
import { isoTime } from './iso-time.js';
import { Refusal } from './problems.js';
import { acceptedType, type BodyLimits, bodyText, parseJson, readBody } from './read-body.js';
import { jsonText, type Reply } from './reply.js';
import type { Call, Endpoint } from './router.js';
import { questionsOf, type SeriesQuestion } from './series-question.js';
import type { ServiceMetrics } from './service-metrics.js';

/** What the endpoints work with. */
export interface ForecastTools {
  readonly now: () => Date;
  readonly limits: BodyLimits;
  readonly metrics: ServiceMetrics;
  readonly auditLog?: AuditLog;
}

/** The endpoints. Every order is kept in the log where the service keeps predictions. */
export function forecastEndpoints(tools: ForecastTools): {
  readonly forecast: { GET: Endpoint; POST: Endpoint };
  readonly order: { POST: Endpoint };
} {
  const { limits, metrics } = tools;
  const forecast = (kept: KeptForecasts, { series }: SeriesQuestion): string => {
    metrics.predictions.add(1, kept.study, 'forecast');
    return `{"series":${JSON.stringify(keyOf(kept, series))},${forecastText(kept, series).slice(1)}`;
  };
  return {
    forecast: {
      GET: (call) => {
        const kept = forecastsOf(call);
        const asked = questionsOf(kept, Object.fromEntries(new URLSearchParams(call.request.query)), {
          limits,
        });
        return answer(kept, asked, (question) => forecast(kept, question));
      },
      POST: fromBody(limits, (call, body) => {
        const kept = forecastsOf(call);
        return answer(kept, questionsOf(kept, body, { limits }), (question) => forecast(kept, question));
      }),
    },
    order: {
      POST: fromBody(limits, (call, body) => {
        const kept = forecastsOf(call);
        if (kept.orders === undefined) throw new Refusal(404, 'This study forecasts and orders nothing.');
        const why = tools.auditLog?.stopped();
        if (why !== undefined) throw new Refusal(503, why, { headers: { 'retry-after': '5' } });
        const asked = questionsOf(kept, body, { limits, withStock: true });
        const records: NewPrediction[] = [];
        const reply = answer(kept, asked, (question) => {
          const { text, record } = ordered(kept, question, { call, time: tools.now() });
          records.push(record);
          return text;
        });
        metrics.predictions.add(records.length, kept.study, 'order');
        keep(tools.auditLog, kept.study, records);
        return reply;
      }),
    },
  };
}

/** The order for a series as it is answered, and as the log keeps it. */
function ordered(
  kept: KeptForecasts,
  { series, onHand, onOrder }: SeriesQuestion,
  { call, time }: { call: Call; time: Date },
): { text: string; record: NewPrediction } {
  const { caller } = call.request;
  const key = keyOf(kept, series);
  const { order, reason, onTheWay, expected, low, high } = orderOf(kept, series, { onHand, onOrder });
  const id = newId(time.getTime());
  const fields = { id, series: key, order, reason, onHand, onTheWay, expected, low, high };
  return {
    text: `${JSON.stringify(fields).slice(0, -1)},"forecast":${forecastText(kept, series)}}`,
    record: {
      id,
      time: isoTime(time),
      model: `${kept.study}@${kept.version}`,
      ...(caller !== undefined && { caller }),
      row: { ...key, onHand, onOrder },
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

function keep(auditLog: AuditLog | undefined, study: string, records: readonly NewPrediction[]): void {
  try {
    auditLog?.append(study, records);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new Refusal(503, error.message, { headers: { 'retry-after': '5' } });
  }
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

const textsOf = new WeakMap<KeptForecasts, Map<number, string>>();

/** The forecast of a series as JSON. Sorting the paths and writing the numbers takes longer than the order: what was told once is kept. */
function forecastText(kept: KeptForecasts, series: number): string {
  let known = textsOf.get(kept);
  if (known === undefined) {
    known = new Map();
    textsOf.set(kept, known);
  }
  let text = known.get(series);
  if (text === undefined) {
    const knownThrough = kept.past.periods.at(-1)!;
    text = JSON.stringify({ knownThrough, periods: kept.periods, ...forecastOf(kept, series) });
    known.set(series, text);
  }
  return text;
}

function fromBody(limits: BodyLimits, reply: (call: Call, body: unknown) => Reply): Endpoint {
  return (call) => {
    acceptedType(call.request, ['application/json']);
    const bytes = readBody(call.request, limits.bodyBytes);
    const read = (body: Buffer): Reply => reply(call, parseJson(bodyText(body), limits));
    return bytes instanceof Promise ? bytes.then(read) : read(bytes);
  };
}

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
