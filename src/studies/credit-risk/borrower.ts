/** Draws a borrower of the simulated bank: the columns that are the same in all loans of a client. */
import type { Random } from 'alambique';
import { drawChance, drawCount, drawLevel, within } from '../bank-marketing/draw.js';

const day = 86_400_000;

/** The day on which the bank's file was written: ages and service in days are counted back from it. */
export const extractDay: number = Date.UTC(2021, 8, 17);

/** The bank writes that a pensioner's job begins in a thousand years. */
const pension = { days: 365_243, start: Date.UTC(3021, 8, 18) };

/** What the bank knows of a client. */
export interface Borrower {
  /** Columns of texts by name; null where the bank has none. */
  readonly texts: Readonly<Record<string, string | null>>;
  readonly numbers: Readonly<Record<string, number>>;
  /** In ms. */
  readonly birthday: number;
  readonly jobStart: number;
  /** The chance that a loan of theirs is not paid back in time. */
  readonly risk: number;
}

const occupations = [
  'Laborers',
  'Sales staff',
  'Core staff',
  'Managers',
  'Drivers',
  'Accountants',
  'Medicine staff',
];

/** A client. Few are in trouble, and most of their loans are late; more often the young, the new on the job, those who rent. */
export function drawBorrower(random: Random): Borrower {
  const pensioner = drawChance(random, 0.18);
  const age = within(pensioner ? 60 + 5 * random.normal() : 40 + 10 * random.normal(), 21, 68.9);
  const birthday = extractDay - Math.round(age * 365.25) * day;
  const service = within(6.5 * Math.exp(0.9 * random.normal()) - 1, 0.2, age - 18);
  const jobStart = pensioner ? pension.start : extractDay - Math.round(service * 365) * day;
  const car = drawChance(random, pensioner ? 0.2 : 0.42);
  const education = drawLevel(
    random,
    ['Secondary / secondary special', 'Higher education', 'Incomplete higher', 'Lower secondary'],
    [0.67, 0.28, 0.04, 0.01],
  );
  const family = drawLevel(
    random,
    ['Married', 'Single / not married', 'Civil marriage', 'Separated', 'Widow'],
    [0.69, 0.13, 0.07, 0.06, 0.05],
  );
  const housing = drawLevel(
    random,
    ['House / apartment', 'With parents', 'Municipal apartment', 'Rented apartment'],
    [0.9, 0.04, 0.03, 0.03],
  );
  const children = pensioner ? 0 : Math.min(5, drawCount(random, 1.4) - 1);
  const partner = family === 'Married' || family === 'Civil marriage' ? 1 : 0;
  const income = within(
    Math.round((166_500 * Math.exp(0.45 * random.normal())) / 4500) * 4500,
    31_500,
    1_575_000,
  );
  const yesNo = (chance: number): string => (drawChance(random, chance) ? 'Y' : 'N');
  const texts = {
    code_gender: drawChance(random, 0.67) ? 'F' : 'M',
    flag_own_car: car ? 'Y' : 'N',
    flag_own_realty: yesNo(0.69),
    name_income_type: pensioner
      ? 'Pensioner'
      : drawLevel(random, ['Working', 'Commercial associate', 'State servant'], [0.64, 0.26, 0.1]),
    name_education_type: education,
    name_family_status: family,
    name_housing_type: housing,
    occupation_type:
      pensioner || drawChance(random, 0.16)
        ? null
        : drawLevel(random, occupations, [0.32, 0.18, 0.17, 0.15, 0.08, 0.05, 0.05]),
  };
  const flag = (chance: number): number => (drawChance(random, chance) ? 1 : 0);
  const trouble =
    -2.4 +
    0.035 * (38 - age) +
    (pensioner ? 0.9 : 0.5 - 0.12 * Math.min(service, 12)) +
    (car ? -0.4 : 0.2) +
    (housing === 'Rented apartment' ? 0.9 : 0);
  const inTrouble = drawChance(random, 1 / (1 + Math.exp(-trouble)));
  return {
    texts,
    numbers: {
      cnt_children: children,
      amt_income_total: income,
      days_birth: (birthday - extractDay) / day,
      days_employed: pensioner ? pension.days : (jobStart - extractDay) / day,
      flag_mobil: 1,
      flag_work_phone: flag(0.24),
      flag_phone: flag(0.31),
      flag_email: flag(0.09),
      cnt_fam_members: 1 + partner + children,
    },
    birthday,
    jobStart,
    // Whoever is in trouble is late again and again; the others now and then.
    risk: inTrouble ? within(0.2 + 0.15 * random.normal(), 0.02, 0.9) : 0.003,
  };
}
