/** For the programs of the bench: does the work some times, and prints the report that the bench reads. */
import type { Json } from '../../json.js';
import type { Report } from '../bench.js';

/** What every program is told, beside its own input. */
export interface Task {
  readonly warmups: number;
  readonly repeats: number;
  /** Which of the contender's turns it is, from 0. */
  readonly round: number;
}

/** The task given on the command line. The bench is its only caller, so it is taken at its word. */
export function readTask<T>(): T & Task {
  return JSON.parse(process.argv[2] ?? '{}') as T & Task;
}

/** Times `work`, and prints the report; `answer` is made from the last result, outside the time. */
export async function measure<T>(
  { warmups, repeats }: Task,
  work: () => T | Promise<T>,
  answer: (result: T) => Json,
): Promise<void> {
  const seconds: number[] = [];
  const cpuSeconds: number[] = [];
  let result: T | undefined;
  for (let i = 0; i < warmups + repeats; i++) {
    const cpu = process.cpuUsage();
    const start = performance.now();
    result = await work();
    seconds.push((performance.now() - start) / 1000);
    const { user, system } = process.cpuUsage(cpu);
    cpuSeconds.push((user + system) / 1e6);
  }
  // maxRSS is in kibibytes on every platform.
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  const report: Report = {
    seconds: seconds.slice(warmups),
    cpuSeconds: cpuSeconds.slice(warmups),
    first: seconds[0]!,
    peakBytes,
    answer: answer(result as T),
  };
  process.stdout.write(`${JSON.stringify(report)}\n`);
}
