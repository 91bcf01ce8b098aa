/** Levels that differ in case, in blanks or in the form of their letters only: "tea", "Tea" and "tea ", café in NFC and NFD. */
import { folded } from './nearest-name.js';

/** Groups of two levels or more, each in the order given. */
export function nearDuplicateLevels(levels: readonly string[]): readonly (readonly string[])[] {
  const alike = new Map<string, string[]>();
  for (const level of levels) {
    const key = folded(level);
    const group = alike.get(key);
    if (group) group.push(level);
    else alike.set(key, [level]);
  }
  return [...alike.values()].filter(({ length }) => length > 1);
}
