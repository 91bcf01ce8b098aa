/** Times in ISO 8601: thousands of answers a second share a few hundred of them. */

let time = Number.NaN;
let text = '';

/** The same as `date.toISOString()`. */
export function isoTime(date: Date): string {
  if (date.getTime() === time) return text;
  text = date.toISOString();
  time = date.getTime();
  return text;
}
