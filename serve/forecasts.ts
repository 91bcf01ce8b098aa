/** `/forecast` and `/order`: what a series may sell in the next periods, and how much of it to order. */
import {
  forecastOf,
  type KeptForecasts,
  type NewPrediction,
  orderOf,
  Problem,
  type SeriesForecast,
} from '../src/serving.js';
import type { AuditLog } from './audit-log.js';
import { newId } from './ids.js';
import { Refusal } from './problems.js';
import { acceptedType, type BodyLimits, bodyText, parseJson, readBody } from './read-body.js';
import { json, type Reply } from './reply.js';
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

/** The forecast of a series as it is answered. */
export interface ForecastAnswer extends SeriesForecast {
  readonly series: Readonly<Record<string, string>>;
  /** The last period whose sales the forecast knows. */
  readonly knownThrough: string;
  readonly periods: readonly string[];
}

/** The order for a series as it is answered. */
export interface OrderAnswer {
  readonly id: string;
  readonly series: Readonly<Record<string, string>>;
  readonly order: number;
  readonly reason: string;
  readonly onHand: number;
  readonly onTheWay: number;
  /** What will be asked for until an order of the next review can arrive: mean, and 5 % and 95 % quantiles. */
  readonly expected: number;
  readonly low: number;
  readonly high: number;
  readonly forecast: Omit<ForecastAnswer, 'series'>;
}

/** The endpoints. Every order is kept in the log where the service keeps predictions. */
export function forecastEndpoints(tools: ForecastTools): {
  readonly forecast: { GET: Endpoint; POST: Endpoint };
  readonly order: { POST: Endpoint };
} {
  const { limits, metrics } = tools;
  const forecast = (kept: KeptForecasts, { series }: SeriesQuestion): ForecastAnswer => {
    metrics.predictions.add(1, kept.study, 'forecast');
    return { series: keyOf(kept, series), ...forecastFields(kept, series) };
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
          const { fields, record } = ordered(kept, question, { call, time: tools.now() });
          records.push(record);
          return fields;
        });
        metrics.predictions.add(records.length, kept.study, 'order');
        keep(tools.auditLog, kept.study, records);
        return reply;
      }),
    },
  };
}

/** The order for a series, and the line that the log keeps of it. */
function ordered(
  kept: KeptForecasts,
  { series, onHand, onOrder }: SeriesQuestion,
  { call, time }: { call: Call; time: Date },
): { fields: OrderAnswer; record: NewPrediction } {
  const { caller } = call.request;
  const key = keyOf(kept, series);
  const { order, reason, onTheWay, expected, low, high } = orderOf(kept, series, { onHand, onOrder });
  const id = newId(time.getTime());
  return {
    fields: {
      id,
      series: key,
      order,
      reason,
      onHand,
      onTheWay,
      expected,
      low,
      high,
      forecast: forecastFields(kept, series),
    },
    record: {
      id,
      time: time.toISOString(),
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

const fieldsOf = new WeakMap<KeptForecasts, Map<number, Omit<ForecastAnswer, 'series'>>>();

/** Sorting the paths takes longer than the order: what was told once is kept. */
function forecastFields(kept: KeptForecasts, series: number): Omit<ForecastAnswer, 'series'> {
  let known = fieldsOf.get(kept);
  if (known === undefined) {
    known = new Map();
    fieldsOf.set(kept, known);
  }
  let fields = known.get(series);
  if (fields === undefined) {
    fields = { knownThrough: kept.past.periods.at(-1)!, periods: kept.periods, ...forecastOf(kept, series) };
    known.set(series, fields);
  }
  return fields;
}

function fromBody(limits: BodyLimits, reply: (call: Call, body: unknown) => Reply): Endpoint {
  return (call) => {
    acceptedType(call.request, ['application/json']);
    const bytes = readBody(call.request, limits.bodyBytes);
    const read = (body: Buffer): Reply => reply(call, parseJson(bodyText(body), limits));
    return bytes instanceof Promise ? bytes.then(read) : read(bytes);
  };
}

/** One answer for one question, a list for a list. */
function answer(
  kept: KeptForecasts,
  { questions, many }: { questions: readonly SeriesQuestion[]; many: boolean },
  of: (question: SeriesQuestion) => ForecastAnswer | OrderAnswer,
): Reply {
  const model = `${kept.study}@${kept.version}`;
  if (!many) return json({ ...of(questions[0]!), model });
  return json({ answers: questions.map(of), model });
}
