/** The penalised log loss that logistic regression minimises: value, gradient and curvature, also along a line. */
import type { Labels } from '../table/matrix.js';
import { baseRate } from './base-rate.js';
import { type Design, times, transposedTimes, weightedGram } from './design.js';
import { probabilityOf } from './log-odds.js';

/** A point on a line: the loss there, and its slope along the line. */
export interface LinePoint {
  value: number;
  slope: number;
}

/**
 * Σ weight·(log(1 + e^margin) - label·margin) + l2/2·‖coefficients‖², the intercept (the last coefficient) free of
 * the penalty. This is scikit-learn's objective at C = 1/l2.
 */
export class LogisticLoss {
  readonly design: Design;
  readonly l2: number;
  /** The weighted share of ones. */
  readonly baseRate: number;
  readonly #labels: Labels;
  readonly weights: Float64Array;

  constructor(design: Design, labels: Labels, options: { weights?: Float64Array; l2: number }) {
    this.design = design;
    this.l2 = options.l2;
    this.#labels = labels;
    this.weights = options.weights ?? new Float64Array(design.rowCount).fill(1);
    this.baseRate = baseRate(labels, this.weights);
  }

  margins(coefficients: Float64Array): Float64Array {
    return times(this.design, coefficients);
  }

  gradient(coefficients: Float64Array, margins: Float64Array): Float64Array {
    const residuals = new Float64Array(margins.length);
    for (let i = 0; i < margins.length; i++) {
      residuals[i] = this.weights[i]! * (probabilityOf(margins[i]!) - this.#labels[i]!);
    }
    const gradient = transposedTimes(this.design, residuals);
    for (let j = 0; j < gradient.length - 1; j++) gradient[j]! += this.l2 * coefficients[j]!;
    return gradient;
  }

  /** Second derivatives, the lower triangle of a row-major square. */
  hessian(margins: Float64Array): Float64Array {
    const { width } = this.design;
    const hessian = weightedGram(this.design, this.curvatures(margins));
    for (let j = 0; j < width - 1; j++) hessian[j * width + j]! += this.l2;
    return hessian;
  }

  /** The second derivative of each row's loss by its margin. */
  curvatures(margins: Float64Array): Float64Array {
    const out = new Float64Array(margins.length);
    for (let i = 0; i < margins.length; i++) {
      const p = probabilityOf(margins[i]!);
      out[i] = this.weights[i]! * p * (1 - p);
    }
    return out;
  }

  /**
   * The loss at coefficients + step·direction, for any step, without touching the design again: margins change in
   * proportion to the step.
   */
  along(at: Float64Array, margins: Float64Array, direction: Float64Array, change: Float64Array) {
    let atAt = 0;
    let atDirection = 0;
    let directionDirection = 0;
    for (let j = 0; j < at.length - 1; j++) {
      atAt += at[j]! * at[j]!;
      atDirection += at[j]! * direction[j]!;
      directionDirection += direction[j]! * direction[j]!;
    }
    const labels = this.#labels;
    const weights = this.weights;
    return (step: number): LinePoint => {
      let value = 0.5 * this.l2 * (atAt + step * (2 * atDirection + step * directionDirection));
      let slope = this.l2 * (atDirection + step * directionDirection);
      for (let i = 0; i < margins.length; i++) {
        const margin = margins[i]! + step * change[i]!;
        const power = Math.exp(-Math.abs(margin));
        const p = margin >= 0 ? 1 / (1 + power) : power / (1 + power);
        value += weights[i]! * (Math.max(margin, 0) + Math.log1p(power) - labels[i]! * margin);
        slope += weights[i]! * (p - labels[i]!) * change[i]!;
      }
      return { value, slope };
    };
  }
}
