/** `GET /predictions/{id}`: a kept prediction, made again by the model that made it, and compared to the bit. */
import {
  type Artefact,
  createScorer,
  type ErasedRecord,
  type Json,
  type KeptForecasts,
  mayAskClient,
  orderOf,
  type PredictionRecord,
  type Scorer,
  scoreRows,
  seriesAt,
} from '../src/serving.js';
import type { AuditLog } from './audit-log.js';
import { decisionOf } from './forecasts.js';
import { personColumn } from './person-column.js';
import { problem } from './problems.js';
import { json } from './reply.js';
import type { Call, Endpoint } from './router.js';

/** What came of making a prediction again. */
interface Replay {
  /** True where the same bits came out; null where it could not be made again. */
  readonly same: boolean | null;
  /** The prediction that came out now, under the name of its field. */
  readonly [field: string]: Json | undefined;
  /** Why not, where `same` is null. */
  readonly why?: string;
}

export interface PredictionsOptions {
  readonly auditLog?: AuditLog;
  /** Reads a version that is no longer served. */
  readonly load?: (reference: string) => Promise<Artefact>;
}

export function predictionById({ auditLog, load }: PredictionsOptions): Endpoint {
  // Whoever looks into the past asks for the same version again and again.
  let former: Scorer | undefined;

  const modelOf = async (reference: string, { model }: Call): Promise<Scorer | undefined> => {
    if (reference === model.reference) return model;
    if (reference === former?.reference) return former;
    try {
      former = load && createScorer(await load(reference));
      return former;
    } catch {
      return undefined;
    }
  };

  return async (call) => {
    if (!auditLog) return problem(404, 'This service keeps no predictions.');
    const { study } = call;
    const record = await auditLog.find(study, call.request.param('id') ?? '');
    if (!record || isOutside(record, call)) return problem(404, 'No prediction of that id is kept.');
    if ('erased' in record)
      return problem(410, 'This prediction was erased, as the person asked whom it is about.');
    if (call.forecasts) return json({ ...record, replay: orderedAgain(call.forecasts, record) });
    const model = await modelOf(record.model, call);
    const again = model && record.row && scoreRows(model, [record.row]);
    let replay: Replay;
    if (record.read)
      replay = { same: null, why: 'Nothing was predicted: what is known of a client was read.' };
    else if (!record.row) replay = { same: null, why: 'The inputs could not be kept.' };
    else if (!again) replay = { same: null, why: 'The model that made it is no longer here.' };
    else if ('issues' in again) replay = { same: null, why: 'The model does not take the kept inputs.' };
    else {
      const { main } = model.form;
      const value = again.rows[0]!.fields[main];
      replay = { same: JSON.stringify(value) === JSON.stringify(record[main]), [main]: value };
    }
    return json({ ...record, replay });
  };
}

/** Whether a prediction is about a client whom the caller may not ask about. */
function isOutside(record: PredictionRecord | ErasedRecord, call: Call): boolean {
  const { scope } = call.request;
  if (scope?.clients === undefined) return false;
  const person = call.forecasts ? undefined : personColumn(call.model.artefact);
  const client = 'row' in record && person !== undefined ? record.row?.[person] : undefined;
  return client === undefined || client === null || !mayAskClient(scope, String(client));
}

/** An order, decided again by the forecasts that decided it. */
function orderedAgain(kept: KeptForecasts, { model, row, decision, prediction }: PredictionRecord): Replay {
  if (model !== `${kept.study}@${kept.version}`)
    return { same: null, why: 'The forecasts that it was made from are no longer here.' };
  if (!row) return { same: null, why: 'The inputs could not be kept.' };
  const { onHand, onOrder } = row as { onHand: number; onOrder: readonly number[] };
  const series = seriesAt(
    kept,
    kept.names.map((name) => String(row[name])),
  );
  const again = orderOf(kept, series, { onHand, onOrder });
  const same = decisionOf(again.order) === decision && Object.is(again.expected, prediction);
  return { same, decision: decisionOf(again.order) };
}
