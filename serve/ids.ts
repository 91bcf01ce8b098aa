/** Names for requests and predictions: UUIDs of version 7 (RFC 9562), which sort by time and tell their day. */
import { randomFillSync } from 'node:crypto';

/** Hexadecimal digits that one id takes. */
const digits = 19;
const pool = Buffer.alloc((512 * digits + 1) >> 1);
let random = '';
let used = 0;

let stampTime = -1;
let stamp = '';

/** A new id for something that happens at `time`, in milliseconds since 1970. */
export function newId(time: number): string {
  if (used + digits > random.length) {
    random = randomFillSync(pool).toString('hex');
    used = 0;
  }
  if (time !== stampTime) {
    const hex = time.toString(16).padStart(12, '0');
    stamp = `${hex.slice(0, 8)}-${hex.slice(8)}-7`;
    stampTime = time;
  }
  const at = used;
  used += digits;
  const variant = '89ab'.charAt(Number.parseInt(random.charAt(at), 16) & 3);
  return `${stamp}${random.slice(at + 1, at + 4)}-${variant}${random.slice(at + 4, at + 7)}-${random.slice(at + 7, at + digits)}`;
}

/** When the thing of that id happened, in milliseconds since 1970. */
export function idTime(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

/** What an id looks like, for routes. */
export const idPattern: string = '[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';
