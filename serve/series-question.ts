/** Questions about series: read from a body or an address, all that is wrong with them told at once. */
import { didYouMean, isForecast, type KeptForecasts, listNames, seriesAt } from '../src/serving.js';
import { type ProblemEntry, Refusal } from './problems.js';
import type { BodyLimits } from './read-body.js';

/** A question about one series. */
export interface SeriesQuestion {
  readonly series: number;
  readonly onHand: number;
  readonly onOrder: readonly number[];
}

/**
 * The questions in a body: one object, a list, or `{ "rows": [ … ] }`. Throws a `Refusal`: 404 for a single series that there
 * is not, 422 for everything else that is wrong, all of it at once.
 */
export function questionsOf(
  kept: KeptForecasts,
  body: unknown,
  { limits, withStock = false }: { limits: Pick<BodyLimits, 'rows'>; withStock?: boolean },
): { questions: readonly SeriesQuestion[]; many: boolean } {
  const list = Array.isArray(body)
    ? { rows: body as readonly unknown[], prefix: '' }
    : isObject(body) && Array.isArray(body.rows) && !kept.names.includes('rows')
      ? { rows: body.rows as readonly unknown[], prefix: '/rows' }
      : undefined;
  if (list && list.rows.length > limits.rows)
    throw new Refusal(413, `More than ${limits.rows} rows. Send fewer at a time.`);
  const errors: ProblemEntry[] = [];
  const rows = list?.rows ?? [body];
  const questions = rows.map((row, i) =>
    readQuestion(kept, row, { pointer: list ? `${list.prefix}/${i}` : '', errors, withStock }),
  );
  if (errors.length > 0) {
    const unknown = !list && errors.every(({ code }) => code === 'forecast-unknown-series');
    const first = errors[0]!.detail;
    throw unknown
      ? new Refusal(404, first)
      : new Refusal(
          422,
          errors.length === 1 ? first : `${errors.length} things are wrong. Nothing was answered.`,
          {
            errors: errors.slice(0, 100),
          },
        );
  }
  return { questions: questions as SeriesQuestion[], many: list !== undefined };
}

/** Of stock. What is beyond is a mistake, and sums of it would be no numbers. */
const mostUnits = 1e12;
/** Fields of one question that are told to be unknown. */
const mostUnknown = 100;

function readQuestion(
  kept: KeptForecasts,
  row: unknown,
  { pointer, errors, withStock }: { pointer: string; errors: ProblemEntry[]; withStock: boolean },
): SeriesQuestion | undefined {
  const before = errors.length;
  const wrong = (at: string, code: string, detail: string): void => {
    errors.push({ pointer: at === '' ? pointer : `${pointer}/${at}`, code: `forecast-${code}`, detail });
  };
  const { names } = kept;
  const known = [...names, ...(withStock ? ['onHand', 'onOrder'] : [])];
  if (!isObject(row)) {
    wrong('', 'not-an-object', `A question is an object with ${listNames(known)}.`);
    return undefined;
  }
  for (const name of Object.keys(row)) {
    if (known.includes(name)) continue;
    if (errors.length - before >= mostUnknown) break;
    const hint = didYouMean(name, known);
    wrong(
      name,
      'unknown-field',
      `There is no such field; expected ${listNames(known)}.${hint ? ` ${hint}` : ''}`,
    );
  }
  const key = names.map((name) => {
    const value = row[name];
    if (typeof value === 'string' && value !== '') return value;
    if (typeof value === 'number' && Number.isFinite(value)) return String(value);
    wrong(name, 'missing-key', `"${name}" is missing; it names the series, as a text or a number.`);
    return '';
  });
  const units = (value: unknown): value is number =>
    typeof value === 'number' && Math.abs(value) <= mostUnits;
  const { onHand = 0, onOrder = [] } = row;
  if (withStock && (row.onHand === undefined || !units(onHand)))
    wrong(
      'onHand',
      'bad-stock',
      'The stock on hand is a number: what there is now, below 0 where customers wait.',
    );
  if (!Array.isArray(onOrder) || onOrder.length > 1000 || !onOrder.every((one) => units(one) && one >= 0))
    wrong(
      'onOrder',
      'bad-stock',
      'What is under way is a list of numbers: what arrives at the start of the next period, of the one after it, and so on.',
    );
  if (errors.length > before) return undefined;
  const series = seriesAt(kept, key);
  const named = listNames(names);
  if (series < 0) wrong('', 'unknown-series', `No series of that ${named} is forecast here.`);
  else if (!isForecast(kept, series))
    wrong('', 'unknown-series', `Nothing is known of the series of that ${named} yet.`);
  return { series, onHand: onHand as number, onOrder: onOrder as number[] };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
