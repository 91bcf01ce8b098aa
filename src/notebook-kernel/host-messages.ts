/** What a session's process and whoever started it say to each other: plain JSON over the channel of `fork`. */
import type { MimeBundle } from '../display.js';
import type { CellError } from './cell-error.js';
import type { CellOutcome } from './cell-session.js';
import type { Completion } from './complete-at.js';

/** What a cell puts out while it runs. */
export type CellOutput =
  | { kind: 'stream'; name: 'stdout' | 'stderr'; text: string }
  | { kind: 'display'; bundle: MimeBundle; id?: string; update: boolean }
  /** An error of what a cell started and did not await, after the cell had ended. */
  | { kind: 'unawaited'; error: CellError };

/** What one can ask of a session. */
export type HostRequest =
  | { ask: 'execute'; code: string; name: string }
  | { ask: 'complete'; code: string; position: number }
  | { ask: 'inspect'; code: string; position: number }
  | { ask: 'is-complete'; code: string }
  /** Answered when nothing is left to do of what cells have started. */
  | { ask: 'settle' };

/** The answer to each request, by its `ask`. */
export interface HostAnswers {
  execute: CellOutcome;
  complete: Completion;
  inspect: { text?: string };
  'is-complete': { completed: boolean; indent?: string };
  settle: Record<string, never>;
}

/** From the starter to the session. */
export type ToHost = HostRequest & { id: number };

/** From the session to the starter. */
export type FromHost =
  | { say: 'ready'; typescriptVersion: string }
  | { say: 'output'; output: CellOutput }
  /** The last request that it has taken; a later one may have been lost when the cell was stopped. */
  | { say: 'heard'; id: number }
  | { say: 'answer'; id: number; answer: HostAnswers[keyof HostAnswers] };

/** Why a running cell is stopped from outside. */
export type StopReason = 'interrupt' | 'too-much-output';
