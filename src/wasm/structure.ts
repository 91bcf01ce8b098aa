/** Structures in a kernel's memory: where their fields lie, and how the program reads and writes them. */
import type { SharedMemory } from './web-assembly.js';

/** What a field holds: a number of WebAssembly (`usize` for addresses), or 128 bits that only kernels use. */
export type FieldType = 'i16' | 'u16' | 'i32' | 'u32' | 'usize' | 'f64' | 'v128';

/** The fields of a structure in their order. */
export type Structure = Readonly<Record<string, FieldType>>;

/** The structure at an address, each field a number to read and to write. */
export type View<Fields extends Structure> = { readonly address: number } & {
  -readonly [Name in keyof Fields]: number;
};

const bytesOfType: Readonly<Record<FieldType, number>> = {
  ...{ i16: 2, u16: 2, i32: 4, u32: 4, usize: 4, f64: 8, v128: 16 },
};

/** Where each field lies, in bytes from the beginning: one after another, each at a multiple of its own size. */
export function offsetsOf<Fields extends Structure>(
  fields: Fields,
): { readonly [Name in keyof Fields]: number } {
  return layOut(fields).offsets as { [Name in keyof Fields]: number };
}

/** How long a structure is, in bytes: to the end of its last field. */
export function bytesOf(fields: Structure): number {
  return layOut(fields).bytes;
}

/** The structure at an address, a multiple of 8, of a memory that does not grow. Fields of 128 bits cannot be read. */
export function viewOf<Fields extends Structure>(
  fields: Fields,
  { buffer }: SharedMemory,
  address: number,
): View<Fields> {
  const arrays = {
    i16: new Int16Array(buffer),
    u16: new Uint16Array(buffer),
    i32: new Int32Array(buffer),
    u32: new Uint32Array(buffer),
    usize: new Uint32Array(buffer),
    f64: new Float64Array(buffer),
  };
  const view = { address };
  for (const [name, offset] of Object.entries(offsetsOf(fields))) {
    const type = fields[name]!;
    if (type === 'v128') continue;
    const array = arrays[type];
    const index = (address + offset) / array.BYTES_PER_ELEMENT;
    Object.defineProperty(view, name, {
      enumerable: true,
      get: () => array[index],
      set: (value: number) => {
        array[index] = value;
      },
    });
  }
  return view as View<Fields>;
}

function layOut(fields: Structure): { offsets: Record<string, number>; bytes: number } {
  const offsets: Record<string, number> = {};
  let bytes = 0;
  for (const [name, type] of Object.entries(fields)) {
    const size = bytesOfType[type];
    offsets[name] = Math.ceil(bytes / size) * size;
    bytes = offsets[name] + size;
  }
  return { offsets, bytes };
}
