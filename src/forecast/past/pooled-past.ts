/** The past of series taken together: running sums over all series of one shop, department or colour. */
import type { Panel } from '../panel/panel.js';

/** Running sums of groups of series, by the panel's periods. */
export interface PooledPast {
  readonly name: string;
  /** The group of each series; -1 where its value is missing. */
  readonly groupOf: Int32Array;
  /** The mean of what was in stock in group g from the panel's period `from` to before `to`; NaN where there is none. */
  mean(group: number, from: number, to: number): number;
}

/** The series that have one value in a column of the key or of the attributes; all of them where no column is named. */
export function pooledPast(panel: Panel, name: string | undefined): PooledPast {
  const groupOf = name === undefined ? new Int32Array(panel.series.length) : groupsOf(panel, name);
  const groups = groupOf.reduce((most, group) => Math.max(most, group), 0) + 1;
  const width = panel.periods.count + 1;
  const sums = new Float64Array(groups * width);
  const counts = new Int32Array(groups * width);
  panel.series.forEach(({ start, values, available }, s) => {
    if (groupOf[s]! < 0) return;
    const base = groupOf[s]! * width + start + 1;
    for (let i = 0; i < values.length; i++) {
      if (Number.isNaN(values[i]!) || available?.[i] === 0) continue;
      sums[base + i]! += values[i]!;
      counts[base + i]!++;
    }
  });
  for (let group = 0; group < groups; group++)
    for (let at = group * width + 1; at < (group + 1) * width; at++) {
      sums[at]! += sums[at - 1]!;
      counts[at]! += counts[at - 1]!;
    }
  return {
    name: name ?? 'all series',
    groupOf,
    mean: (group, from, to) => {
      const start = group * width + Math.min(width - 1, Math.max(0, from));
      const end = group * width + Math.min(width - 1, Math.max(0, to));
      const count = counts[end]! - counts[start]!;
      return count > 0 ? (sums[end]! - sums[start]!) / count : Number.NaN;
    },
  };
}

/** The group of each series: equal where a column of the key or of the attributes is. */
export function groupsOf({ names, series, attributes }: Panel, name: string): Int32Array {
  const place = names.indexOf(name);
  if (place < 0) {
    const column = attributes.column(name);
    if (column.kind === 'category') return column.codes;
  }
  const seen = new Map<string, number>();
  return Int32Array.from(series, ({ key }, s) => {
    const text = place >= 0 ? key[place]! : String(attributes.cell(s, name));
    if (!seen.has(text)) seen.set(text, seen.size);
    return seen.get(text)!;
  });
}
