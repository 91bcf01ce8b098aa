/** How far a long work is, as one line of text; in a notebook the line shows itself, and goes when the work is done. */
import { type DisplayHandle, display, displayClock } from './display.js';

/** A work so short needs no line; a line is drawn anew at most so often. In milliseconds. */
const patience = 500;
const pause = 150;

const barLength = 24;

/** A bar, the share done in [0, 1] in percent, the time left, and what is being done. */
export function progressLine(share: number, elapsedMs: number, what: string): string {
  const filled = Math.round(share * barLength);
  const bar = '█'.repeat(filled) + '░'.repeat(barLength - filled);
  return `${bar} ${progressWords(share, elapsedMs, what)}`;
}

/** The same without the bar. */
export function progressWords(share: number, elapsedMs: number, what: string): string {
  const percent = `${Math.floor(share * 100)} %`.padStart(5);
  return [percent, timeLeft(elapsedMs, share), what].filter(Boolean).join(' ');
}

/**
 * Does the work; where nobody asked to be told of its progress and this is a notebook's cell, one line shows it, drawn
 * in its place, from half a second on. It is gone when the work ends, so that no saved notebook holds it.
 */
export function showProgress<Options extends { onProgress?: (share: number) => void }, Result>(
  what: string,
  options: Options,
  work: (options: Options) => Result,
): Result {
  const line = options.onProgress ? undefined : cellLine();
  if (!line) return work(options);
  const told = { ...options, onProgress: (share: number): void => line.tell(share, what) };
  let result: Result;
  try {
    result = work(told);
  } catch (error) {
    line.end();
    throw error;
  }
  line.end();
  return result;
}

/** A line in the cell that runs; undefined elsewhere than in a notebook. */
export function cellLine(): { tell(share: number, what: string): void; end(): void } | undefined {
  const now = displayClock();
  if (!now) return undefined;
  const began = now();
  let drawnAt = began + patience - pause;
  let shown: DisplayHandle | undefined;
  return {
    tell(share, what) {
      const at = now();
      if (at - drawnAt < pause) return;
      drawnAt = at;
      const line = progressLine(Math.min(1, share), at - began, what);
      if (shown) shown.update(line);
      else shown = display(line);
    },
    end: () => shown?.clear(),
  };
}

function timeLeft(elapsedMs: number, share: number): string {
  // The first fits are the smallest: an estimate from them would frighten.
  if (share < 0.02 || elapsedMs < 1000) return '';
  const seconds = Math.ceil(((elapsedMs / share) * (1 - share)) / 1000);
  if (seconds === 0) return '';
  return seconds < 90 ? `${seconds} s left` : `${Math.ceil(seconds / 60)} min left`;
}
