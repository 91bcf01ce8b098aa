/** What a text of JSON holds, measured beside the parser, which says nothing of it. */

/** How deep the brackets outside of texts open, and how many members all objects have. */
export interface JsonMeasure {
  readonly deepest: number;
  readonly members: number;
}

/** Whether a name comes twice in one object of a text, of which a parser takes the last without a word; `value` is what it made of it. */
export function hasNameTwice(
  text: string,
  { value, measured }: { value: unknown; measured?: JsonMeasure | undefined },
): boolean {
  const members = membersOf(value);
  // Where no text holds a colon, their number tells already.
  return (
    members < (measured?.members ?? countOf(text, ':')) && members < (measured ?? measureJson(text)).members
  );
}

/** How often a letter stands in a text. */
export function countOf(text: string, letter: string): number {
  let times = 0;
  for (let at = text.indexOf(letter); at >= 0; at = text.indexOf(letter, at + 1)) times++;
  return times;
}

/** Measures a text of JSON; one pass, no stack. */
export function measureJson(text: string): JsonMeasure {
  let [depth, deepest, members] = [0, 0, 0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === quote) {
      // Few strings hold a quote of their own.
      for (i = text.indexOf('"', i + 1); i > 0 && isEscaped(text, i); ) i = text.indexOf('"', i + 1);
      if (i < 0) break;
    } else if (code === colon) members++;
    else if (code === openBracket || code === openBrace) deepest = Math.max(deepest, ++depth);
    else if (code === closeBracket || code === closeBrace) depth--;
  }
  return { deepest, members };
}

const [quote, colon, openBracket, closeBracket, openBrace, closeBrace] = [34, 58, 91, 93, 123, 125];

/** Whether an odd number of backslashes stands before a place. */
function isEscaped(text: string, place: number): boolean {
  let from = place;
  while (text.charCodeAt(from - 1) === 92) from--;
  return (place - from) % 2 === 1;
}

function membersOf(value: unknown): number {
  if (value === null || typeof value !== 'object') return 0;
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + membersOf(one), 0);
  const fields = Object.values(value);
  let sum = fields.length;
  for (const field of fields) if (typeof field === 'object') sum += membersOf(field);
  return sum;
}
