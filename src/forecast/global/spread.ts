/** How far demand strays from what was expected: fitted on errors of forecasts of periods that the model had not seen. */

/** Errors of one step ahead, of many series and origins. */
export interface StepErrors {
  readonly step: number;
  readonly means: Float64Array;
  readonly errors: Float64Array;
  /** The series' own excess variance at the origin, as `OriginRows` has it. */
  readonly excess: Float64Array;
  /** Tells which rows of two steps have series and origin in common; rising. */
  readonly rows: Int32Array;
}

/**
 * The variance of demand of mean μ is μ (1 + linear) + μ² (constant + own × the series' own excess); for what is not counted
 * without the μ alone. The share `shared` of the part in squares is common to all periods ahead of an origin: the level itself
 * is uncertain.
 */
export interface Spread {
  readonly linear: number;
  readonly constant: number;
  readonly own: number;
  readonly shared: number;
}

/** Errors further out than so many standard deviations count as just so far. */
const farthest = 4;
const rounds = 6;

/** The spread that a Poisson distribution has, where nothing is known. */
export const noSpread: Spread = { linear: 0, constant: 0.1, own: 0.5, shared: 0.3 };

/** The variance that a spread gives a mean. */
export function varianceOf(
  spread: Spread,
  { mean, excess, counts }: { mean: number; excess: number; counts: boolean },
): number {
  return mean * ((counts ? 1 : 0) + spread.linear) + mean * mean * (spread.constant + spread.own * excess);
}

/** Weighted least squares of squared errors, weights and limits renewed from round to round; no part below 0. */
export function fitSpread(steps: readonly StepErrors[], counts: boolean): Spread {
  if (steps.every(({ means }) => means.length < 30)) return noSpread;
  let spread = noSpread;
  for (let round = 0; round < rounds; round++) {
    const next = fitOnce(steps, { spread, counts });
    spread = { ...next, shared: 0 };
  }
  return { ...spread, shared: sharedPart(steps, { spread, counts }) };
}

function fitOnce(
  steps: readonly StepErrors[],
  { spread, counts }: { spread: Spread; counts: boolean },
): Omit<Spread, 'shared'> {
  const normal = Array.from({ length: 3 }, () => new Float64Array(4));
  for (const { means, errors, excess } of steps)
    for (let i = 0; i < means.length; i++) {
      const mean = means[i]!;
      if (!(mean > 0)) continue;
      const variance = varianceOf(spread, { mean, excess: excess[i]!, counts });
      const square = Math.min(errors[i]! ** 2, farthest ** 2 * variance);
      const parts = [mean, mean * mean, mean * mean * excess[i]!, square - (counts ? mean : 0)];
      const weight = 1 / (variance * variance);
      for (let j = 0; j < 3; j++)
        for (let k = 0; k < 4; k++) normal[j]![k]! += weight * parts[j]! * parts[k]!;
    }
  const [linear, constant, own] = nonNegative(normal);
  // A spread of nothing would make every later weight infinite.
  return {
    linear: counts ? linear! : Math.max(linear!, 1e-6),
    constant: Math.max(constant!, 1e-4),
    own: own!,
  };
}

/** Solves the normal equations with no part below 0: coordinate by coordinate, until nothing moves. */
function nonNegative(normal: readonly Float64Array[]): number[] {
  const parts = [0, 0, 0];
  for (let round = 0; round < 500; round++)
    for (let j = 0; j < 3; j++) {
      const row = normal[j]!;
      if (row[j]! <= 0) continue;
      let rest = row[3]!;
      for (let k = 0; k < 3; k++) if (k !== j) rest -= row[k]! * parts[k]!;
      parts[j] = Math.max(0, rest / row[j]!);
    }
  return parts;
}

/** How much of the part in squares two steps from one origin have in common; errors are cut as above. */
function sharedPart(
  steps: readonly StepErrors[],
  { spread, counts }: { spread: Spread; counts: boolean },
): number {
  let [together, whole] = [0, 0];
  for (let a = 0; a < steps.length; a++)
    for (let b = a + 1; b < steps.length; b++) {
      const [one, two] = [steps[a]!, steps[b]!];
      for (let i = 0, j = 0; i < one.rows.length && j < two.rows.length; ) {
        if (one.rows[i]! < two.rows[j]!) i++;
        else if (one.rows[i]! > two.rows[j]!) j++;
        else {
          const [first, second] = [scaled(one, i, { spread, counts }), scaled(two, j, { spread, counts })];
          if (first && second) {
            // In units of the standard deviations, so that large articles do not decide alone.
            together += first.error * second.error;
            whole += first.square * second.square;
          }
          i++;
          j++;
        }
      }
    }
  return whole > 0 ? Math.min(0.95, Math.max(0, together / whole)) : noSpread.shared;
}

/** An error in standard deviations, and the part in squares in the same unit. */
function scaled(
  { means, errors, excess }: StepErrors,
  i: number,
  { spread, counts }: { spread: Spread; counts: boolean },
): { error: number; square: number } | undefined {
  const mean = means[i]!;
  if (!(mean > 0)) return undefined;
  const sd = Math.sqrt(varianceOf(spread, { mean, excess: excess[i]!, counts }));
  const error = Math.min(farthest, Math.max(-farthest, errors[i]! / sd));
  return { error, square: (mean * Math.sqrt(spread.constant + spread.own * excess[i]!)) / sd };
}
