/** A file of a million rows of the bank, for the comparisons that score files. */
import { readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchTools } from './bench.js';

const rows = 1_000_000;

/** The bank's rows over and over, under one header; the path of the file. */
export async function millionRows({ data, folder, say }: BenchTools): Promise<string> {
  const path = join(folder, 'bank-million.csv');
  say(`Writing ${path} …`);
  const [header, ...lines] = readFileSync(data('bank-full.csv'), 'utf8').trim().split('\n');
  const file = await open(path, 'w');
  try {
    await file.write(`${header}\n`);
    for (let left = rows; left > 0; left -= lines.length)
      await file.write(`${lines.slice(0, left).join('\n')}\n`);
  } finally {
    await file.close();
  }
  return path;
}
