/** Reads the directory of a ZIP archive; unpacks nothing. Format: PKWARE APPNOTE 6.3, without ZIP64. */
import { Problem } from '../../problem.js';

/** What the directory says of one member. */
export interface ZipMember {
  readonly name: string;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  readonly checksum: number;
  readonly packedSize: number;
  readonly size: number;
  /** Where its local header stands in the archive. */
  readonly header: number;
}

/** A directory is found within so many bytes of the end: 22 and the longest comment. */
export const zipTail: number = 22 + 65535;

/** Where the directory stands in the archive, by the archive's last bytes. Throws `zip-unreadable`. */
export function findZipDirectory(tail: Buffer): { offset: number; bytes: number; members: number } {
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0 || end + 22 > tail.length) throw damagedZip('it is not a ZIP archive');
  return {
    offset: tail.readUInt32LE(end + 16),
    bytes: tail.readUInt32LE(end + 12),
    members: tail.readUInt16LE(end + 10),
  };
}

/** The members that a directory names. Throws `zip-unreadable`. */
export function zipMembers(directory: Buffer, count: number): ZipMember[] {
  const members: ZipMember[] = [];
  let at = 0;
  for (let entry = 0; entry < count; entry++) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== 0x02014b50)
      throw damagedZip('its directory is damaged');
    const nameLength = directory.readUInt16LE(at + 28);
    members.push({
      name: directory.toString('utf8', at + 46, at + 46 + nameLength),
      method: directory.readUInt16LE(at + 10),
      checksum: directory.readUInt32LE(at + 16),
      packedSize: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      header: directory.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return members;
}

/** Where the packed bytes of a member begin, by its local header (30 bytes). */
export function zipContentStart({ header }: ZipMember, local: Buffer): number {
  if (local.length < 30 || local.readUInt32LE(0) !== 0x04034b50)
    throw damagedZip('its directory points outside it');
  return header + 30 + local.readUInt16LE(26) + local.readUInt16LE(28);
}

export function damagedZip(what: string): Problem {
  return new Problem({ code: 'zip-unreadable', what: `the archive cannot be used: ${what}` });
}
