/** What a file is by its first bytes, whatever its name says. */

export type FileKind = 'text' | 'gzip' | 'zip' | 'parquet' | 'old-excel' | 'pdf';

const beginnings: readonly (readonly [FileKind, readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b]],
  ['zip', [0x50, 0x4b, 3, 4]],
  ['zip', [0x50, 0x4b, 5, 6]],
  ['parquet', [0x50, 0x41, 0x52, 0x31, 0x15]],
  ['old-excel', [0xd0, 0xcf, 0x11, 0xe0]],
  ['pdf', [0x25, 0x50, 0x44, 0x46]],
];

/** The kind that begins with these bytes; eight are enough. */
export function fileKind(bytes: Uint8Array): FileKind {
  const found = beginnings.find(([, begin]) => begin.every((byte, i) => bytes[i] === byte));
  return found ? found[0] : 'text';
}
