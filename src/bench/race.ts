/** Runs the contenders of a case turn by turn, each in its own process, and sums up. */
import type { Case, Contender, Measurement, Report } from './bench.js';
import { median, quantile } from './statistics.js';

/** Runs a program once; throws where it fails. */
export type Start = (contender: Contender, work: Case) => Promise<Report>;

/**
 * The measurements of a case. Turns alternate (A B A B …), so that a machine that slows down slows them all; a ratio
 * compares turns of the same round only.
 */
export async function race(
  work: Case,
  contenders: readonly Contender[],
  start: Start,
): Promise<Measurement[]> {
  const reports: Report[][] = contenders.map(() => []);
  for (let round = 0; round < (work.rounds ?? 5); round++) {
    for (const [index, contender] of contenders.entries()) {
      reports[index]!.push(await start(contender, work));
    }
  }
  work.agree?.(
    reports.flatMap((rounds, index) =>
      rounds.map(({ answer }) => ({ name: contenders[index]!.name, answer })),
    ),
  );
  const times = reports.map((rounds) => rounds.map(({ seconds }) => median(seconds)));
  return contenders.map(({ name }, index) => ({
    name,
    median: median(times[index]!),
    lowerQuartile: quantile(times[index]!, 0.25),
    upperQuartile: quantile(times[index]!, 0.75),
    cpu: median(reports[index]!.map(({ cpuSeconds }) => median(cpuSeconds))),
    first: median(reports[index]!.map(({ first }) => first)),
    peakBytes: Math.max(...reports[index]!.map(({ peakBytes }) => peakBytes)),
    ratio: median(times[index]!.map((time, round) => time / times[0]![round]!)),
    rounds: reports[index]!,
  }));
}

/** What is over the limits of the case, as sentences. */
export function overLimit(work: Case, ours: Measurement | undefined): string[] {
  if (!ours) return [];
  const { seconds = Infinity, peakBytes = Infinity } = work.limit ?? {};
  const sentences: string[] = [];
  if (ours.median > seconds) {
    sentences.push(`${ours.name} took ${ours.median.toFixed(3)} s, more than the ${seconds} s it may.`);
  }
  if (ours.peakBytes > peakBytes) {
    const [got, may] = [ours.peakBytes, peakBytes].map((bytes) => (bytes / 1e6).toFixed(0));
    sentences.push(`${ours.name} held ${got} MB, more than the ${may} MB it may.`);
  }
  return sentences;
}
