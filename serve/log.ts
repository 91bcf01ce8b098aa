/** The service's log: JSON lines, written in groups; routes, statuses and times, nothing of what clients sent. */
import { isoTime } from './iso-time.js';
import type { Finished } from './router.js';

export interface Log {
  /** Something that happened to the service itself; `level` is "info" where it is not given. */
  event(what: string, details?: Readonly<Record<string, string | number | boolean>>): void;
  request(finished: Finished): void;
  flush(): void;
}

export interface LogOptions {
  readonly level: 'off' | 'errors' | 'requests';
  readonly write: (text: string) => void;
  readonly now: () => Date;
}

/** Thousands of requests a second must not be as many system calls. */
const groupMs = 100;

export function createLog({ level, write, now }: LogOptions): Log {
  let lines = '';
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (lines !== '') write(lines);
    lines = '';
  };
  const add = (line: string): void => {
    lines += line;
    timer ??= setTimeout(flush, groupMs);
  };
  return {
    event(what, details) {
      if (level === 'off') return;
      add(`${JSON.stringify({ time: isoTime(now()), level: 'info', what, ...details })}\n`);
    },
    request({ requestId, method, route, status, seconds, error }) {
      if (level === 'off' || (level !== 'requests' && status < 500)) return;
      // By hand, for every answer has such a line.
      let line = `{"time":"${isoTime(now())}","level":"${status >= 500 ? 'error' : 'info'}","what":"request","requestId":"${requestId}",`;
      line += `"method":${JSON.stringify(method)},"route":${JSON.stringify(route)},"status":${status},`;
      line += `"milliseconds":${Math.round(seconds * 1e5) / 100}`;
      if (error !== undefined) {
        const stack = error instanceof Error ? error.stack : String(error);
        line += `,"stack":${JSON.stringify(stack ?? null)}`;
      }
      add(`${line}}\n`);
    },
    flush,
  };
}
