/**
 * Keeps this process from computing wrong numbers on one engine; does nothing on the others.
 *
 * V8 13 and 14.0 to 14.5 (Node 24 and 25) have a compiler, Maglev, that now and then reads two inlined calls which return
 * objects of one shape as one call: single sums are then wrong without any error. Without Maglev, hot code goes straight to
 * V8's last compiler. The flag holds for the whole process, its worker threads too, and must be set before anything
 * is hot; that is why `problem.ts`, which every room imports, imports this file.
 */
import { setFlagsFromString } from 'node:v8';

/** Whether the Maglev of this V8 ("13.6.233.17-node.63") computes wrong numbers. */
export function hasUnsafeMaglev(v8: string): boolean {
  const [major = 0, minor = 0] = v8.split('.').map(Number);
  return major === 13 || (major === 14 && minor < 6);
}

if (hasUnsafeMaglev(process.versions.v8)) setFlagsFromString('--no-maglev');
