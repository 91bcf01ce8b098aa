/** Which series belong together: all of them, and those that share a part of their key or an attribute. */
import type { Panel } from '../panel/panel.js';

/** A way to part the series. */
export interface Grouping {
  readonly name: string;
  /** The group of each series. */
  readonly codes: Int32Array;
  readonly levels: number;
}

/** All together first, then by each column of the key and each text attribute whose values some series share. */
export function seriesGroups({ names, series, attributes }: Panel): readonly Grouping[] {
  const keys = names.map((name, j) =>
    grouping(
      name,
      series.map(({ key }) => key[j]!),
    ),
  );
  const others = attributes.columns
    .filter((column) => column.kind === 'category' && !names.includes(column.name))
    .map(({ name }) =>
      grouping(
        name,
        series.map((_, row) => String(attributes.cell(row, name))),
      ),
    );
  const shared = [...keys, ...others].filter(({ levels }) => levels > 1 && levels < series.length);
  return [{ name: 'all', codes: new Int32Array(series.length), levels: 1 }, ...shared];
}

function grouping(name: string, texts: readonly string[]): Grouping {
  const places = new Map<string, number>();
  for (const text of texts) if (!places.has(text)) places.set(text, places.size);
  return { name, codes: Int32Array.from(texts, (text) => places.get(text)!), levels: places.size };
}
