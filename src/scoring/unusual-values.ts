/** Says what is unusual about a row that passed its check: values that the model never saw in training, or that were hardly ever missing. */
import { pointerToken } from '../json.js';
import type { Issue } from '../problem.js';
import type { Artefact } from '../study/artefact.js';
import type { Table } from '../table/table.js';
import type { Scorer, Unusual, UnusualCode, UnusualRows } from './scoring.js';

const none: UnusualRows = new Map();

/** A column that fewer of the training rows lacked is seldom missing. */
const seldom = 0.01;

/** Tells the unusual cells of one column, each with its row. */
type ColumnCheck = (table: Table, tell: (row: number, unusual: Unusual) => void) => void;

/**
 * Compiled once for a model; looks only at the columns that the model reads. A level is unseen where no training row had
 * it; a number is outside where it is below the lowest or above the highest of the training rows; a missing value is
 * unusual where fewer than 1 in 100 of them lacked it.
 */
export function compileUnusual({
  schema,
  pipeline,
  reference,
}: Artefact): Pick<Scorer, 'unusual' | 'describe'> {
  const checks = schema.before
    .filter((name) => pipeline.columns.includes(name))
    .map((name): ColumnCheck => {
      const column = reference.columns.get(name);
      const seldomMissing = (column?.missing ?? 0) < seldom * reference.rows;
      const missing: Unusual = { code: 'seldom-missing', column: name };
      if (column?.kind === 'category') {
        const known = pipeline.levels.get(name) ?? column.counts;
        return textCheck(name, { known, seldomMissing });
      }
      const outside: Unusual = { code: 'outside-trained-range', column: name };
      const low = column?.quantiles[0] ?? -Infinity;
      const high = column?.quantiles.at(-1) ?? Infinity;
      return (table, tell) => {
        const found = table.column(name);
        if (found.kind === 'category') return;
        const { values } = found;
        for (let row = 0; row < values.length; row++) {
          const value = values[row]!;
          if (value >= low && value <= high) continue;
          if (!Number.isNaN(value)) tell(row, outside);
          else if (seldomMissing) tell(row, missing);
        }
      };
    });

  return {
    unusual(table) {
      let found: Map<number, Unusual[]> | undefined;
      const tell = (row: number, unusual: Unusual): void => {
        found ??= new Map();
        const list = found.get(row);
        if (list) list.push(unusual);
        else found.set(row, [unusual]);
      };
      for (const check of checks) check(table, tell);
      return found ?? none;
    },
    describe: ({ code, column }, pointer) => ({
      code,
      where: { column, pointer: `${pointer}/${pointerToken(column)}` },
      ...words(code, column),
    }),
  };

  function words(code: UnusualCode, name: string): Pick<Issue, 'what' | 'remedy'> {
    if (code === 'unseen-level')
      return { what: 'no training row had this text, so the model passes over it' };
    if (code === 'seldom-missing') {
      return {
        what: 'this value was hardly ever missing in training, so the model uses what was typical there',
        remedy: 'send it where it is known',
      };
    }
    const column = reference.columns.get(name);
    const quantiles = column?.kind === 'number' ? column.quantiles : [];
    const [low, high] = [quantiles[0], quantiles.at(-1)];
    const isDate = schema.columns.find((candidate) => candidate.name === name)?.type.kind === 'date';
    const range = isDate
      ? `${new Date(low!).toISOString().slice(0, 10)} to ${new Date(high!).toISOString().slice(0, 10)}`
      : `${low} to ${high}`;
    return {
      what: `the value lies outside of what the training rows had (${range}), so the answer is a guess`,
    };
  }
}

function textCheck(
  name: string,
  { known, seldomMissing }: { known: { has(level: string): boolean }; seldomMissing: boolean },
): ColumnCheck {
  const missing: Unusual = { code: 'seldom-missing', column: name };
  const unseen: Unusual = { code: 'unseen-level', column: name };
  return (table, tell) => {
    const found = table.column(name);
    if (found.kind !== 'category') return;
    const { codes, levels } = found;
    // Each level is looked up once where there are more rows than levels.
    const isKnown = codes.length > levels.length ? levels.map((level) => known.has(level)) : undefined;
    for (let row = 0; row < codes.length; row++) {
      const code = codes[row]!;
      if (code < 0) {
        if (seldomMissing) tell(row, missing);
      } else if (!(isKnown ? isKnown[code] : known.has(levels[code]!))) tell(row, unseen);
    }
  };
}
