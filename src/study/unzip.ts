/** Takes one member out of a ZIP archive in memory; only what a data archive needs: stored or deflated, no encryption. */
import { crc32, inflateRawSync } from 'node:zlib';
import { listNames } from '../problem.js';
import {
  damagedZip,
  findZipDirectory,
  type ZipMember,
  zipContentStart,
  zipMembers,
} from '../table/file/zip-directory.js';

/**
 * The bytes of the member called `name`, its checksum verified.
 * Throws `zip-…` where the bytes are no archive, the member is not there, or it is damaged or larger than `limit`.
 */
export function unzipMember(archive: Uint8Array, name: string, limit: number = 1 << 28): Uint8Array {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  const { offset, members: count } = findZipDirectory(bytes);
  const members = zipMembers(bytes.subarray(offset), count);
  const member = members.find((candidate) => candidate.name === name);
  if (member) return extract(bytes, member, limit);
  const names = members.map((candidate) => candidate.name);
  throw damagedZip(`it has no member "${name}"; it holds ${listNames(names)}`);
}

function extract(bytes: Buffer, member: ZipMember, limit: number): Uint8Array {
  const { method, checksum, packedSize, size, header } = member;
  if (size > limit) throw damagedZip(`its member has ${size} bytes, more than the ${limit} that are allowed`);
  const start = zipContentStart(member, bytes.subarray(header, header + 30));
  const packed = bytes.subarray(start, start + packedSize);
  if (method !== 0 && method !== 8) throw damagedZip(`its member is packed by method ${method}`);
  let content: Uint8Array;
  try {
    content = method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: Math.max(size, 1) });
  } catch {
    throw damagedZip('its member cannot be unpacked');
  }
  if (content.length !== size || crc32(content) >>> 0 !== checksum)
    throw damagedZip('its member does not match its checksum');
  return content;
}
