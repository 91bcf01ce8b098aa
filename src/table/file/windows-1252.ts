/** Windows-1252 to UTF-8 and back, byte by byte, since decoders of some Nodes take it for Latin-1. */

/** The characters of the bytes 0x80 to 0x9f; as the WHATWG encoding standard has it, five of them are control characters. */
const upper = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

const encoder = new TextEncoder();
/** The UTF-8 of each byte from 0x80 on. */
const utf8: readonly Uint8Array[] = Array.from({ length: 128 }, (_, i) =>
  encoder.encode(i < 32 ? upper[i] : String.fromCharCode(i + 128)),
);
const byteOf: ReadonlyMap<string, number> = new Map(Array.from(upper, (letter, i) => [letter, i + 128]));

/** The bytes as UTF-8. */
export function fromWindows1252(bytes: Uint8Array): Uint8Array {
  let length = bytes.length;
  for (let i = 0; i < bytes.length; i++) if (bytes[i]! > 127) length += utf8[bytes[i]! - 128]!.length - 1;
  if (length === bytes.length) return bytes;
  const out = new Uint8Array(length);
  let at = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    if (byte < 128) out[at++] = byte;
    else for (const part of utf8[byte - 128]!) out[at++] = part;
  }
  return out;
}

/** The text as Windows-1252; a character that it lacks becomes "?". */
export function toWindows1252(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => {
    const code = letter.codePointAt(0)!;
    return code < 128 || (code > 159 && code < 256) ? code : (byteOf.get(letter) ?? 63);
  });
}

/** Whether a byte stands for no character but a control character that no text file has. */
export function isUnused1252(byte: number): boolean {
  return byte === 0x81 || byte === 0x8d || byte === 0x8f || byte === 0x90 || byte === 0x9d;
}
