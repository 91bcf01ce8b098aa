/** Compares two modules by content: words and comments in their order, not white space, line breaks or trailing commas. */
import type { TypeScript } from '../notebook/typescript.js';

/** The 1-based line of `actual` from which the two differ; undefined where they say the same. */
export function firstDifference(ts: TypeScript, expected: string, actual: string): number | undefined {
  const [wanted, found] = [contentWords(ts, expected), contentWords(ts, actual)];
  for (let i = 0; i < Math.max(wanted.length, found.length); i++) {
    if (wanted[i]?.text !== found[i]?.text) return found[i]?.line ?? actual.trimEnd().split('\n').length;
  }
  return undefined;
}

/** The words and comments of a text, each with its 1-based line. */
export function contentWords(ts: TypeScript, text: string): { text: string; line: number }[] {
  const source = ts.createSourceFile('module.ts', text, ts.ScriptTarget.Latest, true);
  const out: { text: string; line: number }[] = [];
  const add = (word: string, at: number): void => {
    const line = source.getLineAndCharacterOfPosition(at).line + 1;
    // A comma before a closing bracket only says that the line was broken there.
    if (/^[)\]}]/.test(word) && out[out.length - 1]?.text === ',') out.pop();
    out.push({ text: word, line });
  };
  const visit = (node: import('typescript').Node): void => {
    if (node.getChildCount(source) > 0) {
      for (const child of node.getChildren(source)) visit(child);
      return;
    }
    for (const comment of ts.getLeadingCommentRanges(text, node.getFullStart()) ?? []) {
      add(text.slice(comment.pos, comment.end).replace(/\s+/g, ' '), comment.pos);
    }
    const word = node.getText(source);
    if (word !== '') add(word, node.getStart(source));
  };
  visit(source);
  return out;
}
