/** `npm run bench [-- name …]`: measures this program beside others and writes `reports/bench`. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { setting, thisPlace } from '../config/read-settings.js';
import { listNames, Problem } from '../problem.js';
import { workspace } from '../workspace.js';
import type { BenchResult, BenchTools, Comparison } from './bench.js';
import { findComparisons } from './comparisons.js';
import { formatResults, formatSeconds } from './format-result.js';
import { type FoundPython, findPython } from './python.js';
import { overLimit, race, underFloor } from './race.js';
import { starter } from './start-program.js';

const { root, raw, reports } = workspace();
const say = (line: string): void => void process.stderr.write(`${line}\n`);

async function main(names: readonly string[]): Promise<number> {
  const all = await findComparisons();
  const chosen = names.length === 0 ? all : names.map((name) => byName(name, all));
  const folder = join(root, '.bench');
  mkdirSync(folder, { recursive: true });
  const pythonOf = ({ requirements = 'requirements.txt' }: Comparison): FoundPython =>
    findPython({
      home:
        requirements === 'requirements.txt'
          ? '.bench/python'
          : `.bench/python-${requirements.replace('.txt', '')}`,
      requirements: `src/bench/peers/${requirements}`,
      say,
    });
  const tools: BenchTools = { folder, data: findData, say };
  let failed = false;
  for (const comparison of chosen) {
    const result = await run(comparison, tools, pythonOf(comparison));
    failed ||= result.cases.some(({ failures }) => failures.length > 0);
    keep(result);
  }
  return failed ? 1 : 0;
}

async function run(comparison: Comparison, tools: BenchTools, python: FoundPython): Promise<BenchResult> {
  const { name, what } = comparison;
  say(`\n${name}: ${what}`);
  const cases: BenchResult['cases'][number][] = [];
  for (const work of await comparison.cases(tools)) {
    const runs = work.contenders.filter(({ kind }) => kind === 'node' || 'path' in python);
    const skipped = work.contenders
      .filter((contender) => !runs.includes(contender))
      .map((contender) => `${contender.name}, because ${'reason' in python ? python.reason : ''}`);
    const measurements = await race(work, runs, starter('path' in python ? python.path : undefined));
    const failures = [...overLimit(work, measurements), ...underFloor(work, measurements)];
    const { scoresOnly, size } = work;
    const about = { name: work.name, ...(scoresOnly && { scoresOnly }), ...(size && { size }) };
    cases.push({ ...about, measurements, skipped, failures });
    say(`  ${work.name}`);
    for (const { name, median, ratio, scores = {} } of measurements) {
      const reached = Object.entries(scores).map(([score, value]) => `  ${score} ${value.toFixed(4)}`);
      say(
        `    ${name.padEnd(32)}${formatSeconds(median).padStart(9)}${`${ratio.toFixed(2)} ×`.padStart(10)}${reached.join('')}`,
      );
    }
    for (const line of [...skipped, ...failures]) say(`    ${line}`);
  }
  const [cpu] = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const machine = `${cpu?.model.trim() || 'an unnamed processor'}, ${cpus().length} cores, ${gigabytes} GB, Node ${process.version.slice(1)}`;
  return { name, what, machine, day: new Date().toISOString().slice(0, 10), cases };
}

/** Writes this result, and the page of all results there are. */
function keep(result: BenchResult): void {
  const folder = join(reports, 'bench');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${result.name}.json`), `${JSON.stringify(result, undefined, 1)}\n`);
  const results = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as BenchResult);
  writeFileSync(join(folder, 'README.md'), formatResults(results));
}

function byName(name: string, all: readonly Comparison[]): Comparison {
  const found = all.find((comparison) => comparison.name === name);
  if (found) return found;
  const known = all.map((comparison) => comparison.name);
  throw new Problem({
    code: 'bench-unknown',
    what: `there is no comparison "${name}"`,
    expected: listNames(known, { last: 'or' }),
  });
}

function findData(file: string): string {
  const folders = [raw, setting('data', thisPlace())].filter((folder) => folder !== undefined);
  const path = folders.map((folder) => join(folder, file)).find((candidate) => existsSync(candidate));
  if (path) return path;
  throw new Problem({
    code: 'bench-no-data',
    what: `${file} is neither in data/raw nor in the folder named by ALAMBIQUE_DATA`,
    remedy: '"npm start" fetches it',
  });
}

main(process.argv.slice(2)).then(
  // What a comparison has started, such as a database, ends with this process.
  (status) => process.exit(status),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Problem ? error.message : (error as Error).stack}\n`);
    process.exit(2);
  },
);
