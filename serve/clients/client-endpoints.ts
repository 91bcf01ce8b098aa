/** `/clients`: what is known of a client, and what the model says, by id. Every read is recorded. */
import { type ClientRecord, mayAskClient, type Scorer } from '../../src/serving.js';
import type { Form } from '../answer-question.js';
import { newId } from '../ids.js';
import { personColumn } from '../person-column.js';
import { signature } from '../predict.js';
import { Refusal } from '../problems.js';
import type { Prediction } from '../question.js';
import { json, jsonText, type Reply } from '../reply.js';
import type { ServiceRequest } from '../request.js';
import type { Call, Endpoint } from '../router.js';
import type { RowHandler } from '../row-handler.js';
import type { ClientLookup } from './client-lookup.js';
import { legacyFeatures, legacyPrediction } from './legacy.js';
import { createLookupLimit } from './lookup-limit.js';

/** What the endpoints work with. */
export interface ClientTools {
  readonly now: () => Date;
  readonly rows: RowHandler;
  /** A sentence where clients cannot be looked up. */
  readonly clients: ClientLookup | string;
  /** True where nothing is predicted from features that are too old; else the answer says so. */
  readonly refuseOld: boolean;
}

/** The endpoints, those of the addresses that earlier callers know among them. */
export interface ClientEndpoints {
  readonly features: { GET: Endpoint };
  readonly prediction: { GET: Endpoint };
  readonly predictions: { POST: Endpoint };
  readonly legacyFeatures: { GET: Endpoint };
  readonly legacyPrediction: { GET: Endpoint };
}

/** One turn of the event loop answers no more. */
const mostIds = 1000;
const mostIdLength = 100;

const unknown = (): Refusal => new Refusal(404, 'No client of that id is known here.');

export function clientEndpoints(tools: ClientTools): ClientEndpoints {
  const { now, rows, clients, refuseOld } = tools;
  const limit = createLookupLimit({ now });
  const callerOf = ({ request }: Call): string => request.caller ?? '';

  /** The records of those ids that are known and that the caller may ask about. */
  const found = async (call: Call, ids: readonly string[]): Promise<ReadonlyMap<string, ClientRecord>> => {
    clientColumn(call.model);
    if (typeof clients === 'string') throw new Refusal(503, clients);
    const seconds = limit.waits(callerOf(call));
    if (seconds > 0) {
      throw new Refusal(429, 'Too many clients were asked about that are not known here; try again later.', {
        headers: { 'retry-after': String(seconds) },
      });
    }
    const read = await clients.read(call.study, ids).catch((cause: unknown) => {
      throw new Refusal(503, 'Clients cannot be looked up now; try again.', {
        headers: { 'retry-after': '5' },
        cause,
      });
    });
    const { scope } = call.request;
    // Looked up all the same: the time that an answer takes tells nothing.
    const known = new Map<string, ClientRecord>();
    for (const id of ids) {
      const client = read.get(id);
      if (client && (scope === undefined || mayAskClient(scope, id))) known.set(id, client);
    }
    if (known.size < ids.length) limit.failed(callerOf(call), ids.length - known.size);
    return known;
  };

  /** Writes down that a client was read, or looked for in vain: then without the id, which may be anybody's. */
  const record = (call: Call, read: { id: string; row: object } | undefined): string => {
    const time = now();
    const { caller } = call.request;
    const id = newId(time.getTime());
    rows.record(call.study, [
      {
        ...{ id, time: time.toISOString(), model: call.model.reference },
        ...(caller !== undefined && { caller }),
        ...(read
          ? {
              read: 'features' as const,
              person: read.id,
              row: { [clientColumn(call.model)]: read.id, ...read.row },
            }
          : { read: 'nothing' as const }),
      },
    ]);
    return id;
  };

  const one = async (call: Call): Promise<ClientRecord> => {
    const id = idOf(call.request);
    const client = (await found(call, [id])).get(id);
    if (client) return client;
    record(call, undefined);
    throw unknown();
  };

  /** `places` say where each client stands in the list that was asked. */
  const predict = (
    call: Call,
    records: readonly ClientRecord[],
    reply: Replying,
    places: readonly number[] = [0],
  ): Reply => {
    const column = clientColumn(call.model);
    const asked = records.map(({ id, row }) => ({ [column]: id, ...row }));
    const form: Form = (_, { scorer, score }) => {
      const { predictions, policy } = score({ rows: asked, pointer: (row) => `/${places[row]!}` });
      return reply(predictions, signature(policy, scorer));
    };
    return rows.ofForm(form, call);
  };

  const refuseTooOld = ({ tooOld, asOf }: ClientRecord): void => {
    if (!tooOld || !refuseOld) return;
    const detail = `What is known of this client is of ${asOf}, too old to be relied on; the night's job has to run.`;
    throw new Refusal(503, detail, { headers: { 'retry-after': '600' } });
  };

  return {
    features: {
      GET: async (call) => {
        const client = await one(call);
        const read = record(call, client);
        const { id, asOf, tooOld, features } = client;
        return json({ client: id, asOf, tooOld, features, study: call.study, read });
      },
    },
    prediction: {
      GET: async (call) => {
        const client = await one(call);
        refuseTooOld(client);
        return predict(call, [client], ([prediction], signed) =>
          jsonText(`${JSON.stringify(answerOf(client, prediction!)).slice(0, -1)},${signed}}`),
        );
      },
    },
    predictions: {
      POST: rows.ofJson(async (call, body) => {
        const ids = idsOf(body);
        const known = await found(call, ids);
        const asked = [...known.values()].filter(({ tooOld }) => !(tooOld && refuseOld));
        for (const id of ids) if (!known.has(id)) record(call, undefined);
        const placeOf = new Map(ids.map((id, place) => [id, place]));
        const reply: Replying = (predictions, signed) => {
          const byId = new Map(asked.map((client, i) => [client.id, answerOf(client, predictions[i]!)]));
          const list = ids.map((client) => {
            const answer = byId.get(client);
            if (answer) return { status: 'predicted', ...answer };
            return { status: known.has(client) ? 'too old' : 'unknown', client };
          });
          return jsonText(`{"predictions":${JSON.stringify(list)},${signed}}`);
        };
        return predict(
          call,
          asked,
          reply,
          asked.map(({ id }) => placeOf.get(id)!),
        );
      }),
    },
    legacyFeatures: {
      GET: async (call) => {
        const client = await one(call);
        record(call, client);
        return jsonText(legacyFeatures(client, call.model));
      },
    },
    legacyPrediction: {
      GET: async (call) => {
        const client = await one(call);
        refuseTooOld(client);
        return predict(call, [client], ([prediction]) => jsonText(legacyPrediction(prediction!)));
      },
    },
  };
}

