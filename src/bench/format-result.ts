/** The results as a Markdown page. */
import type { BenchResult, Measurement } from './bench.js';

/** One page for all comparisons. */
export function formatResults(results: readonly BenchResult[]): string {
  const parts = results.map(({ name, what, machine, day, cases }) => {
    const tables = cases.map(({ name, scoresOnly = false, measurements, skipped, failures }) =>
      [`### ${name}`, '', table(measurements, scoresOnly), ...notes(skipped, failures)].join('\n'),
    );
    return [
      ...[`## ${name}`, '', what, '', `Measured ${day} on ${machine}.`, ''],
      [...tables, ...growth(cases)].join('\n\n'),
    ].join('\n');
  });
  return `${[
    '# How quick and how good, beside others',
    'Written by `npm run bench`. Every program runs in its own process, turn by turn; times are after warm-up (the first, cold run stands apart), medians over the rounds with the quartiles in brackets. The ratio is to ours, within the same round. Processor time counts all threads.',
    ...parts,
  ].join('\n\n')}\n`;
}

/** Seconds for people: "27.1 ms", "1.95 s". */
export function formatSeconds(seconds: number): string {
  if (seconds >= 1) return `${seconds.toPrecision(3)} s`;
  return seconds >= 1e-3 ? `${(seconds * 1e3).toPrecision(3)} ms` : `${(seconds * 1e6).toPrecision(3)} µs`;
}

function table(measurements: readonly Measurement[], scoresOnly: boolean): string {
  const names = [...new Set(measurements.flatMap(({ scores }) => Object.keys(scores ?? {})))];
  const withP99 = measurements.some(({ p99 }) => p99 !== undefined);
  const times = scoresOnly
    ? []
    : ['time', ...(withP99 ? ['99 % within'] : []), 'processor', 'first run', 'peak memory', 'ratio'];
  const rows = measurements.map((measurement) => [
    measurement.name,
    ...names.map((score) => measurement.scores?.[score]?.toFixed(4) ?? '–'),
    ...(scoresOnly ? [] : timesOf(measurement, withP99)),
  ]);
  return [['', ...names, ...times], ['---', ...[...names, ...times].map(() => '--:')], ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

/** Time of one tree against rows, where cases differ in size. */
function growth(cases: BenchResult['cases']): string[] {
  const sized = cases.flatMap(({ size, measurements }) => (size ? [{ size, measurements }] : []));
  if (sized.length < 2) return [];
  const names = [...new Set(sized.flatMap(({ measurements }) => measurements.map(({ name }) => name)))];
  const rows = sized.map(({ size, measurements }) => [
    size.rows.toLocaleString('en'),
    ...names.map((name) => {
      const found = measurements.find((measurement) => measurement.name === name);
      return found ? formatSeconds(found.median / size.trees) : '–';
    }),
  ]);
  const lines = [['rows', ...names], ['rows', ...names].map(() => '--:'), ...rows];
  return [
    ['### time of one tree against rows', '', ...lines.map((cells) => `| ${cells.join(' | ')} |`)].join('\n'),
  ];
}

function timesOf(measurement: Measurement, withP99: boolean): string[] {
  const { median, lowerQuartile, upperQuartile, p99, cpu, first, peakBytes, ratio } = measurement;
  return [
    `${formatSeconds(median)} (${formatSeconds(lowerQuartile)} to ${formatSeconds(upperQuartile)})`,
    ...(withP99 ? [p99 === undefined ? '–' : formatSeconds(p99)] : []),
    formatSeconds(cpu),
    formatSeconds(first),
    `${(peakBytes / 1e6).toFixed(0)} MB`,
    `${ratio.toFixed(2)} ×`,
  ];
}

function notes(skipped: readonly string[], failures: readonly string[]): string[] {
  const lines = [
    ...skipped.map((reason) => `Not run: ${reason}.`),
    ...failures.map((failure) => `**${failure}**`),
  ];
  return lines.length > 0 ? ['', ...lines] : [];
}
