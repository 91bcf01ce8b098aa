/** What Tab offers at a place of a cell, inside the quotes of a text too. */
import type { TslabConverter } from './tslab.js';

/** What Tab offers: `matches` replace the text from `start` to `end` (UTF-16 offsets). */
export interface Completion {
  start: number;
  end: number;
  matches: string[];
  /** The kind of each match, in the same order: "function", "string". */
  kinds: string[];
}

/** Asks the converter, and narrows its answer to what has been typed of a text such as `scale('ba`. */
export function completeAt(
  converter: TslabConverter,
  at: { declarations: string; code: string; position: number },
): Completion {
  const answer = converter.complete(at.declarations, at.code, at.position);
  const kindOf = new Map(answer.original?.entries?.map((entry) => [entry.name, entry.kind]));
  const typed = typedInQuotes(at.code.slice(0, at.position));
  // Inside quotes tslab inserts at the cursor whatever was typed; the typed part must be replaced.
  const inText = typed !== undefined && answer.start === at.position && answer.end === at.position;
  const matches = inText
    ? answer.candidates.filter((name) => name.toLowerCase().startsWith(typed.toLowerCase()))
    : answer.candidates;
  return {
    start: inText ? at.position - typed.length : answer.start,
    end: answer.end,
    matches,
    kinds: matches.map((name) => kindOf.get(name) ?? ''),
  };
}

/** What stands between an opening quote and the cursor, on its line; undefined outside quotes. */
function typedInQuotes(before: string): string | undefined {
  const line = before.slice(before.lastIndexOf('\n') + 1);
  let open: { quote: string; at: number } | undefined;
  for (let i = 0; i < line.length; i++) {
    const mark = line[i]!;
    if (open) {
      if (mark === '\\') i++;
      else if (mark === open.quote) open = undefined;
    } else if (mark === "'" || mark === '"') open = { quote: mark, at: i };
  }
  return open ? line.slice(open.at + 1) : undefined;
}
