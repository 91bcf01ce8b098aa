/** Runs the contenders of a case turn by turn, each in its own process, and sums up. */
import type { Case, Contender, Measurement, Report } from './bench.js';
import { median, quantile } from './statistics.js';

/** Runs a program once; throws where it fails. */
export type Start = (contender: Contender, work: Case, round: number) => Promise<Report>;

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
      reports[index]!.push(await start(contender, work, round));
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
    ...p99Of(reports[index]!),
    ...scoresOf(reports[index]![0]),
    rounds: reports[index]!,
  }));
}

function p99Of(rounds: readonly Report[]): { p99?: number } {
  const own = rounds.flatMap(({ p99 }) => (p99 ? [median(p99)] : []));
  return own.length > 0 ? { p99: median(own) } : {};
}

/** The scores in an answer, where it has any. */
function scoresOf(report: Report | undefined): { scores?: { readonly [score: string]: number } } {
  const { scores } = (report?.answer ?? {}) as { scores?: { readonly [score: string]: number } };
  return scores ? { scores } : {};
}

/** What is over the limits of the case, as sentences; the first measurement is ours. */
export function overLimit(work: Case, [ours, ...peers]: readonly Measurement[]): string[] {
  if (!ours) return [];
  const { seconds = Infinity, peakBytes = Infinity, first = Infinity } = work.limit ?? {};
  const { timesPeer = {}, timesPeerCpu = {}, p99OverPeer = {} } = work.limit ?? {};
  const sentences: string[] = [];
  if (ours.median > seconds) {
    sentences.push(`${ours.name} took ${ours.median.toFixed(3)} s, more than the ${seconds} s it may.`);
  }
  if (ours.peakBytes > peakBytes) {
    const [got, may] = [ours.peakBytes, peakBytes].map((bytes) => (bytes / 1e6).toFixed(0));
    sentences.push(`${ours.name} held ${got} MB, more than the ${may} MB it may.`);
  }
  if (ours.first > first) {
    sentences.push(`${ours.name} first took ${ours.first.toFixed(3)} s, more than the ${first} s it may.`);
  }
  for (const { name, ratio, cpu, p99 = Infinity } of peers) {
    const most = timesPeer[name] ?? Infinity;
    if (1 / ratio > most) {
      const times = (1 / ratio).toFixed(2);
      sentences.push(`${ours.name} took ${times} times as long as ${name}, more than the ${most} it may.`);
    }
    const mostCpu = timesPeerCpu[name] ?? Infinity;
    if (ours.cpu / cpu > mostCpu) {
      const times = (ours.cpu / cpu).toFixed(2);
      sentences.push(
        `${ours.name} took ${times} times the processor time of ${name}, more than the ${mostCpu} it may.`,
      );
    }
    const over = (ours.p99 ?? 0) - p99;
    const mayBe = p99OverPeer[name] ?? Infinity;
    if (over > mayBe) {
      const [got, may] = [over, mayBe].map((seconds) => (1000 * seconds).toFixed(1));
      sentences.push(
        `The slowest hundredth of ${ours.name} took ${got} ms longer than that of ${name}, more than the ${may} ms it may.`,
      );
    }
  }
  return sentences;
}

/** What falls short of the floors of the case, as sentences; the first measurement is ours. */
export function underFloor(work: Case, measurements: readonly Measurement[]): string[] {
  const [ours, ...peers] = measurements;
  return Object.entries(work.floors ?? {}).flatMap(([score, { min, max, belowPeers }]) => {
    const value = ours?.scores?.[score];
    if (value === undefined) return [`${ours?.name ?? 'ours'} has no ${score}.`];
    const told = (what: string): string => `${ours!.name} reached ${score} ${value.toFixed(4)}, ${what}.`;
    const sentences: string[] = [];
    if (min !== undefined && !(value >= min)) sentences.push(told(`less than the ${min} it should`));
    if (max !== undefined && !(value <= max)) sentences.push(told(`more than the ${max} it should`));
    const best = Math.max(...peers.map((peer) => peer.scores?.[score] ?? Number.NEGATIVE_INFINITY));
    if (belowPeers !== undefined && !(value >= best - belowPeers))
      sentences.push(told(`more than ${belowPeers} below the ${best.toFixed(4)} of a peer`));
    return sentences;
  });
}
