/** Series of the M4 and M3 competitions as panels, for tests and benches that have the files. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Panel } from '../forecast/panel/panel.js';
import { Table } from '../table/table.js';

/** A competition: what could be learned from, and what came. */
export interface Competition {
  readonly panel: Panel;
  readonly horizon: number;
  /** Series × horizon, row-major. */
  readonly actual: Float64Array;
}

/** The 359 weekly series of M4, from the paths of both files. */
export function m4Weekly({ train, test }: { train: string; test: string }): Competition {
  const rowsOf = (text: string): string[][] =>
    text
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.replaceAll('"', '').split(','));
  const past = rowsOf(gunzipSync(readFileSync(train)).toString());
  const future = rowsOf(readFileSync(test, 'utf8'));
  return competition(
    past.map(([name, ...values]) => [name!, values.filter((value) => value.trim() !== '').map(Number)]),
    future.map(([, ...values]) => values.map(Number)),
    52,
  );
}

/** The 1,428 monthly series of M3, from the path of the file. */
export function m3Monthly(path: string): Competition {
  const lines = gunzipSync(readFileSync(path)).toString().trim().split('\n').slice(1);
  const parts = lines.map((line) => line.split(','));
  const values = (part: string): [string, number[]][] =>
    parts
      .filter((cells) => cells[2] === part)
      .map(([name, , , text]) => [name!, text!.split(' ').map(Number)]);
  return competition(
    values('train'),
    values('test').map(([, numbers]) => numbers),
    12,
  );
}

function competition(
  past: readonly (readonly [string, number[]])[],
  future: readonly number[][],
  season: number,
): Competition {
  return {
    panel: {
      periods: { count: Math.max(...past.map(([, values]) => values.length)) },
      names: ['unique_id'],
      series: past.map(([name, values]) => ({ key: [name], start: 0, values: Float64Array.from(values) })),
      seasons: [season],
      counts: false,
      attributes: new Table([], past.length),
      ahead: [],
    },
    horizon: future[0]!.length,
    actual: Float64Array.from(future.flat()),
  };
}
