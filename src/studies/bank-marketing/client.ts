/** Draws a client as the bank knows them when the call is placed: nothing here depends on how the call ends. */
import type { Random } from 'alambique';
import type { BankMonth } from './campaign-months.js';
import { drawChance, drawCount, drawLevel, within } from './draw.js';
import {
  type Contact,
  type Education,
  educationLevels,
  type Job,
  jobProfiles,
  jobs,
  type Marital,
  maritalLevels,
  type PreviousOutcome,
} from './levels.js';

/** What is known when the call is placed. */
export interface BankClient {
  readonly age: number;
  readonly job: Job;
  readonly marital: Marital;
  readonly education: Education;
  readonly inDefault: boolean;
  /** EUR. */
  readonly balance: number;
  readonly housing: boolean;
  readonly loan: boolean;
  readonly contact: Contact;
  /** Calls to this client in this campaign, this one included. */
  readonly campaign: number;
  /** Days since the last call of an earlier campaign; -1 where there was none. */
  readonly pdays: number;
  /** Calls in earlier campaigns. */
  readonly previous: number;
  readonly poutcome: PreviousOutcome;
}

/** A client called in `month`. */
export function drawClient(random: Random, month: BankMonth): BankClient {
  const { picked } = month;
  const mix = (anybody: number, promising: number): number => anybody + picked * (promising - anybody);
  const job = drawLevel(
    random,
    jobs,
    jobs.map((name) => mix(jobProfiles[name].share, jobProfiles[name].pickedShare)),
  );
  const profile = jobProfiles[job];
  const age = within(Math.round(profile.age[0] + 2 * picked + profile.age[1] * random.normal()), 18, 95);
  return {
    age,
    job,
    marital: drawLevel(random, maritalLevels, profile.marital),
    education: drawLevel(random, educationLevels, profile.education),
    inDefault: drawChance(random, mix(0.025, 0.002)),
    balance: drawBalance(random, picked),
    housing: drawChance(random, within(month.housing + (age > 58 ? -0.25 : 0.01), 0.01, 0.97)),
    loan: drawChance(random, mix(0.18, 0.06)),
    contact: drawContact(random, month, age),
    campaign: Math.min(63, drawCount(random, month.calls)),
    ...drawHistory(random, month),
  };
}

/** A long tail above, overdrafts below, many at nothing. */
function drawBalance(random: Random, picked: number): number {
  const kind = random.uniform();
  if (kind < 0.08) return 0;
  if (kind < 0.16 - 0.1 * picked)
    return Math.max(-8019, Math.round(300 * Math.log(1 - random.uniform()))) + 0; // not -0
  return Math.min(102127, Math.round(Math.exp(6.3 + 0.4 * picked + 1.35 * random.normal())));
}

function drawContact(random: Random, { cellular, year }: BankMonth, age: number): Contact {
  if (drawChance(random, within(cellular + (age > 60 ? -0.1 : 0), 0, 1))) return 'cellular';
  if (cellular === 0) return 'unknown';
  return drawChance(random, year === 2008 ? 0.3 : year === 2009 ? 0.97 : 0.6) ? 'telephone' : 'unknown';
}

/** Earlier campaigns: all three columns say that there was none, or none does. */
function drawHistory(random: Random, month: BankMonth): Pick<BankClient, 'pdays' | 'previous' | 'poutcome'> {
  if (!drawChance(random, month.known)) return { pdays: -1, previous: 0, poutcome: 'unknown' };
  const outcomes: readonly PreviousOutcome[] = ['failure', 'other', 'success'];
  const poutcome = drawLevel(random, outcomes, outcomeShares[month.year] ?? [1, 0, 0]);
  // A success is called again about half a year later; the others when a campaign comes round, often after a year.
  const soon = poutcome === 'success' || drawChance(random, 0.4);
  const days = soon ? 150 + 50 * random.normal() : 310 + 60 * random.normal();
  return {
    pdays: within(Math.round(days), 1, 871),
    previous: Math.min(275, drawCount(random, 3.2)),
    poutcome,
  };
}

/** Failure, other, success. */
const outcomeShares: Readonly<Record<number, readonly number[]>> = {
  2008: [0.74, 0.2, 0.06],
  2009: [0.64, 0.24, 0.12],
  2010: [0.38, 0.19, 0.43],
};
