/** Counters and timings in Prometheus' text format (0.0.4); knows nothing of what is counted. */

export type Labels = Readonly<Record<string, string>>;

/** Named numbers that only grow, times in buckets, and numbers read when they are asked for. */
export interface Metrics {
  /** Says what a name means; a name must be declared before it is used. */
  declare(name: string, kind: 'counter' | 'gauge' | 'histogram', help: string): void;
  count(name: string, labels?: Labels, by?: number): void;
  observe(name: string, labels: Labels, seconds: number): void;
  /** Replaces what a gauge says. */
  gauge(name: string, read: () => readonly (readonly [Labels, number])[]): void;
  format(): string;
}

interface Family {
  readonly kind: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  /** By labels as they are printed. */
  readonly counts: Map<string, number>;
  readonly times: Map<string, { readonly buckets: number[]; sum: number; count: number }>;
  read?: () => readonly (readonly [Labels, number])[];
}

/** Upper bounds in seconds. */
const bounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 2.5];

export function createMetrics(): Metrics {
  const families = new Map<string, Family>();
  const family = (name: string): Family => {
    const found = families.get(name);
    if (!found) throw new Error(`No metric is called ${name}.`);
    return found;
  };
  return {
    declare(name, kind, help) {
      families.set(name, { kind, help, counts: new Map(), times: new Map() });
    },
    count(name, labels = {}, by = 1) {
      const { counts } = family(name);
      const key = format(labels);
      counts.set(key, (counts.get(key) ?? 0) + by);
    },
    observe(name, labels, seconds) {
      const { times } = family(name);
      const key = format(labels);
      let time = times.get(key);
      if (!time) {
        time = { buckets: bounds.map(() => 0), sum: 0, count: 0 };
        times.set(key, time);
      }
      time.sum += seconds;
      time.count++;
      const bucket = bounds.findIndex((bound) => seconds <= bound);
      if (bucket >= 0) time.buckets[bucket]!++;
    },
    gauge(name, read) {
      family(name).read = read;
    },
    format() {
      return [...families].map(([name, found]) => formatFamily(name, found)).join('');
    },
  };
}

function formatFamily(name: string, { kind, help, counts, times, read }: Family): string {
  const lines = [`# HELP ${name} ${help}`, `# TYPE ${name} ${kind}`];
  for (const [labels, value] of read?.() ?? []) lines.push(`${name}${braces(format(labels))} ${value}`);
  for (const [labels, value] of counts) lines.push(`${name}${braces(labels)} ${value}`);
  for (const [labels, time] of times) {
    const comma = labels === '' ? '' : ',';
    let sum = 0;
    for (const [i, bound] of bounds.entries()) {
      sum += time.buckets[i]!;
      lines.push(`${name}_bucket{${labels}${comma}le="${bound}"} ${sum}`);
    }
    lines.push(`${name}_bucket{${labels}${comma}le="+Inf"} ${time.count}`);
    lines.push(`${name}_sum${braces(labels)} ${time.sum}`, `${name}_count${braces(labels)} ${time.count}`);
  }
  return `${lines.join('\n')}\n`;
}

function format(labels: Labels): string {
  let text = '';
  for (const name in labels) text += `${text === '' ? '' : ','}${name}="${escapeLabel(labels[name]!)}"`;
  return text;
}

function escapeLabel(value: string): string {
  return /["\\\n]/.test(value)
    ? value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
    : value;
}

function braces(labels: string): string {
  return labels === '' ? '' : `{${labels}}`;
}
