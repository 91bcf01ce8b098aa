/** `GET /predictions/{id}`: a kept prediction, made again by the model that made it, and compared to the bit. */
import type { Artefact } from '../src/serving.js';
import type { AuditLog } from './audit-log.js';
import { problem } from './problems.js';
import { json } from './reply.js';
import type { Call, Endpoint } from './router.js';
import { type ServedModel, servedModel } from './served-model.js';

/** What came of making a prediction again. */
interface Replay {
  /** True where the same bits came out; null where it could not be made again. */
  readonly same: boolean | null;
  readonly probability?: number;
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
  let former: ServedModel | undefined;

  const modelOf = async (reference: string, { model }: Call): Promise<ServedModel | undefined> => {
    if (reference === model.reference) return model;
    if (reference === former?.reference) return former;
    try {
      former = load && servedModel(await load(reference));
      return former;
    } catch {
      return undefined;
    }
  };

  return async (call) => {
    if (!auditLog) return problem(404, 'This service keeps no predictions.');
    const { study } = call.model.artefact;
    const record = await auditLog.find(study, call.request.param('id') ?? '');
    if (!record) return problem(404, 'No prediction of that id is kept.');
    const model = await modelOf(record.model, call);
    const again = model && record.row && model.ask([record.row], { pointer: () => '' });
    let replay: Replay;
    if (!record.row) replay = { same: null, why: 'The inputs could not be kept.' };
    else if (!again) replay = { same: null, why: 'The model that made it is no longer here.' };
    else if ('issues' in again) replay = { same: null, why: 'The model does not take the kept inputs.' };
    else {
      const { probability } = again.answers[0]!;
      replay = { same: Object.is(probability, record.probability), probability };
    }
    return json({ ...record, replay });
  };
}
