/** The option --dialect: how a file is written, as JSON. */
import { Problem } from '../problem.js';
import { checkDialect } from '../table/check-dialect.js';
import type { Dialect } from '../table/dialect.js';

/** The dialect that was stated as JSON; undefined where none was. Throws `cli-arguments`. */
export function dialectOf(text: string | undefined): Dialect | undefined {
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Problem({
      code: 'cli-arguments',
      what: '--dialect is not JSON',
      got: text,
      expected: '--dialect \'{"separator":";","decimal":","}\'',
    });
  }
  return checkDialect(value);
}
