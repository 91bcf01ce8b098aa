/** What a global model learns of a panel: factors of the seasons and of what is known ahead, and trees or lines for all steps together. */
import { Problem } from '../../problem.js';
import { boosting } from '../../trees/boosting.js';
import type { NumberLoss } from '../../trees/loss.js';
import type { ForecasterOptions } from '../forecaster.js';
import type { Panel } from '../panel/panel.js';
import { type PastRecipe, plainPast } from '../past/past-recipe.js';
import type { RowPlaces } from '../past/past-rows.js';
import { type DemandFactors, learnableSeasons, learnFactors } from './demand-factors.js';
import { type DemandRows, demandRows, hasPast, type SeenDemand, seeDemand } from './demand-rows.js';
import type { GlobalBoostingSettings } from './global-boosting-options.js';
import { type Line, lineOf, type UsualGrowth, usualGrowthOf } from './line-ahead.js';

/** Periods before the first origin. */
export const firstOrigin = 8;

/** How to learn: what the forecaster was told, and what its fit is. */
export interface LearnOptions {
  readonly settings: GlobalBoostingSettings;
  readonly given: ForecasterOptions;
}

/** How demand is expected: seasons are left to the trees, or are factors beside trees, or beside a line through each series. */
export type Way = 'trees' | 'seasons and trees' | 'seasons and lines';

/** What is learned of a panel, and holds when new periods come. */
export interface LearnedDemand {
  readonly recipe: PastRecipe;
  readonly factors: DemandFactors;
  /** What is expected of each row, in units sold. */
  expected(rows: DemandRows, seen: SeenDemand): Float64Array;
}

/** Learns the factors, where none are given, and how demand without them is expected, for all steps together. */
export function learnDemand(
  panel: Panel,
  { settings, given, way, ...known }: LearnOptions & { way: Way; factors?: DemandFactors },
): LearnedDemand {
  const { horizon, loss, halfLife, mostRows, ...size } = settings;
  const recipe = recipeOf(panel);
  const factors = known.factors ?? learnFactors(panel, { pooled: recipe.pooled, seasonal: way !== 'trees' });
  const seen = seeDemand(panel, { recipe, factors, horizon });
  if (way === 'seasons and lines') return { recipe, factors, expected: linesThrough(seen) };
  const rows = demandRows(seen, trainingPlaces(seen, { horizon, mostRows }));
  const weights = rows.units.map(
    (unit, row) => unit * 2 ** ((rows.origins[row]! - panel.periods.count) / halfLife),
  );
  const targets = rows.targets.map((target, row) => target / rows.scales[row]!);
  const model = boosting({ ...size, loss: loss as NumberLoss }).fit(rows.matrix, targets, {
    ...given,
    weights,
  });
  const expected: LearnedDemand['expected'] = (of) =>
    model.predict(of.matrix).map((ratio, row) => ratio * of.units[row]!);
  return { recipe, factors, expected };
}

/** Lines through the series; how fast series grow is found from all of them. */
function linesThrough(learned: SeenDemand): LearnedDemand['expected'] {
  const season = learnableSeasons(learned.panel).at(-1)!;
  const lineAt = (
    { panel, factors }: SeenDemand,
    { s, ...where }: { s: number; position: number; usual: UsualGrowth },
  ): Line => lineOf(panel.series[s]!, { ...where, factors: factors[s]!, season, counts: panel.counts });
  const usual = usualGrowthOf(
    (usual) =>
      learned.panel.series.map(({ values }, s) => lineAt(learned, { s, position: values.length, usual })),
    { season },
  );
  // All steps from an origin have one line.
  const found = new WeakMap<SeenDemand, Map<string, Line>>();
  return ({ series, positions, steps, units, scales }, seen) => {
    const lines = found.get(seen) ?? new Map<string, Line>();
    found.set(seen, lines);
    return Float64Array.from(series, (s, row) => {
      const place = `${s} ${positions[row]}`;
      const line = lines.get(place) ?? lineAt(seen, { s, position: positions[row]!, usual });
      lines.set(place, line);
      return (line.level * Math.exp(line.growth * steps[row]!) * units[row]!) / scales[row]!;
    });
  };
}

/** Everything that a panel has. Texts serve to pool series: as columns they let trees tell single series apart, and cost. */
function recipeOf(panel: Panel): PastRecipe {
  const plain = plainPast(panel);
  const isNumber = (name: string): boolean => panel.attributes.column(name).kind === 'number';
  return { ...plain, attributes: plain.attributes.filter(isNumber) };
}

/**
 * The rows to learn from: where there are too many, of each series and origin some steps, so spread that each period is forecast from
 * some origins, too. Throws `forecast-too-short` where there is none for a step.
 */
function trainingPlaces(
  { panel, past }: SeenDemand,
  { horizon, mostRows }: { horizon: number; mostRows: number },
): RowPlaces {
  const stepRows = new Float64Array(horizon + 1);
  const visit = (take: (series: number, position: number, step: number) => void): void => {
    past.panel.series.forEach(({ start, values }, s) => {
      for (let i = Math.max(1, firstOrigin - start); i < values.length; i++) {
        if (!hasPast(past, s, i)) continue;
        for (let step = 1; step <= horizon && i + step <= values.length; step++)
          if (!Number.isNaN(values[i + step - 1]!)) take(s, i, step);
      }
    });
  };
  visit((_s, _i, step) => {
    stepRows[step]!++;
  });
  const lacking = stepRows.indexOf(0, 1);
  if (lacking > 0) throw tooShort(panel, lacking);
  const stride = Math.ceil(stepRows.reduce((sum, count) => sum + count, 0) / mostRows);
  const [series, positions, steps]: [number[], number[], number[]] = [[], [], []];
  visit((s, i, step) => {
    if ((2 * (past.panel.series[s]!.start + i) + step + s) % stride !== 0) return;
    series.push(s);
    positions.push(i);
    steps.push(step);
  });
  return {
    series: Int32Array.from(series),
    positions: Int32Array.from(positions),
    steps: Int32Array.from(steps),
  };
}

function tooShort({ periods }: Panel, step: number): Problem {
  return new Problem({
    code: 'forecast-too-short',
    what: `a global model cannot learn step ${step} from ${periods.count} periods`,
    expected: `at least ${firstOrigin + step} periods, and known values among the last`,
    remedy: 'use a local model, or a shorter horizon',
  });
}
