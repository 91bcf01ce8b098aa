/** Rows of the bank as bodies of requests, for the comparisons that ask a service, and the scripts by which wrk sends them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bank } from '../studies/bank-marketing/study.js';
import type { BenchTools } from './bench.js';

/** A thousand rows of the file, each as a body. */
export function bankBodies({ data }: BenchTools): string[] {
  const [head, ...lines] = readFileSync(data('bank-full.csv'), 'utf8').replaceAll('"', '').trim().split('\n');
  const names = head!.trim().split(';');
  const every = Math.floor(lines.length / 1000);
  return Array.from({ length: 1000 }, (_, i) => {
    const cells = lines[i * every]!.trim().split(';');
    const known = bank.before.map((name) => {
      const cell = cells[names.indexOf(name)]!;
      return [name, Number.isNaN(Number(cell)) ? cell : Number(cell)] as const;
    });
    return JSON.stringify(Object.fromEntries(known));
  });
}

/** Writes bodies, one a line, and the script by which wrk sends them one after the other, under this name in the bench's folder. */
export function writeRequests(
  { folder }: BenchTools,
  { name, bodies }: { name: string; bodies: readonly string[] },
): { rows: string; script: string } {
  const [rows, script] = [join(folder, `${name}.ndjson`), join(folder, `${name}.lua`)];
  writeFileSync(rows, bodies.join('\n'));
  writeFileSync(
    script,
    `wrk.method = "POST"
wrk.headers["content-type"] = "application/json"
local requests, last = {}, 0
function init()
  for body in io.lines(${JSON.stringify(rows)}) do requests[#requests + 1] = wrk.format(nil, nil, nil, body) end
end
function request()
  last = last % #requests + 1
  return requests[last]
end
`,
  );
  return { rows, script };
}
