/** One start of one night: its own name, so that two starts never write to the same place. */
import { randomUUID } from 'node:crypto';

export interface Attempt {
  readonly date: string;
  readonly started: Date;
}

/** "20261128T010000Z-1a2b3c4d": another at every call. */
export function attemptName({ started }: Attempt): string {
  return `${started.toISOString().replace(/[-:]|\.\d+/g, '')}-${randomUUID().slice(0, 8)}`;
}

/** When an attempt of that name began; undefined where it is no such name. */
export function attemptTime(name: string): Date | undefined {
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-[\da-f]{8}$/.exec(name) ?? [];
  return y === undefined ? undefined : new Date(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`);
}
