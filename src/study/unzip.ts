/** Takes one member out of a ZIP archive in memory; only what a data archive needs: stored or deflated, no encryption. */
import { crc32, inflateRawSync } from 'node:zlib';
import { listNames, Problem } from '../problem.js';

/**
 * The bytes of the member called `name`, its checksum verified.
 * Throws `zip-…` where the bytes are no archive, the member is not there, or it is damaged or larger than `limit`.
 * Format: PKWARE APPNOTE 6.3.
 */
export function unzipMember(archive: Uint8Array, name: string, limit: number = 1 << 28): Uint8Array {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0 || end + 22 > bytes.length) throw damaged('it is not a ZIP archive');
  const names: string[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let entry = 0; entry < bytes.readUInt16LE(end + 10); entry++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50)
      throw damaged('its directory is damaged');
    const nameLength = bytes.readUInt16LE(at + 28);
    const member = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    if (member === name) return extract(bytes, at, limit);
    names.push(member);
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  throw damaged(`it has no member "${name}"; it holds ${listNames(names)}`);
}

function extract(bytes: Buffer, entry: number, limit: number): Uint8Array {
  const method = bytes.readUInt16LE(entry + 10);
  const checksum = bytes.readUInt32LE(entry + 16);
  const packedSize = bytes.readUInt32LE(entry + 20);
  const size = bytes.readUInt32LE(entry + 24);
  const header = bytes.readUInt32LE(entry + 42);
  if (size > limit) throw damaged(`its member has ${size} bytes, more than the ${limit} that are allowed`);
  if (header + 30 > bytes.length) throw damaged('its directory points outside it');
  const start = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
  const packed = bytes.subarray(start, start + packedSize);
  if (method !== 0 && method !== 8) throw damaged(`its member is packed by method ${method}`);
  let content: Uint8Array;
  try {
    content = method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: Math.max(size, 1) });
  } catch {
    throw damaged('its member cannot be unpacked');
  }
  if (content.length !== size || crc(content) !== checksum)
    throw damaged('its member does not match its checksum');
  return content;
}

function crc(content: Uint8Array): number {
  return crc32(content) >>> 0;
}

function damaged(what: string): Problem {
  return new Problem({ code: 'zip-unreadable', what: `the archive cannot be used: ${what}` });
}
