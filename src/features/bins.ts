/** Numbers cut into bins of about equal counts. */
import { countAtMost } from '../table/rising.js';
import { checkOption, listInputs } from './check-option.js';
import type { Input, Output, Step } from './features.js';
import { learnEach, type Mapping, numbersOf, readEach } from './mapping.js';
import { quantile, sortedValues } from './quantile.js';
import { makeStep } from './step.js';
import type { StepKind } from './step-kind.js';

export interface BinsOptions {
  /** How many bins at most; by default 10. */
  count?: number;
}

type Settings = { readonly count: number };

/** The kind of `bins`. */
export const binsKind: StepKind<Settings> = {
  kind: 'bins',
  takes: 'number',
  gives: 'category',
  remedy: 'text is in bins already: use it as it is, or merge its rare levels with rareLevels',
  learn: (inputs, { count }) =>
    learnEach(inputs, ({ output, feature }) => {
      const values = numbersOf(feature);
      const there = sortedValues(values);
      return cut(output, edgesOf(there, count), there.length < values.length);
    }),
  settings: (params) => ({ count: params.field('count').integer({ min: 2, max: 65535 }) }),
  read: (learned, inputs) =>
    readEach(learned, inputs, (reader, output) => {
      const edges = reader.field('edges').numbers();
      if (edges.some((edge, i) => i > 0 && edge <= edges[i - 1]!)) reader.field('edges').fail('rising edges');
      return cut(output, edges, reader.field('missing').boolean());
    }),
};

/**
 * A category of at most `count` bins, cut at quantiles of the training rows (type 7; equal edges are merged, as in
 * scikit-learn's KBinsDiscretizer with `strategy='quantile', quantile_method='linear'`). A bin holds its lower edge.
 * A column of at most `count` distinct values gets a bin for each. What is missing in training rows is a bin of its
 * own, the last; where nothing was missing in training, a missing value has code -1. Values beyond the training rows'
 * fall into the first or the last bin. Text → `features-wrong-kind`.
 *
 * @example
 * features(bank, [bins(['age', 'balance'], { count: 10 })]);
 */
export function bins<Name extends string>(
  inputs: Input<Name> | readonly Input<Name>[],
  options: BinsOptions = {},
): Step<Name> {
  const count = options.count ?? 10;
  const fits = Number.isInteger(count) && count >= 2 && count <= 65535;
  checkOption(fits, 'bins', 'count', count, 'an integer from 2 to 65535');
  return makeStep(binsKind, listInputs(inputs), { count });
}

/** Inner edges: bin i holds edge i - 1 ≤ x < edge i. */
function edgesOf(sorted: Float64Array, count: number): Float64Array {
  if (sorted.length === 0) return new Float64Array();
  const distinct = sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);
  if (distinct.length <= count) return distinct.slice(1).map((value) => value + 0);
  const last = sorted[sorted.length - 1]!;
  const edges: number[] = [];
  let edge = sorted[0]!;
  for (let i = 1; i < count; i++) {
    const next = quantile(sorted, i, count) + 0;
    if (next <= edge || next >= last) continue;
    edges.push(next);
    edge = next;
  }
  return Float64Array.from(edges);
}

function cut({ name, from }: Output, edges: Float64Array, missing: boolean): Mapping {
  const levels = edgeNames(edges);
  const missingCode = missing ? levels.length : -1;
  if (missing) levels.push('missing');
  return {
    outputs: [{ name, from, kind: 'category', levels }],
    apply(input) {
      const values = numbersOf(input);
      const codes = new Int32Array(values.length);
      for (let i = 0; i < values.length; i++) {
        const value = values[i]!;
        codes[i] = Number.isNaN(value) ? missingCode : countAtMost(edges, value);
      }
      return [{ kind: 'category', codes, levels: levels.length }];
    },
    toJSON: () => ({ edges: [...edges], missing }),
  };
}

function edgeNames(edges: Float64Array): string[] {
  if (edges.length === 0) return ['any'];
  // Twelve digits are without the noise of interpolation: 4.54, not 4.540000000000001.
  const texts = Array.from(edges, (edge) => String(Number(edge.toPrecision(12))));
  const between = texts.slice(1).map((text, i) => `${texts[i]} to < ${text}`);
  return [`< ${texts[0]}`, ...between, `≥ ${texts[texts.length - 1]}`];
}
