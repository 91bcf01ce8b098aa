/** Shares for people. */

/** A share as per cent: "11.7 %". */
export function percent(share: number): string {
  return `${(100 * share).toFixed(share > 0 && share < 0.001 ? 2 : 1)} %`;
}
