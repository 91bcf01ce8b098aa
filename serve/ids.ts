/** Names for requests and predictions: UUIDs of version 7 (RFC 9562), which sort by time and tell their day. */
import { randomFillSync } from 'node:crypto';

/** Bytes of chance that one id takes. */
const chance = 10;
const pool = Buffer.alloc(512 * chance);
let used = pool.length;

const digits = Buffer.from('0123456789abcdef');
const text = Buffer.alloc(36, '-');
let stamped = -1;

/**
 * A new id for something that happens at `time`, in milliseconds since 1970. Written as bytes: a text put together from
 * parts would be copied into one piece later, by everything that looks at its characters.
 */
export function newId(time: number): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  if (time !== stamped) {
    write(Math.floor(time / 0x10000), 0, 8);
    write(time % 0x10000, 9, 4);
    stamped = time;
  }
  const at = used;
  used += chance;
  write(0x7000 | (bytesAt(at, 2) & 0xfff), 14, 4);
  write(0x8000 | (bytesAt(at + 2, 2) & 0x3fff), 19, 4);
  write(bytesAt(at + 4, 3), 24, 6);
  write(bytesAt(at + 7, 3), 30, 6);
  return text.toString('latin1');
}

function bytesAt(at: number, count: number): number {
  let value = 0;
  for (let i = at; i < at + count; i++) value = (value << 8) | pool[i]!;
  return value;
}

/** Writes a whole number below 2^32 as so many hexadecimal digits. */
function write(value: number, from: number, count: number): void {
  for (let rest = value, at = from + count - 1; at >= from; at--, rest >>>= 4) text[at] = digits[rest & 15]!;
}

/** When the thing of that id happened, in milliseconds since 1970. */
export function idTime(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

/** What an id looks like, for routes. */
export const idPattern: string = '[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';
