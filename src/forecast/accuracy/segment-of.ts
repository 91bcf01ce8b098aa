/** How an article sells: smooth, erratic, intermittent or lumpy. */

/** Syntetos and Boylan's four kinds of demand. */
export type Segment = 'smooth' | 'erratic' | 'intermittent' | 'lumpy';

export const segments: readonly Segment[] = ['smooth', 'erratic', 'intermittent', 'lumpy'];

/**
 * By the mean number of periods from one sale to the next (from 1.32 on sales are rare) and the squared coefficient of variation
 * of what is sold when something is (from .49 on sizes differ much). Periods that are not known are left out; a series
 * that never sells is intermittent. Source: Syntetos, Boylan and Croston, "On the categorization of demand patterns", 2005.
 *
 * @example
 * segmentOf(Float64Array.of(0, 4, 0, 4)) // → 'intermittent'
 */
export function segmentOf(values: Float64Array): Segment {
  const known = values.filter((value) => !Number.isNaN(value));
  const sales = known.filter((value) => value !== 0);
  if (sales.length === 0) return 'intermittent';
  const mean = sales.reduce((sum, value) => sum + value, 0) / sales.length;
  const variance = sales.reduce((sum, value) => sum + (value - mean) ** 2, 0) / sales.length;
  const rare = known.length / sales.length >= 1.32;
  const varied = variance / mean ** 2 >= 0.49;
  return rare ? (varied ? 'lumpy' : 'intermittent') : varied ? 'erratic' : 'smooth';
}
