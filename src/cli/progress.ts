/** Shows how far a long work is: one redrawn line with the time left on a terminal, a few plain lines elsewhere. */
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
      const left = timeLeft(effects.now().getTime() - started, share);
      if (effects.terminal) {
        const filled = Math.round(share * 24);
        const bar = '█'.repeat(filled) + '░'.repeat(24 - filled);
        // A line that wraps could not be redrawn.
        effects.err(`\r\u001b[2K${[bar, percent(share), left, what].filter(Boolean).join(' ').slice(0, 79)}`);
        drawn = true;
      } else if (Math.floor(share * 10) > lastTenth) {
        lastTenth = Math.floor(share * 10);
        effects.err(`${[percent(share), left, what].filter(Boolean).join(' ')}\n`);
      }
    },
    end() {
      if (drawn) effects.err('\r\u001b[2K');
    },
  };
}

function percent(share: number): string {
  return `${Math.floor(share * 100)} %`.padStart(5);
}

function timeLeft(elapsedMs: number, share: number): string {
  // The first fits are the smallest: an estimate from them would frighten.
  if (share < 0.02 || elapsedMs < 1000) return '';
  const seconds = Math.ceil(((elapsedMs / share) * (1 - share)) / 1000);
  if (seconds === 0) return '';
  return seconds < 90 ? `${seconds} s left` : `${Math.ceil(seconds / 60)} min left`;
}
