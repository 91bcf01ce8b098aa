/** Where in a cell's TypeScript a place of its compiled JavaScript comes from. */
import { SourceMap } from 'node:module';

/** A place in a cell: 1-based line and column, as people count. */
export interface CellPlace {
  line: number;
  column: number;
}

/** A cell that ran: its text, how tracebacks call it, and the way back from its JavaScript. */
export interface CellSource {
  /** "Cell [3]": as the notebook numbers it. */
  readonly name: string;
  readonly code: string;
  /** The place of a 1-based line and column of the script; undefined for code the compiler added. */
  placeOf(line: number, column: number): CellPlace | undefined;
}

/** Lines that the converter puts before the cell, and that the session puts before the compiled script. */
const linesBeforeCell = 1;
const linesBeforeScript = 1;

/** A cell with the two source maps of its conversion (cell → ES module → CommonJS). */
export function cellSource(
  name: string,
  code: string,
  maps: { toModule: string; toCommonJs: string } | undefined,
): CellSource {
  let chain: SourceMap[] | undefined;
  return {
    name,
    code,
    placeOf: (line, column) => {
      chain ??= maps ? readMaps(maps) : [];
      if (chain.length === 0) return undefined;
      let place = { line: line - 1 - linesBeforeScript, column: column - 1 };
      for (const map of chain) {
        const entry = map.findEntry(place.line, place.column);
        if (!('originalLine' in entry)) return undefined;
        place = { line: entry.originalLine, column: entry.originalColumn };
      }
      const found = { line: place.line - linesBeforeCell + 1, column: place.column + 1 };
      return found.line >= 1 ? found : undefined;
    },
  };
}

function readMaps(maps: { toModule: string; toCommonJs: string }): SourceMap[] {
  const inline = /\/\/# sourceMappingURL=data:application\/json;(?:charset=utf-8;)?base64,(\S+)\s*$/.exec(
    maps.toModule,
  );
  if (!inline || maps.toCommonJs === '') return [];
  const texts = [maps.toCommonJs, Buffer.from(inline[1]!, 'base64').toString('utf8')];
  return texts.map((text) => new SourceMap(JSON.parse(text)));
}
