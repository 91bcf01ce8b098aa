/** Draws bootstrap samples as counts: how many times each row is taken. */
import type { Random } from '../../random.js';
import type { Counts } from '../../task/predictions.js';

/** A way to resample rows. */
export interface Resampler {
  /** Added to "bootstrap": which kind it is, and of how many samples. */
  describe(samples: number): string;
  /** Fills `counts` with a new sample. */
  draw(random: Random, counts: Counts): void;
}

/** What a resampler must know of the rows. */
export interface ResampledRows {
  readonly rows: { readonly length: number };
  readonly ordered?: boolean;
  readonly groups?: Int32Array;
}

/**
 * Blocks of neighbours where rows stand in time order, whole groups where they have groups, both where they have both, else
 * single rows.
 *
 * Ordered: circular blocks of ⌈√n⌉ rows (Politis and Romano 1992), so that dependence among neighbours widens the
 * interval as it should. Groups and rows: each gets an independent Poisson(1) count, which for more than a few dozen
 * rows is the same as drawing with replacement and needs one pass (Hanley and MacGibbon 2006). No stratification:
 * the share of yes varies between samples, as it would between campaigns.
 *
 * Ordered and grouped: a row is taken as often as its group times as often as its block of time (the product-weights or
 * pigeonhole bootstrap of Owen 2007, which is wide rather than narrow), blocks being ⌈√n⌉ neighbours.
 */
export function resamplerFor({ rows, ordered, groups }: ResampledRows): Resampler {
  if (ordered && groups) return groupsAndTimes(groups);
  if (ordered) return blocks(rows.length);
  return groups ? wholeGroups(groups) : single();
}

function blocks(rowCount: number): Resampler {
  const length = Math.ceil(Math.sqrt(rowCount));
  const wanted = Math.ceil(rowCount / length);
  return {
    describe: (samples) =>
      `block bootstrap, ${spell(samples)} samples of ${spell(wanted)} blocks of ${spell(length)} rows`,
    draw(random, counts) {
      counts.fill(0);
      let left = rowCount;
      while (left > 0) {
        let row = random.integer(rowCount);
        for (let i = Math.min(length, left); i > 0; i--) {
          counts[row]! += 1;
          if (++row === rowCount) row = 0;
        }
        left -= length;
      }
    },
  };
}

function single(): Resampler {
  return {
    describe: (samples) => `bootstrap, ${spell(samples)} samples`,
    draw: drawPoisson,
  };
}

function wholeGroups(groups: Int32Array): Resampler {
  const placeOf = new Map<number, number>();
  for (const group of groups) if (!placeOf.has(group)) placeOf.set(group, placeOf.size);
  const places = Uint32Array.from(groups, (group) => placeOf.get(group)!);
  const drawn = new Uint16Array(placeOf.size);
  return {
    describe: (samples) => `bootstrap of ${spell(placeOf.size)} groups, ${spell(samples)} samples`,
    draw(random, counts) {
      drawPoisson(random, drawn);
      for (let i = 0; i < counts.length; i++) counts[i] = drawn[places[i]!]!;
    },
  };
}

function groupsAndTimes(groups: Int32Array): Resampler {
  const byGroup = wholeGroups(groups);
  const length = Math.ceil(Math.sqrt(groups.length));
  const times = new Uint16Array(Math.ceil(groups.length / length));
  return {
    describe: (samples) =>
      `${byGroup.describe(samples)}, times ${spell(times.length)} blocks of ${spell(length)} rows`,
    draw(random, counts) {
      byGroup.draw(random, counts);
      drawPoisson(random, times);
      for (let i = 0; i < counts.length; i++) counts[i]! *= times[Math.floor(i / length)]!;
    },
  };
}

/** Poisson(1) counts, three from each draw: 16 bits each, of the 53 there are, looked up in a table. */
function drawPoisson(random: Random, counts: Counts): void {
  // Made when it is wanted: a service, which loads this file, never does.
  poissonTable ??= makePoissonTable();
  for (let i = 0; i < counts.length; ) {
    let bits = random.uniform();
    for (let part = 0; part < 3 && i < counts.length; part++) {
      bits *= 65536;
      const index = Math.floor(bits);
      bits -= index;
      counts[i++] = poissonTable[index]!;
    }
  }
}

/** Entry i is the Poisson(1) count at the cumulative probability (i + ½) / 65,536. */
let poissonTable: Uint8Array | undefined;

function makePoissonTable(): Uint8Array {
  const table = new Uint8Array(65536);
  let [count, probability, cumulative] = [0, Math.exp(-1), Math.exp(-1)];
  for (let i = 0; i < table.length; i++) {
    while ((i + 0.5) / table.length > cumulative) {
      count++;
      probability /= count;
      cumulative += probability;
    }
    table[i] = count;
  }
  return table;
}

function spell(count: number): string {
  return count.toLocaleString('en-US');
}
