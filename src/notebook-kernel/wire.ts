/** Jupyter messages as frames on a ZeroMQ socket: signed, with the routing prefix. Messaging protocol 5.3. */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** The header of a message, as the protocol has it. */
export interface Header {
  msg_id: string;
  msg_type: string;
  session: string;
  username: string;
  date: string;
  version: string;
}

/** One message. `identities` is the routing prefix: who gets the reply, or the topic on the published channel. */
export interface Message {
  identities: Buffer[];
  header: Header;
  parentHeader: Header | Record<string, never>;
  metadata: Record<string, unknown>;
  content: Record<string, unknown>;
}

const delimiter = Buffer.from('<IDS|MSG>');

/** Frames → message. Throws an `Error` that says why where the frames are no message signed with `key`. */
export function decodeMessage(frames: readonly Uint8Array[], key: string): Message {
  const parts = frames.map((frame) => Buffer.from(frame));
  const at = parts.findIndex((part) => part.equals(delimiter));
  if (at < 0 || parts.length < at + 6) throw new Error('not a Jupyter message');
  const body = parts.slice(at + 2, at + 6);
  const expected = Buffer.from(sign(body, key));
  const given = parts[at + 1]!;
  if (key !== '' && (given.length !== expected.length || !timingSafeEqual(given, expected))) {
    throw new Error('a message with a wrong signature');
  }
  const [header, parentHeader, metadata, content] = body.map((part) => JSON.parse(part.toString('utf8')));
  return { identities: parts.slice(0, at), header, parentHeader, metadata, content };
}

/** Message → frames, signed with `key`; an empty key means no signature. */
export function encodeMessage(message: Message, key: string): Buffer[] {
  const body = [message.header, message.parentHeader, message.metadata, message.content].map((part) =>
    Buffer.from(JSON.stringify(part)),
  );
  return [...message.identities, delimiter, Buffer.from(sign(body, key)), ...body];
}

function sign(body: readonly Buffer[], key: string): string {
  if (key === '') return '';
  const hmac = createHmac('sha256', key);
  for (const part of body) hmac.update(part);
  return hmac.digest('hex');
}
