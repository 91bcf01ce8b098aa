/** The unit that a column's name tells: "pdays" → days, "balance_eur" → EUR. */
import { nameWords } from '../table/name-words.js';

const units: Readonly<Record<string, string>> = {
  age: 'years',
  yr: 'years',
  yrs: 'years',
  years: 'years',
  months: 'months',
  weeks: 'weeks',
  days: 'days',
  hours: 'hours',
  hrs: 'hours',
  minutes: 'minutes',
  mins: 'minutes',
  seconds: 's',
  secs: 's',
  sec: 's',
  ms: 'ms',
  eur: 'EUR',
  euro: 'EUR',
  euros: 'EUR',
  usd: 'USD',
  dollars: 'USD',
  gbp: 'GBP',
  chf: 'CHF',
  kg: 'kg',
  gram: 'g',
  grams: 'g',
  km: 'km',
  metres: 'm',
  meters: 'm',
  cm: 'cm',
  mm: 'mm',
  litres: 'l',
  liters: 'l',
  kwh: 'kWh',
  celsius: '°C',
  percent: '%',
  percentage: '%',
  pct: '%',
  jahre: 'years',
  monate: 'months',
  tage: 'days',
  stunden: 'hours',
  alter: 'years',
  edad: 'years',
  meses: 'months',
  dias: 'days',
  horas: 'hours',
};

/** The unit, or undefined where the name tells none. */
export function unitOfName(name: string): string | undefined {
  const words = nameWords(name);
  for (const word of words) {
    const unit = Object.hasOwn(units, word) ? units[word] : undefined;
    if (unit) return unit;
  }
  // One letter before a unit, as in "pdays": so names of surveys are written.
  const last = words.length === 1 ? /^[a-z](days|weeks|months|years)$/.exec(words[0]!)?.[1] : undefined;
  return last;
}
