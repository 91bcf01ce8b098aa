/** Tensors as bytes: the binary extension of the Open Inference Protocol, little-endian, texts with their length before them. */

/** How one number of a datatype is read; a missing number is NaN there and null here. */
const numbers: Readonly<Record<string, { size: number; read(view: DataView, at: number): number | bigint }>> =
  {
    FP64: { size: 8, read: (view, at) => view.getFloat64(at, true) },
    FP32: { size: 4, read: (view, at) => view.getFloat32(at, true) },
    INT64: { size: 8, read: (view, at) => view.getBigInt64(at, true) },
    INT32: { size: 4, read: (view, at) => view.getInt32(at, true) },
    INT16: { size: 2, read: (view, at) => view.getInt16(at, true) },
    INT8: { size: 1, read: (view, at) => view.getInt8(at) },
    UINT64: { size: 8, read: (view, at) => view.getBigUint64(at, true) },
    UINT32: { size: 4, read: (view, at) => view.getUint32(at, true) },
    UINT16: { size: 2, read: (view, at) => view.getUint16(at, true) },
    UINT8: { size: 1, read: (view, at) => view.getUint8(at) },
  };

/** All datatypes that an input may have. As JSON a number is a number, whatever its datatype. */
export const datatypes: readonly string[] = [...Object.keys(numbers), 'FP16', 'BF16', 'BOOL', 'BYTES'];

/** The values in these bytes; undefined where they are not whole values of that datatype. */
export function tensorFromBytes(datatype: string, bytes: Uint8Array): unknown[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (datatype === 'BYTES') return texts(bytes, view);
  const kind = Object.hasOwn(numbers, datatype) ? numbers[datatype] : undefined;
  if (kind === undefined || bytes.length % kind.size !== 0) return undefined;
  return Array.from({ length: bytes.length / kind.size }, (_, i) => {
    const value = Number(kind.read(view, i * kind.size));
    return Number.isNaN(value) ? null : value;
  });
}

function texts(bytes: Uint8Array, view: DataView): string[] | undefined {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const found: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    if (at + 4 > bytes.length) return undefined;
    const end = at + 4 + view.getUint32(at, true);
    if (end > bytes.length) return undefined;
    try {
      found.push(decoder.decode(bytes.subarray(at + 4, end)));
    } catch {
      return undefined;
    }
    at = end;
  }
  return found;
}

/** Numbers as FP64, or texts as BYTES. */
export function tensorToBytes(datatype: 'FP64' | 'BYTES', data: readonly unknown[]): Buffer {
  if (datatype === 'FP64') {
    const bytes = Buffer.alloc(8 * data.length);
    for (const [i, value] of data.entries()) bytes.writeDoubleLE(value as number, 8 * i);
    return bytes;
  }
  return Buffer.concat(
    data.flatMap((value) => {
      const text = Buffer.from(String(value));
      const length = Buffer.alloc(4);
      length.writeUInt32LE(text.length);
      return [length, text];
    }),
  );
}
