/** Who is raced on trees, and on which rows. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readCsvTable } from '../table/csv/read-csv-table.js';
import { type Feature, matrixRows } from '../table/matrix.js';
import type { BenchTools, Contender } from './bench.js';
import { madeRows, stratifiedFolds, writeMatrix } from './made-matrix.js';

export const threads = 2;
export const ours: Contender = { name: 'alambique', kind: 'node', program: 'trees' };
export const peer = (name: string): Contender => ({
  ...{ name, kind: 'python', program: 'trees' },
  settings: { peer: name },
});

/** Rows that the models are judged by. */
const judgedRows = 50_000;

/** Made rows of 28 columns, and others of the same kind to judge by. */
export function madeMatrix(rows: number, { folder, say }: BenchTools): { path: string; judge: string } {
  const path = join(folder, `made-${rows}-rows`);
  const judge = `${path}-judge`;
  if (existsSync(`${judge}.json`)) return { path, judge };
  say(`Making ${rows} rows …`);
  const { matrix, labels, folds } = madeRows(rows + judgedRows, 1);
  const part = (from: number, to: number): void => {
    const chosen = Uint32Array.from({ length: to - from }, (_, i) => from + i);
    writeMatrix(from === 0 ? path : judge, {
      matrix: matrixRows(matrix, chosen),
      labels: labels.subarray(from, to),
      folds: folds.subarray(from, to),
    });
  };
  part(0, rows);
  part(rows, rows + judgedRows);
  return { path, judge };
}

/** The bank's rows without `duration`, categories coded, in four draws of five stratified folds. */
export async function bankMatrix(tools: BenchTools): Promise<string> {
  const path = join(tools.folder, 'bank');
  const numbers = ['age', 'balance', 'day', 'campaign', 'pdays', 'previous'];
  const texts = ['job', 'marital', 'education', 'default', 'housing', 'loan', 'contact', 'month', 'poutcome'];
  const { table } = await readCsvTable(tools.data('bank-full.csv'), {
    columns: [
      ...[...numbers, 'duration'].map((name) => ({ name, kind: 'number' as const })),
      ...[...texts, 'y'].map((name) => ({ name, kind: 'category' as const })),
    ],
  });
  const target = table.categories('y');
  const labels = Uint8Array.from(target.codes, (code) => (target.levels[code] === 'yes' ? 1 : 0));
  const columns: Feature[] = [
    ...numbers.map((name): Feature => ({ kind: 'number', values: table.numbers(name) })),
    ...texts.map((name): Feature => {
      const { codes, levels } = table.categories(name);
      return { kind: 'category', codes, levels: levels.length };
    }),
  ];
  const [folds, ...otherFolds] = [1, 2, 3, 4].map((seed) => stratifiedFolds(labels, seed));
  writeMatrix(path, { matrix: { rowCount: table.rowCount, columns }, labels, folds: folds!, otherFolds });
  return path;
}
