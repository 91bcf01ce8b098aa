/** Paths of demand around what is expected: counts by the negative binomial distribution, other amounts by the gamma. */
import { type Random, seededRandom } from '../../random.js';
import { normalQuantile } from '../stock/normal.js';
import { type Spread, varianceOf } from './spread.js';

/** What paths are drawn from. */
export interface PathsOptions {
  /** Series × horizon, row-major, at least 0. */
  readonly means: Float64Array;
  readonly horizon: number;
  /** Of each series. */
  readonly excess: Float64Array;
  readonly spread: Spread;
  readonly counts: boolean;
  readonly count: number;
  readonly seed: number;
}

/** The level of demand takes so many values, each as probable as the others. */
const mostLevels = 20;
/** From this mean on a count is as good as an amount that is rounded. */
const largeMean = 150;

/**
 * Series × `count` × horizon, row-major. The level of a path is drawn once and holds for all its steps; each step then strays
 * around it. Draws are spread evenly over each distribution and shuffled, so that few paths say much. The same seed gives the same
 * paths of a series, whatever the others are.
 */
export function demandPaths({
  means,
  horizon,
  excess,
  spread,
  counts,
  count,
  seed,
}: PathsOptions): Float64Array {
  const out = new Float64Array((means.length / horizon) * count * horizon);
  const levels = Math.max(1, Math.min(mostLevels, Math.floor(count / 10)));
  const bounds = Int32Array.from({ length: levels + 1 }, (_, level) => Math.round((level * count) / levels));
  const normals = evenNormals(Math.ceil(count / levels) + 1);
  const levelNormals = evenNormals(levels)[levels]!;
  const random = seededRandom(seed);
  const drawn = new Float64Array(Math.ceil(count / levels) + 1);
  for (let series = 0; series < excess.length; series++) {
    const own = random.fork(series);
    const squares = spread.constant + spread.own * excess[series]!;
    const common = spread.shared * squares;
    const factors = levelFactors(common, levelNormals);
    for (let step = 0; step < horizon; step++) {
      const mean = means[series * horizon + step]!;
      if (!(mean > 0)) continue;
      const variance = varianceOf(spread, { mean, excess: excess[series]!, counts });
      for (let level = 0; level < levels; level++) {
        const size = bounds[level + 1]! - bounds[level]!;
        const at = mean * factors[level]!;
        // The whole variance is that within levels, which grows with their squares, and that between them.
        const share = (variance - mean * mean * common) / (1 + common);
        const within = Math.max(share * factors[level]! ** 2, counts ? at : 1e-12);
        if (counts && at < largeMean) evenCounts(drawn, { size, mean: at, variance: within });
        else evenAmounts(drawn, { size, mean: at, variance: within, normals: normals[size]!, counts });
        shuffle(drawn, size, own);
        for (let i = 0; i < size; i++)
          out[(series * count + bounds[level]! + i) * horizon + step] = drawn[i]!;
      }
    }
  }
  return out;
}

/** What the levels multiply: even quantiles of a gamma distribution of mean 1, stretched to have just that mean and this variance. */
function levelFactors(variance: number, normals: Float64Array): Float64Array {
  const factors = normals.map((normal) =>
    gammaQuantile(normal, { mean: 1, variance: Math.max(variance, 1e-12) }),
  );
  const mean = factors.reduce((sum, factor) => sum + factor, 0) / factors.length;
  const squares = factors.reduce((sum, factor) => sum + (factor - mean) ** 2, 0) / factors.length;
  const stretch = squares > 0 ? Math.sqrt(variance / squares) : 0;
  const stretched = factors.map((factor) => Math.max(0, 1 + (factor - mean) * stretch));
  const total = stretched.reduce((sum, factor) => sum + factor, 0) / stretched.length;
  return stretched.map((factor) => factor / total);
}

/** Wilson and Hilferty, 1931: the cube root of a gamma variate is about normal. */
function gammaQuantile(normal: number, { mean, variance }: { mean: number; variance: number }): number {
  const ninth = variance / (mean * mean) / 9;
  return mean * Math.max(0, 1 - ninth + normal * Math.sqrt(ninth)) ** 3;
}

/** The normal quantiles in the middles of n equal parts, for each n up to `most`. */
function evenNormals(most: number): readonly Float64Array[] {
  return Array.from({ length: most + 1 }, (_, n) =>
    Float64Array.from({ length: n }, (_, i) => normalQuantile((i + 0.5) / n)),
  );
}

function evenAmounts(
  out: Float64Array,
  of: { size: number; mean: number; variance: number; normals: Float64Array; counts: boolean },
): void {
  for (let i = 0; i < of.size; i++) {
    const amount = gammaQuantile(of.normals[i]!, of);
    out[i] = of.counts ? Math.round(amount) : amount;
  }
}

/** Even quantiles of a negative binomial distribution, or of a Poisson where the variance is no greater than the mean. */
function evenCounts(out: Float64Array, of: { size: number; mean: number; variance: number }): void {
  const { size, mean, variance } = of;
  const odds = variance / mean - 1;
  const isPoisson = odds < 1e-6;
  const shape = isPoisson ? 0 : mean / odds;
  const growth = isPoisson ? mean : odds / (1 + odds);
  let probability = isPoisson ? Math.exp(-mean) : Math.exp(-shape * Math.log1p(odds));
  let below = probability;
  let units = 0;
  for (let i = 0; i < size; i++) {
    const share = (i + 0.5) / size;
    while (below < share && units < 1e5) {
      probability *= isPoisson ? growth / (units + 1) : (growth * (shape + units)) / (units + 1);
      units++;
      below += probability;
      if (probability < 1e-300) break;
    }
    out[i] = units;
  }
}

function shuffle(values: Float64Array, size: number, random: Random): void {
  for (let i = size - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    const kept = values[i]!;
    values[i] = values[j]!;
    values[j] = kept;
  }
}
