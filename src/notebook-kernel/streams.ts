/** Catches what a cell prints: gathers small pieces, shortens long outputs, and cuts off a cell that prints without end. */
import { longOutput } from './long-output.js';

/** The most that one cell may print, in UTF-16 units: about 10 MB. */
const most = 10_000_000;
/** Pieces are gathered up to this length, or this many milliseconds. */
const gatherLength = 16_384;
const gatherTime = 50;
// Taken before cells' timers are tracked, so that an interrupt does not clear it.
const later = setImmediate;

/** Handed to `captureStreams`. */
export interface StreamTarget {
  write(name: 'stdout' | 'stderr', text: string): void;
  /** Called once per cell, when it has printed too much; the rest is dropped. */
  tooMuch(): void;
}

/** The captured streams of this process. */
export interface CapturedStreams {
  /** A new cell runs: what it may print is counted from zero. */
  begin(): void;
  /** Hands on what has been gathered. */
  flush(): void;
  /** The cell has ended: hands on the last lines of a long output, too. */
  end(): void;
  /** Whether the cell printed too much, so that its output is cut. */
  readonly overflowed: boolean;
}

/** Takes over this process's standard output and error for good. */
export function captureStreams(target: StreamTarget): CapturedStreams {
  let gathered = '';
  let gatheredFor: 'stdout' | 'stderr' = 'stdout';
  let since = 0;
  let printed = 0;
  let waiting = false;
  const lines = longOutput();

  const flush = (): void => {
    const text = lines.take(gatheredFor, gathered);
    gathered = '';
    since = Date.now();
    if (text !== '') target.write(gatheredFor, text);
  };
  const end = (): void => {
    flush();
    for (const { name, text } of lines.end()) target.write(name, text);
  };
  const take = (name: 'stdout' | 'stderr', text: string): void => {
    if (printed > most) return;
    const room = most - printed;
    printed += text.length;
    if (name !== gatheredFor) flush();
    gatheredFor = name;
    gathered += text.length > room ? text.slice(0, room) : text;
    if (printed > most) {
      flush();
      target.tooMuch();
    } else if (gathered.length > gatherLength || Date.now() - since > gatherTime) flush();
    if (waiting || gathered === '') return;
    waiting = true;
    // A loop that never yields is served by the length and time above; others at the end of their turn.
    later(() => {
      waiting = false;
      flush();
    });
  };

  for (const name of ['stdout', 'stderr'] as const) {
    const write = (chunk: string | Uint8Array, encoding?: unknown, done?: unknown): boolean => {
      take(name, typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'));
      const callback = typeof encoding === 'function' ? encoding : done;
      if (typeof callback === 'function') process.nextTick(callback as () => void);
      return true;
    };
    process[name].write = write as typeof process.stdout.write;
  }
  return {
    begin: () => {
      end();
      printed = 0;
    },
    flush,
    end,
    get overflowed() {
      return printed > most;
    },
  };
}
