/** Writes one field of a CSV file. */

/** A field as the dialect writes it; without quotes a separator inside becomes a blank. */
export function csvField(
  text: string,
  { separator = ',', quote = '"' }: { separator?: string; quote?: string } = {},
): string {
  if (quote === '') return text.replaceAll(separator, ' ');
  const isPlain = !/[\r\n]/.test(text) && !text.includes(separator) && !text.includes(quote);
  return isPlain ? text : `${quote}${text.replaceAll(quote, quote + quote)}${quote}`;
}