type Replying = (predictions: readonly Prediction[], signature: string) => Reply;

function answerOf({ id: client, asOf, tooOld }: ClientRecord, prediction: Prediction): object {
  return { client, asOf, tooOld, ...prediction };
}

/** The column that names the client. Throws a `Refusal` (404) where rows are about nobody. */
function clientColumn({ artefact }: Scorer): string {
  const column = personColumn(artefact);
  if (column !== undefined) return column;
  throw new Refusal(404, 'This study answers no clients by id.');
}

/** The id in the address. Throws a `Refusal` (400). */
function idOf(request: ServiceRequest): string {
  const id = request.param('id') ?? '';
  if (isId(id)) return id;
  throw new Refusal(400, `An id of a client has 1 to ${mostIdLength} visible characters.`);
}

function isId(id: string): boolean {
  return id !== '' && id.length <= mostIdLength && !/[\p{C}]/u.test(id) && id.trim() === id;
}

/** The ids of a body, as texts. Throws a `Refusal` (400 or 413). */
function idsOf(body: unknown): readonly string[] {
  const list = Array.isArray(body) ? body : (body as { ids?: unknown } | null)?.ids;
  if (!Array.isArray(list) || list.length === 0)
    throw new Refusal(400, 'The body is a list of ids, or { "ids": [ … ] }.');
  if (list.length > mostIds)
    throw new Refusal(413, `More than ${mostIds} ids. Send fewer at a time, or a batch of rows.`);
  const ids = list.map((id: unknown) => (Number.isSafeInteger(id) ? String(id) : id));
  const errors = ids.flatMap((id, i) =>
    typeof id === 'string' && isId(id)
      ? []
      : [
          {
            pointer: `${Array.isArray(body) ? '' : '/ids'}/${i}`,
            code: 'client-id',
            detail: `An id has 1 to ${mostIdLength} visible characters.`,
          },
        ],
  );
  if (errors.length > 0)
    throw new Refusal(400, `${errors.length} of the ids cannot be ids.`, { errors: errors.slice(0, 100) });
  return [...new Set(ids as string[])];
}
