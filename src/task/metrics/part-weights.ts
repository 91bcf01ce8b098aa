/** How much a part of the rows (a month, a shop) counts in the mean of a metric over parts. */
import type { PartWeight } from '../predictions.js';

/** By its rows. */
export const byRows: PartWeight = ({ counts }) => {
  let rows = 0;
  for (let i = 0; i < counts.length; i++) rows += counts[i]!;
  return rows;
};

/** By its pairs of a yes and a no: the mean of the AUC is then the chance that a yes ranks above a no of its own part. */
export const byPairs: PartWeight = ({ targets, counts }) => {
  let yes = 0;
  for (let i = 0; i < counts.length; i++) if (targets[i] === 1) yes += counts[i]!;
  return yes * (byRows({ targets, counts }) - yes);
};

/** By the squared distances from its own mean: the mean of R² is then the share of the variance within parts. */
export const bySpread: PartWeight = ({ targets, counts }) => {
  let [rows, sum, spread] = [0, 0, 0];
  for (let i = 0; i < counts.length; i++) {
    rows += counts[i]!;
    sum += counts[i]! * targets[i]!;
  }
  for (let i = 0; i < counts.length; i++) spread += counts[i]! * (targets[i]! - sum / rows) ** 2;
  return spread;
};
