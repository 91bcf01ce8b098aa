/** Reads decimal numbers from bytes without making a string, to the very double that `Number(text)` gives. */

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const powersOfTen = Float64Array.from({ length: 16 }, (_, exponent) => Number(`1e${exponent}`));

/**
 * The number written in `bytes[start … end)`: an optional sign, digits with an optional point, an optional exponent.
 * NaN for anything else: white space, "0x10", "NaN", "1e400", nothing.
 *
 * Up to 15 digits without an exponent are exact integers divided by an exact power of ten, which IEEE division
 * rounds correctly (Clinger, "How to read floating point numbers accurately", 1990); the rest goes through `Number`.
 */
export function parseNumber(bytes: Uint8Array, start: number, end: number): number {
  let i = start;
  const sign = bytes[i];
  if (sign === 45 || sign === 43) i++;
  const firstDigit = i;
  let integer = 0;
  for (; i < end; i++) {
    const digit = bytes[i]! - 48;
    if (digit < 0 || digit > 9) break;
    integer = integer * 10 + digit;
  }
  let digits = i - firstDigit;
  if (i === end && digits > 0 && digits <= 15) return sign === 45 ? -integer : integer;
  if (bytes[i] === 46 && i < end) {
    const firstDecimal = ++i;
    for (; i < end; i++) {
      const digit = bytes[i]! - 48;
      if (digit < 0 || digit > 9) break;
      integer = integer * 10 + digit;
    }
    const decimals = i - firstDecimal;
    digits += decimals;
    if (i === end && digits > 0 && digits <= 15) {
      const value = integer / powersOfTen[decimals]!;
      return sign === 45 ? -value : value;
    }
  }
  return parseRare(bytes, start, end);
}

/**
 * Whether the double keeps the number that is written: false for digits without a point or an exponent that it rounds, such as
 * 9007199254740993. The shortest digits that read back to a double stand for it.
 */
export function isExact(bytes: Uint8Array, start: number, end: number): boolean {
  const text = asciiOf(bytes, start, end);
  if (!/^[+-]?\d+$/.test(text)) return true;
  const value = Number(text);
  const digits = text.replace(/^[+-]?0*/, '');
  return BigInt(text.replace(/^\+/, '')) === BigInt(value) || String(Math.abs(value)) === digits;
}

function asciiOf(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let i = start; i < end; i++) text += String.fromCharCode(bytes[i]!);
  return text;
}

function parseRare(bytes: Uint8Array, start: number, end: number): number {
  const text = asciiOf(bytes, start, end);
  if (!decimal.test(text)) return Number.NaN;
  const value = Number(text);
  return Number.isFinite(value) ? value : Number.NaN;
}
