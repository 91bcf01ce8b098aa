/** Numbers as bytes of a file: 8 bytes each, little-endian, so that every bit and NaN are kept. */
import { altered } from '../../study/manifest.js';

/** The numbers as bytes. */
export function doublesFile(values: Float64Array): Uint8Array {
  const bytes = new Uint8Array(values.length * 8);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => {
    view.setFloat64(i * 8, value, true);
  });
  return bytes;
}

/** What `doublesFile` wrote. Throws `artefact-altered` for another number of them. */
export function readDoubles(
  bytes: Uint8Array,
  { file, length }: { file: string; length: number },
): Float64Array {
  if (bytes.length !== length * 8)
    throw altered(file, `it holds ${bytes.length} bytes, and ${length * 8} were expected`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float64Array.from({ length }, (_, i) => view.getFloat64(i * 8, true));
}
