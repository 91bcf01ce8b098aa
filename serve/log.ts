/** The service's log: JSON lines, written in groups; routes, statuses and times, nothing of what clients sent. */
import type { Finished } from './router.js';

export interface Log {
  /** Something that happened to the service itself. */
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
  const add = (entry: object): void => {
    if (level === 'off') return;
    lines += `${JSON.stringify({ time: now().toISOString(), ...entry })}\n`;
    timer ??= setTimeout(flush, groupMs);
  };
  return {
    event: (what, details) => add({ level: 'info', what, ...details }),
    request({ requestId, method, route, status, seconds, error }) {
      if (level !== 'requests' && status < 500) return;
      const stack = error instanceof Error ? error.stack : error === undefined ? undefined : String(error);
      const milliseconds = Math.round(seconds * 1e5) / 100;
      add({
        level: status >= 500 ? 'error' : 'info',
        what: 'request',
        requestId,
        method,
        route,
        status,
        milliseconds,
        stack,
      });
    },
    flush,
  };
}
