/** Counters and timings in Prometheus' text format (0.0.4); knows nothing of what is counted. */

/** Something that only grows, apart for each combination of its labels' values. */
export interface Counter {
  add(by: number, ...values: readonly string[]): void;
}

/** Times in buckets, apart for each combination of its labels' values. */
export interface Histogram {
  observe(seconds: number, ...values: readonly string[]): void;
}

/** Named numbers. Labels are declared once, and their values given in the same order. */
export interface Metrics {
  counter(name: string, help: string, labels: readonly string[]): Counter;
  histogram(name: string, help: string, labels: readonly string[]): Histogram;
  /** A number that is read when it is asked for. */
  gauge(
    name: string,
    help: string,
    labels: readonly string[],
    read: () => readonly { readonly values: readonly string[]; readonly value: number }[],
  ): void;
  format(): string;
}

/** Upper bounds in seconds. */
const bounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 2.5];

interface Times {
  readonly buckets: number[];
  sum: number;
  count: number;
}

export function createMetrics(): Metrics {
  const families: (() => string)[] = [];
  const declare = (name: string, kind: string, help: string, lines: () => readonly string[]): void => {
    families.push(() => [`# HELP ${name} ${help}`, `# TYPE ${name} ${kind}`, ...lines(), ''].join('\n'));
  };
  return {
    counter(name, help, labels) {
      const series = new Series(labels, () => ({ total: 0 }));
      declare(name, 'counter', help, () =>
        series.entries().map(([text, { total }]) => `${name}${braces(text)} ${total}`),
      );
      return {
        add(by, ...values) {
          series.of(values).total += by;
        },
      };
    },
    histogram(name, help, labels) {
      const series = new Series(labels, (): Times => ({ buckets: bounds.map(() => 0), sum: 0, count: 0 }));
      declare(name, 'histogram', help, () =>
        series.entries().flatMap(([text, times]) => formatTimes(name, text, times)),
      );
      return {
        observe(seconds, ...values) {
          const times = series.of(values);
          times.sum += seconds;
          times.count++;
          for (let i = 0; i < bounds.length; i++) {
            if (seconds > bounds[i]!) continue;
            times.buckets[i]!++;
            return;
          }
        },
      };
    },
    gauge(name, help, labels, read) {
      declare(name, 'gauge', help, () =>
        read().map(({ values, value }) => `${name}${braces(formatLabels(labels, values))} ${value}`),
      );
    },
    format: () => families.map((family) => family()).join(''),
  };
}

/** One thing for each combination of label values; found through a map a label, so that no text is made to find it. */
class Series<T> {
  readonly #labels: readonly string[];
  readonly #make: () => T;
  readonly #root = new Map<string, unknown>();
  readonly #entries: [labels: string, it: T][] = [];

  constructor(labels: readonly string[], make: () => T) {
    this.#labels = labels;
    this.#make = make;
  }

  of(values: readonly string[]): T {
    let node = this.#root;
    const last = values.length - 1;
    for (let i = 0; i < last; i++) {
      let next = node.get(values[i]!) as Map<string, unknown> | undefined;
      if (next === undefined) {
        next = new Map();
        node.set(values[i]!, next);
      }
      node = next;
    }
    let found = node.get(values[last]!) as T | undefined;
    if (found === undefined) {
      found = this.#make();
      node.set(values[last]!, found);
      this.#entries.push([formatLabels(this.#labels, values), found]);
    }
    return found;
  }

  entries(): readonly (readonly [labels: string, it: T])[] {
    return this.#entries;
  }
}

function formatTimes(name: string, labels: string, { buckets, sum, count }: Times): string[] {
  const comma = labels === '' ? '' : ',';
  let below = 0;
  const lines = bounds.map((bound, i) => {
    below += buckets[i]!;
    return `${name}_bucket{${labels}${comma}le="${bound}"} ${below}`;
  });
  return [
    ...lines,
    `${name}_bucket{${labels}${comma}le="+Inf"} ${count}`,
    `${name}_sum${braces(labels)} ${sum}`,
    `${name}_count${braces(labels)} ${count}`,
  ];
}

function formatLabels(labels: readonly string[], values: readonly string[]): string {
  return labels.map((label, i) => `${label}="${escapeValue(values[i]!)}"`).join();
}

function escapeValue(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

function braces(labels: string): string {
  return labels === '' ? '' : `{${labels}}`;
}
