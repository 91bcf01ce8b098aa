/** Lets an object say its own text to Node and the notebook. */

/** `nodejs.util.inspect.custom`: a method of this name returns what is shown for the object. */
export const print: unique symbol = Symbol.for('nodejs.util.inspect.custom');

/** Gives a plain object a text of its own; the method is hidden, so that the object's data stay as they are. */
export function withText<T extends object>(object: T, text: (object: T) => string): T {
  return Object.defineProperty(object, print, { value: () => text(object), enumerable: false });
}

/** A number in at most so many significant digits, as short as that can be: 1234.5678 as "1235". */
export function shortNumber(value: number, digits = 4): string {
  return String(Number(value.toPrecision(digits)));
}

/** A number for people: at most `digits` significant digits, thousands apart; '–' where there is none. */
export function formatNumber(value: number, digits = 5): string {
  if (Number.isNaN(value)) return '–';
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return value.toLocaleString('en-US');
  const size = Math.abs(value);
  if (size >= 1e15 || size < 1e-4) return value.toPrecision(digits).replace(/\.?0+(?=e|$)/, '');
  return value.toLocaleString('en-US', {
    maximumSignificantDigits: Math.max(digits, Math.ceil(Math.log10(size))),
  });
}
