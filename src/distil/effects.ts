/** What the commands of this room do to the world besides files: print, and read the environment. */

/** Handed to every command, so that a test can watch. */
export interface Effects {
  /** One line of result. */
  print(line: string): void;
  /** One line of progress or complaint. */
  error(line: string): void;
  readonly env: NodeJS.ProcessEnv;
}

/** The real ones. */
export const processEffects: Effects = {
  print: (line) => void process.stdout.write(`${line}\n`),
  error: (line) => void process.stderr.write(`${line}\n`),
  env: process.env,
};
