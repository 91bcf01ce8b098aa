/** What can go wrong at a store, as data, and the sentence for each. */
import { type Issue, Problem } from '../problem.js';

/** What a request met. */
export type TroubleKind =
  | 'missing'
  | 'exists'
  | 'changed'
  | 'no-container'
  | 'refused'
  | 'expired'
  | 'clock'
  | 'elsewhere'
  | 'unknown-host'
  | 'busy'
  | 'broken'
  | 'silent'
  | 'damaged'
  | 'answered';

/** A request that failed; made a `Problem` where it is known what was wanted. */
export class Trouble extends Error {
  readonly kind: TroubleKind;
  /** A word of the store's own: a status or a code, never a header or a key. */
  readonly detail: string;

  constructor(kind: TroubleKind, detail: string) {
    super(`${kind}: ${detail}`);
    this.name = 'Trouble';
    this.kind = kind;
    this.detail = detail;
  }
}

/** Whether the same request may succeed a moment later. */
export function mayPass({ kind }: Trouble): boolean {
  return kind === 'busy' || kind === 'broken' || kind === 'silent';
}

/** What is known of an answer. */
export interface RefusedAnswer {
  /** The store's code. */
  readonly code?: string;
  /** Where the request was not to replace anything. */
  readonly once?: boolean;
  /** When the request was sent and when it was answered, by the clocks of both, as headers say it. */
  readonly sent?: string;
  readonly date?: string;
}

/** The trouble that an answer's status and the store's code tell of. */
export function troubleOf(status: number, { code = '', once = false, sent, date }: RefusedAnswer): Trouble {
  const detail = code === '' ? `status ${status}` : code;
  const kind = ((): TroubleKind => {
    if (/^(NoSuchBucket|ContainerNotFound|ContainerBeingDeleted)$/.test(code)) return 'no-container';
    if (/^(RequestTimeTooSkewed|RequestExpired)$/.test(code)) return 'clock';
    if (/^(ExpiredToken|TokenRefreshRequired)$/.test(code)) return 'expired';
    if (/^(PermanentRedirect|TemporaryRedirect|AuthorizationHeaderMalformed)$/.test(code)) return 'elsewhere';
    if (
      code === 'BlobAlreadyExists' ||
      (once && (status === 412 || /^(PreconditionFailed|InvalidBlockList)$/.test(code)))
    )
      return 'exists';
    if (code === 'RequestTimeout' || code === 'OperationTimedOut') return 'busy';
    if (status === 401 || status === 403) return isSkewed(sent, date) ? 'clock' : 'refused';
    if (status === 404) return 'missing';
    if (status === 412 || status === 416) return 'changed';
    if (status === 301 || status === 307) return 'elsewhere';
    // S3 answers 409 to one of two that write the same object at once.
    if (status === 408 || status === 409 || status === 429 || status >= 500) return 'busy';
    return 'answered';
  })();
  return new Trouble(kind, detail);
}

/** The trouble of a request that was not answered; what is none is thrown again. */
export function troubleOfError(error: unknown): Trouble {
  if (error instanceof Trouble) return error;
  const { name, code: given = '' } = (error ?? {}) as { name?: string; code?: unknown };
  const code = String(given);
  if (/^(ENOTFOUND|EAI_AGAIN)$/.test(code)) return new Trouble('unknown-host', code);
  // Azure's client calls a connection that was cut aborted, as it calls one that we end.
  if (name === 'AbortError') return new Trouble('broken', 'aborted');
  if (/^(E[A-Z]+|ERR_STREAM_PREMATURE_CLOSE|REQUEST_SEND_ERROR|PARSE_ERROR|HPE_.*)$/.test(code))
    return new Trouble('broken', code);
  // TLS has codes of its own; what it says names no secret.
  if (/^(CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED|UNABLE_TO_)/.test(code))
    return new Trouble('answered', code);
  throw error;
}

/** A quarter of an hour is what stores bear. */
function isSkewed(sent = '', date = ''): boolean {
  return Math.abs(Date.parse(sent) - Date.parse(date)) > 15 * 60_000;
}

const sentences: Readonly<Record<TroubleKind, Pick<Issue, 'what' | 'remedy'>>> = {
  missing: { what: 'there is no such object', remedy: 'check its name, and which store the settings name' },
  exists: { what: 'there is such an object already, and nothing was written' },
  changed: { what: 'the object was replaced while it was read', remedy: 'read it again' },
  'no-container': { what: 'the store has no container or bucket of that name', remedy: 'make it first' },
  refused: {
    what: 'the store refuses the request',
    remedy: 'check the account and its key, and what it may do there',
  },
  expired: { what: 'the credentials have expired', remedy: 'get new ones' },
  clock: {
    what: "the store refuses the request, as this machine's clock differs from its own by more than 15 minutes",
    remedy: 'set the clock',
  },
  elsewhere: { what: 'the bucket is kept in another region', remedy: 'name it in AWS_REGION' },
  'unknown-host': { what: 'the host of the store is not known', remedy: 'check the address in the settings' },
  busy: { what: 'the store could not answer, however often it was asked', remedy: 'try again later' },
  broken: {
    what: 'the connection to the store failed, however often it was tried',
    remedy: 'try again later',
  },
  silent: {
    what: 'the store said nothing for too long, however often it was asked',
    remedy: 'try again later',
  },
  damaged: { what: 'what came is not what the store has: length or sum differ', remedy: 'read it again' },
  answered: { what: 'the store gave an answer that was not expected' },
};

/** The problem for people: `io-missing` and the like. */
export function problemOf({ kind, detail }: Trouble, url: string): Problem {
  return new Problem({ code: `io-${kind}`, ...sentences[kind], where: { file: url }, got: detail });
}
