/** Scores and shares as text, the same in every table: without the zero before the point, and never a minus before nothing. */

/** ".765", "-.021", "1.000"; three digits unless told. */
export function decimals(value: number, digits = 3): string {
  const text = value.toFixed(digits).replace(/^(-?)0\./, '$1.');
  return /^-[.0]*$/.test(text) ? text.slice(1) : text;
}
