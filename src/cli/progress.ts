/** Shows how far a long work is: one redrawn line with the time left on a terminal, a few plain lines elsewhere. */
import { progressLine, progressWords } from '../progress.js';
import type { Effects } from './command.js';

/** Told of progress; `end` leaves the line clean. */
export interface ProgressBar {
  update(done: number, total: number, what: string): void;
  end(): void;
}

/** A bar on standard error. Elsewhere than on a terminal it writes a line at every tenth of the way. */
export function progressBar(effects: Pick<Effects, 'err' | 'terminal' | 'now'>): ProgressBar {
  const started = effects.now().getTime();
  let lastTenth = -1;
  let drawn = false;
  return {
    update(done, total, what) {
      const share = total === 0 ? 1 : Math.min(1, done / total);
      const elapsed = effects.now().getTime() - started;
      if (effects.terminal) {
        // A line that wraps could not be redrawn.
        effects.err(`\r\u001b[2K${progressLine(share, elapsed, what).slice(0, 79)}`);
        drawn = true;
      } else if (Math.floor(share * 10) > lastTenth) {
        lastTenth = Math.floor(share * 10);
        effects.err(`${progressWords(share, elapsed, what)}\n`);
      }
    },
    end() {
      if (drawn) effects.err('\r\u001b[2K');
    },
  };
}
