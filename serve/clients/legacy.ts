/** The answers of the addresses that callers of the first credit-risk service know: `/api/user/{id}/…`, in that service's own shape. */
import type { ClientRecord, Scorer } from '../../src/serving.js';
import type { Prediction } from '../question.js';

const names = ['nb_previous_loans', 'avg_amount_loans_previous', 'age', 'years_on_the_job', 'flag_own_car'];

/** `{"nb_previous_loans":29.0,…}`: every value a number with a point, as Python writes them; null where it is missing. */
export function legacyFeatures({ row }: ClientRecord, { artefact }: Scorer): string {
  const fields = names.map((name) => {
    const type = artefact.schema.columns.find((column) => column.name === name)?.type;
    const value = row[name];
    const number = type?.kind === 'yesNo' && value !== null ? Number(value === type.yes) : value;
    return `${JSON.stringify(name)}:${typeof number === 'number' ? pythonFloat(number) : 'null'}`;
  });
  return `{${fields.join(',')}}`;
}

/** `{"resultado":[0]}`: 1 where the policy acts. */
export function legacyPrediction({ decision }: Prediction): string {
  return `{"resultado":[${decision === 'act' ? 1 : 0}]}`;
}

function pythonFloat(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e16 ? value.toFixed(1) : String(value);
}
