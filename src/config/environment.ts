/** The environment that the program was started with: the one place that reads it. */

/** Names and values, as a program that is started takes them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment of this process. What it says to Alambique is read by `setting`. */
export const environment: Environment = process.env;
