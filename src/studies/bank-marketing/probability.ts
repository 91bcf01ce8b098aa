/** The true probability that a simulated client says yes: a logistic model that nobody has to estimate. */

import type { BankMonth } from './campaign-months.js';
import type { BankClient } from './client.js';
import { logistic } from './draw.js';
import { type Education, jobProfiles, type PreviousOutcome } from './levels.js';

const educationEffects: Readonly<Record<Education, number>> = {
  primary: -0.2,
  secondary: -0.05,
  tertiary: 0.2,
  unknown: 0.05,
};

const outcomeEffects: Readonly<Record<PreviousOutcome, number>> = {
  failure: -0.1,
  other: 0.1,
  success: 1.6,
  unknown: 0,
};

/** The probability of a yes. It knows the month's appeal, which no column states: a model can only come near it. */
export function bankProbability(client: BankClient, { appeal, month }: BankMonth): number {
  const fromMiddleAge = (client.age - 43) / 20;
  let logOdds = appeal;
  logOdds += Math.min(1.2, 0.6 * fromMiddleAge * fromMiddleAge);
  logOdds += jobProfiles[client.job].effect + educationEffects[client.education];
  logOdds += outcomeEffects[client.poutcome];
  logOdds += 0.08 * Math.sign(client.balance) * Math.log1p(Math.abs(client.balance)) - 0.45;
  if (client.marital === 'married') logOdds -= 0.15;
  if (client.inDefault) logOdds -= 0.3;
  if (client.housing) logOdds -= 0.5;
  if (client.loan) logOdds -= 0.4;
  if (client.contact === 'telephone') logOdds -= 0.15;
  if (client.contact === 'unknown') logOdds -= 0.3;
  logOdds -= 0.09 * Math.min(10, client.campaign - 1);
  // The month changes what matters: a housing loan weighs more in May, a full account in winter.
  if (client.housing && month === 5) logOdds -= 0.3;
  if (client.balance > 1500 && (month <= 2 || month >= 11)) logOdds += 0.3;
  return logistic(logOdds);
}
