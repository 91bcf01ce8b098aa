/** What a database or the way to it refuses, as a sentence. */
import { Problem } from '../../problem.js';

const remedies: Readonly<Record<string, string>> = {
  ENOTFOUND: 'mend the name of the server',
  '28P01': 'mend user and password',
  '28000': 'mend user and password',
  ER_ACCESS_DENIED_ERROR: 'mend user and password',
  '3D000': 'mend the name of the database',
  ER_BAD_DB_ERROR: 'mend the name of the database',
  '42501': 'give this user the right to read',
};

/** What may pass: the server is away for a moment, or the connection to it broke. */
const passing =
  /^(ECONN(REFUSED|RESET|ABORTED)|EPIPE|ETIMEDOUT|EHOSTUNREACH|EAI_AGAIN|PROTOCOL_CONNECTION_LOST|57P0\d|08\w+)$/;

/** The error of a driver as a `Problem`: `io-lost` where it may pass, else `io-database`. A `Problem` and an abort stay what they are. */
export function databaseProblem(error: unknown, source: string): unknown {
  if (error instanceof Problem || (error as Error | undefined)?.name === 'AbortError') return error;
  const { code = '', message } = error as NodeJS.ErrnoException;
  const isLost =
    passing.test(code) || /^Connection (terminated|lost)|^Can't add new command when/.test(message);
  return new Problem({
    code: isLost ? 'io-lost' : 'io-database',
    what: isLost ? `the database at ${source} is not there` : `the database at ${source} refuses`,
    got: message || code,
    remedy:
      remedies[code] ?? (isLost ? 'look whether it is running, and whether the address is right' : undefined),
  });
}

/** What `work` gives; what it throws becomes a `Problem`. */
export async function orProblem<T>(source: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw databaseProblem(error, source);
  }
}
