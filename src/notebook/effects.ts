/** What the rooms of notebooks do to the world besides files: print, and read the environment. */

/** A part of what the command line hands to its commands, so that a test can watch. */
export interface NotebookEffects {
  /** Writes to standard output, as it is. */
  out(text: string): void;
  /** Writes to standard error, as it is. */
  err(text: string): void;
  readonly env: Readonly<Record<string, string | undefined>>;
}
