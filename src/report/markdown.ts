/** Writes text and tables as Markdown in which nothing that came from data can become markup. */

/** Text that Markdown shows literally, on one line. */
export function markdownText(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*_[\]|]/g, (sign) => `\\${sign}`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** A table of cells that are Markdown already. Columns from `numbersFrom` on stand to the right. */
export function markdownTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  options: { numbersFrom?: number } = {},
): string {
  const from = options.numbersFrom ?? header.length;
  const rule = header.map((_, i) => (i >= from ? '---:' : '---'));
  return [header, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
