/** Reads how the rows of a batch are to be taken, from the address. */
import { checkDialect, type Dialect, didYouMean, listNames, Problem } from '../../src/serving.js';
import { problemEntries, Refusal } from '../problems.js';
import type { ServiceRequest } from '../request.js';
import type { BatchOptions } from './batch.js';

const names = ['choose', 'keep', 'warnings', 'allowConstant', 'dialect'] as const;

/** What stands in the address. Throws a `Refusal` (400). */
export function batchOptions(request: ServiceRequest): BatchOptions {
  const given = new URLSearchParams(request.query);
  for (const name of new Set(given.keys())) {
    if (!(names as readonly string[]).includes(name)) {
      const hint = didYouMean(name, names);
      throw new Refusal(400, `The address has a setting that there is not; it takes ${listNames(names)}.${hint ? ` ${hint}` : ''}`); // biome-ignore format: one thought
    }
    if (name !== 'keep' && given.getAll(name).length > 1)
      throw new Refusal(400, 'A setting comes twice in the address.');
  }
  const choose = given.get('choose');
  if (choose !== null && !/^\d{1,9}$/.test(choose))
    throw new Refusal(400, '"choose" is how many of the rows to act on, such as 200.');
  const dialect = dialectOf(given.get('dialect'));
  return {
    ...(choose !== null && { choose: Number(choose) }),
    keep: given.getAll('keep'),
    warnings: yesNo(given, 'warnings'),
    allowConstant: yesNo(given, 'allowConstant'),
    ...(dialect && { dialect }),
  };
}

function yesNo(given: URLSearchParams, name: string): boolean {
  const value = given.get(name) ?? 'false';
  if (['', 'true', 'false'].includes(value)) return value !== 'false';
  throw new Refusal(400, `"${name}" is true or false.`);
}

function dialectOf(text: string | null): Dialect | undefined {
  if (text === null) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refusal(400, `"dialect" is JSON, such as {"separator":";","decimal":","}.`);
  }
  try {
    return checkDialect(value);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new Refusal(400, '"dialect" says what no file is written as.', {
      errors: problemEntries(error.issues),
    });
  }
}
