/** Keeps the timers that cells start, so that an interrupt can end what would wake up later. */

type Start = (run: (...given: unknown[]) => void, ...rest: unknown[]) => NodeJS.Timeout | NodeJS.Immediate;
type Stop = (timer: unknown) => void;

/** Replaces the global timers by ones that can be cleared all at once; returns the function that does. */
export function trackTimers(): () => void {
  const running = new Map<unknown, Stop>();
  const scope = globalThis as unknown as Record<string, Start> & Record<string, Stop>;
  const pairs = [
    ['setTimeout', 'clearTimeout', true],
    ['setInterval', 'clearInterval', false],
    ['setImmediate', 'clearImmediate', true],
  ] as const;
  for (const [startName, stopName, once] of pairs) {
    const start = scope[startName] as Start;
    const stop = scope[stopName] as Stop;
    const tracked: Start = (run, ...rest) => {
      const timer = start(
        (...given) => {
          if (once) running.delete(timer);
          run(...given);
        },
        ...rest,
      );
      running.set(timer, stop);
      return timer;
    };
    // `util.promisify(setTimeout)` and its like look here.
    Object.defineProperties(tracked, Object.getOwnPropertyDescriptors(start));
    (scope as Record<string, unknown>)[startName] = tracked;
    (scope as Record<string, unknown>)[stopName] = (timer: unknown): void => {
      running.delete(timer);
      stop(timer);
    };
  }
  return () => {
    for (const [timer, stop] of running) stop(timer);
    running.clear();
  };
}
