/** Shortens what one cell prints: its first lines and its last ones stay, and a word between them says how many do not. */

/** How many lines stay in front, and at the end. */
const kept = { first: 400, last: 100 };

/** The printed text of one cell, piece by piece. */
export interface LongOutput {
  /** The part of this piece that is shown at once; the rest is held back. */
  take(name: Stream, text: string): string;
  /** What is shown of the lines that were held back, by stream, in their order. A cell begins with none. */
  end(): { name: Stream; text: string }[];
}

type Stream = 'stdout' | 'stderr';

/** Starts with nothing printed. */
export function longOutput(): LongOutput {
  let shown = 0;
  let dropped = 0;
  let held: { name: Stream; line: string }[] = [];

  const hold = (name: Stream, line: string): void => {
    const last = held[held.length - 1];
    if (last && last.name === name && !last.line.endsWith('\n')) last.line += line;
    else held.push({ name, line });
    // Cut in one go, and seldom: a cell may print millions of lines.
    if (held.length < 10 * kept.last) return;
    dropped += held.length - kept.last;
    held = held.slice(-kept.last);
  };

  return {
    take: (name, text) => {
      let end = 0;
      while (shown < kept.first && end < text.length) {
        const next = text.indexOf('\n', end);
        end = next < 0 ? text.length : next + 1;
        if (next >= 0) shown++;
      }
      for (const [line] of text.slice(end).matchAll(/[^\n]*\n|[^\n]+$/g)) hold(name, line);
      return text.slice(0, end);
    },
    end: () => {
      const tail = held.slice(-kept.last);
      const missing = dropped + held.length - tail.length;
      [shown, dropped, held] = [0, 0, []];
      const parts: { name: Stream; text: string }[] = [];
      const add = (name: Stream, text: string): void => {
        const last = parts[parts.length - 1];
        if (last?.name === name) last.text += text;
        else parts.push({ name, text });
      };
      if (missing > 0) {
        const count = missing.toLocaleString('en-US');
        add(tail[0]!.name, `… ${count} lines are left out here; write them to a file to keep them all …\n`);
      }
      for (const { name, line } of tail) add(name, line);
      return parts;
    },
  };
}
