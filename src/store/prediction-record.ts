/** One prediction as a line of the log: what was asked and answered in plain, or sealed with the key of the person it is about. */
import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto';
import type { AnswerFields } from '../task/answer-shape.js';
import type { PersonKey, PersonKeys } from './person-keys.js';

/** One prediction as it is kept. */
export interface PredictionRecord extends AnswerFields {
  readonly id: string;
  /** When it was made, in ISO 8601. */
  readonly time: string;
  /** Study and version of the model. */
  readonly model: string;
  /** The name of the key that asked. */
  readonly caller?: string;
  /** What was read of a client by id, where nothing was predicted; 'nothing' where there is no such client. */
  readonly read?: 'features' | 'nothing';
  /** What was asked; absent where the disk was too full to keep it. */
  readonly row?: Readonly<Record<string, unknown>>;
}

/** A prediction that was made unreadable, as its person asked. */
export interface ErasedRecord extends Pick<PredictionRecord, 'id' | 'time' | 'model' | 'caller'> {
  readonly erased: true;
}

/** A prediction as it comes to the log. */
export type NewPrediction = PredictionRecord & {
  /** Its row as JSON on one line, where that is at hand. */
  readonly rowText?: string;
  /** Whom it is about, as the `id` of the row says: it is sealed with a key that can be thrown away. */
  readonly person?: string;
};

const cipher = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/** The line of a prediction, with its line feed. What is sealed is all but id, time, model and caller. */
export function formatRecord(prediction: NewPrediction, keys: PersonKeys | undefined): string {
  const { id, time, model, caller, row, rowText, person, ...fields } = prediction;
  const head = `{"id":${quote(id)},"time":"${time}","model":${quote(model)}${caller === undefined ? '' : `,"caller":${quote(caller)}`}`;
  const inputs = rowText ?? (row && JSON.stringify(row));
  let body = inputs === undefined ? '' : `"row":${inputs}`;
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) body += `${body && ','}${quote(name)}:${text(value)}`;
  }
  if (person === undefined || keys === undefined) return `${head},${body}}\n`;
  const key = keys.of(person);
  return `${head},"person":"${key.id}","sealed":"${seal(`{${body}}`, { id, key })}"}\n`;
}

/** The prediction of a line. Throws where the line is none, or its seal was altered. */
export function parseRecord(line: string, keys: PersonKeys | undefined): PredictionRecord | ErasedRecord {
  const { person, sealed, ...rest } = JSON.parse(line) as PredictionRecord & {
    person?: string;
    sealed?: string;
  };
  if (person === undefined || sealed === undefined) return rest;
  const key = keys?.find(person);
  if (key === undefined) return { ...rest, erased: true };
  return { ...rest, ...(JSON.parse(open(sealed, { id: rest.id, key })) as object) };
}

/** The line without its inputs, which take most of its room. */
export function withoutInputs(line: string, keys: PersonKeys | undefined): string {
  const { person } = JSON.parse(line) as { person?: string };
  const record = parseRecord(line, keys);
  if ('erased' in record) return line;
  const { row: _, ...rest } = record;
  const key = person === undefined ? undefined : keys?.find(person);
  return formatRecord({ ...rest, ...(key && { person }) }, key && { ...keys!, of: () => key });
}

function seal(plain: string, { id, key }: { id: string; key: PersonKey }): string {
  const nonce = newNonce();
  const sealing = createCipheriv(cipher, key.key, nonce).setAAD(Buffer.from(id));
  const parts = [nonce, sealing.update(plain, 'utf8'), sealing.final(), sealing.getAuthTag()];
  return Buffer.concat(parts).toString('base64');
}

/** Chance is asked for many at once, which takes hardly longer than for one. */
const nonces = Buffer.alloc(256 * nonceBytes);
let usedNonces = nonces.length;

function newNonce(): Buffer {
  if (usedNonces === nonces.length) {
    randomFillSync(nonces);
    usedNonces = 0;
  }
  usedNonces += nonceBytes;
  return nonces.subarray(usedNonces - nonceBytes, usedNonces);
}

function open(sealed: string, { id, key }: { id: string; key: PersonKey }): string {
  const bytes = Buffer.from(sealed, 'base64');
  const opening = createDecipheriv(cipher, key.key, bytes.subarray(0, nonceBytes))
    .setAAD(Buffer.from(id))
    .setAuthTag(bytes.subarray(-tagBytes));
  const plain = opening.update(bytes.subarray(nonceBytes, -tagBytes), undefined, 'utf8');
  return plain + opening.final('utf8');
}

function text(value: unknown): string {
  return typeof value === 'string'
    ? quote(value)
    : typeof value === 'number'
      ? `${value}`
      : JSON.stringify(value);
}

/** As `JSON.stringify`, which takes longer to call than to look whether there is anything to escape. */
function quote(value: string): string {
  return plain.test(value) ? `"${value}"` : JSON.stringify(value);
}

const plain = /^[\w@.-]*$/;
