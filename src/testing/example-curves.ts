/** The curves and policies of the example report: invented, but each follows from one and the same ROC curve. */
import type { PolicyRow } from '../study/study-report.js';
import type { Curves } from '../task/details.js';

/** Of the example's holdout rows. */
export const BASE_RATE: number = 0.25;
export const LOCKED_ROWS: number = 9_000;
/** A proper curve with area .73: true positive rate = (false positive rate)^θ, area = 1 / (1 + θ). */
const THETA = 1 / 0.73 - 1;

/** All curves of a model whose ROC is exactly `falsePositiveRate ** THETA`. */
export function exampleCurves(): Curves {
  const steps = Array.from({ length: 101 }, (_, i) => (i / 100) ** 2);
  const cuts = steps.map((fpr) => ({ fpr, tpr: fpr ** THETA, acted: share(fpr) }));
  const inner = cuts.slice(1);
  const bins = Array.from({ length: 10 }, (_, i) => 0.08 + 0.058 * i);
  return {
    roc: cuts.map(({ fpr, tpr }) => [fpr, tpr] as const),
    precisionRecall: inner.map(({ tpr, acted }) => [tpr, (tpr * BASE_RATE) / acted] as const),
    gains: cuts.map(({ tpr, acted }) => [acted, tpr] as const),
    lift: inner.map(({ tpr, acted }) => [acted, tpr / acted] as const),
    calibrationBefore: bins.map((rate, i) => [
      Math.min(0.98, rate * 1.55 + 0.03),
      rate + 0.01 * Math.cos(i * 2),
    ]),
    calibrationAfter: bins.map((rate, i) => [rate - 0.03, rate + 0.01 * Math.cos(i * 2)] as const),
  };
}

/** Share of rows acted on at a false positive rate. */
function share(fpr: number): number {
  return BASE_RATE * fpr ** THETA + (1 - BASE_RATE) * fpr;
}

/** A policy that acts on about this share of rows, standing on the example's own curve. */
export function examplePolicy(
  name: string,
  words: string,
  rule: { readonly cutoff: number; readonly acted: number; readonly chosen: boolean },
): PolicyRow {
  const { cutoff, acted, chosen } = rule;
  let [low, high] = [0, 1];
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2;
    if (share(middle) < acted) low = middle;
    else high = middle;
  }
  const recall = low ** THETA;
  const precision = (recall * BASE_RATE) / acted;
  const called = acted * LOCKED_ROWS;
  return {
    name,
    words,
    cutoff,
    shareActedOn: acted,
    shareByCutoff: acted,
    capacity: null,
    precision,
    recall,
    f1: (2 * precision * recall) / (precision + recall),
    profit: name === 'by best F1' ? null : Math.round(called * precision * 60 - called * 5),
    chosen,
  };
}
