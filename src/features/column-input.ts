/** A column of the table as the input of a step: numbers as they are, text as codes of the training levels. */
import type { JsonObject, JsonReader } from '../json.js';
import type { Feature } from '../table/matrix.js';
import type { CategoryColumn, Table } from '../table/table.js';
import type { FittedStep, Output } from './features.js';

/** The column `name` as found in the training rows. Text levels are sorted by code unit; unused ones are dropped. */
export function fitColumn(table: Table, name: string): FittedStep {
  const column = table.column(name);
  return column.kind === 'category' ? categoryInput(name, usedLevels(column)) : numberInput(name);
}

/** Reads a column input back. */
export function readColumn(reader: JsonReader): FittedStep {
  const name = reader.field('column').string();
  const levels = reader.optional('levels');
  if (!levels) return numberInput(name);
  const texts = levels.strings();
  if (new Set(texts).size !== texts.length) levels.fail('levels that all differ');
  return categoryInput(name, texts);
}

/** The levels that occur in the rows of a column, sorted by code unit. */
export function usedLevels(column: CategoryColumn): string[] {
  const isUsed = new Uint8Array(column.levels.length);
  const { codes } = column;
  for (let i = 0; i < codes.length; i++) if (codes[i]! >= 0) isUsed[codes[i]!] = 1;
  return column.levels.filter((_, code) => isUsed[code] === 1).sort();
}

/** Numbers, or instants in milliseconds. */
function numberInput(name: string): FittedStep {
  const outputs: readonly Output[] = [{ name, from: [name], kind: 'number' }];
  return {
    kind: 'column',
    outputs,
    transform: (table) => [{ kind: 'number', values: table.numbers(name) }],
    toJSON: (): JsonObject => ({ column: name }),
  };
}

function categoryInput(name: string, levels: readonly string[]): FittedStep {
  // By text, for a table has its own numbering; by Map, for a level may be called "__proto__".
  const codeOf = new Map(levels.map((level, code) => [level, code]));
  // Serving asks for one row at a time: the feature of each code (from -1) is made once, when it is first asked for.
  const alone: Feature[] = [];
  const oneRow = (code: number): Feature => {
    alone[code + 1] ??= { kind: 'category', codes: Int32Array.of(code), levels: levels.length };
    return alone[code + 1]!;
  };
  return {
    kind: 'column',
    outputs: [{ name, from: [name], kind: 'category', levels }],
    transform(table) {
      const column = table.categories(name);
      if (column.codes.length !== 1) return [recode(column, codeOf)];
      return [oneRow(codeOf.get(column.levels[column.codes[0]!]!) ?? -1)];
    },
    toJSON: (): JsonObject => ({ column: name, levels }),
  };
}

function recode(column: CategoryColumn, codeOf: ReadonlyMap<string, number>): Feature {
  const { codes, levels } = column;
  const recoded = new Int32Array(codes.length);
  if (codes.length < levels.length) {
    // Few rows: look up only what they say.
    for (let i = 0; i < codes.length; i++) recoded[i] = codeOf.get(levels[codes[i]!]!) ?? -1;
  } else {
    const byCode = Int32Array.from(levels, (level) => codeOf.get(level) ?? -1);
    for (let i = 0; i < codes.length; i++) {
      const code = codes[i]!;
      recoded[i] = code < 0 ? -1 : byCode[code]!;
    }
  }
  return { kind: 'category', codes: recoded, levels: codeOf.size };
}
