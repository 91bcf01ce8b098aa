/** Limits how many look-ups of each caller may fail: who tries out ids learns nothing more after some. */

/** Counts failed look-ups of callers. */
export interface LookupLimit {
  /** Seconds until the caller may ask again; 0 where it may. */
  waits(caller: string): number;
  failed(caller: string, count: number): void;
}

/** By default 60 a minute. */
export function createLookupLimit({
  now,
  most = 60,
  perMs = 60_000,
}: {
  now: () => Date;
  most?: number;
  perMs?: number;
}): LookupLimit {
  const counts = new Map<string, { since: number; failed: number }>();
  const current = (caller: string): { since: number; failed: number } | undefined => {
    const count = counts.get(caller);
    if (count && now().getTime() - count.since < perMs) return count;
    counts.delete(caller);
    return undefined;
  };
  return {
    waits(caller) {
      const count = current(caller);
      if (count === undefined || count.failed < most) return 0;
      return Math.max(1, Math.ceil((count.since + perMs - now().getTime()) / 1000));
    },
    failed(caller, failed) {
      const count = current(caller);
      if (count) count.failed += failed;
      else counts.set(caller, { since: now().getTime(), failed });
    },
  };
}
