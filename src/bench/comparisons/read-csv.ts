/** Reading CSV: the bank file and fifty times the bank file, beside pandas. */
import { createWriteStream, existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import type { BenchTools, Comparison, Contender } from '../bench.js';
import { sameAnswers } from '../same-answers.js';

const contenders: readonly Contender[] = [
  { name: 'alambique', kind: 'node', program: 'read-csv' },
  { name: 'pandas', kind: 'python', program: 'read_csv' },
  { name: 'pandas, text as categories', kind: 'python', program: 'read_csv', settings: { categories: true } },
];

export const comparison: Comparison = {
  name: 'read-csv',
  what: 'From a file on disk (in the page cache) to typed columns, texts dictionary-coded. Ours also checks the form of every line and takes the SHA-256 of the file; pandas does neither.',
  async cases(tools) {
    const bank = tools.data('bank-full.csv');
    const large = await fiftyfold(bank, tools);
    return [
      {
        name: '45,211 rows, 4.6 MB',
        input: { path: bank },
        contenders,
        agree: sameAnswers,
        limit: { seconds: 0.15 },
      },
      {
        name: '2,260,550 rows, 230 MB',
        input: { path: large },
        contenders,
        agree: sameAnswers,
        rounds: 3,
        warmups: 0,
        repeats: 1,
        limit: { seconds: 8, peakBytes: 1.2e9 },
      },
    ];
  },
};

/** The bank's rows fifty times over, under one header. */
async function fiftyfold(bank: string, { folder, say }: BenchTools): Promise<string> {
  const path = join(folder, 'bank-full-50.csv');
  const bytes = readFileSync(bank);
  const header = bytes.indexOf(10) + 1;
  const size = header + 50 * (bytes.length - header);
  if (existsSync(path) && statSync(path).size === size) return path;
  say(`Writing ${path} …`);
  const out = createWriteStream(path);
  out.write(bytes.subarray(0, header));
  for (let i = 0; i < 50; i++) out.write(bytes.subarray(header));
  out.end();
  await finished(out);
  return path;
}
