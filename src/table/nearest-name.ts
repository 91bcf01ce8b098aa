/** The name a person probably meant: the nearest by edit distance, or none that is near. */

/**
 * The candidate nearest to `name` by Levenshtein distance, case, surrounding white space and the form of its letters aside; undefined where even the
 * nearest differs in more than a third of its characters (at least one). The first of equals wins.
 */
export function nearestName(name: string, candidates: readonly string[]): string | undefined {
  const wanted = folded(name);
  let best: string | undefined;
  let bestDistance = Infinity;
  for (const candidate of candidates) {
    const other = folded(candidate);
    const limit = Math.max(1, Math.floor(Math.max(wanted.length, other.length) / 3));
    if (Math.abs(wanted.length - other.length) > limit) continue;
    const distance = levenshtein(wanted, other);
    if (distance <= limit && distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** A remedy that names the nearest candidate, or nothing. */
export function didYouMean(name: string, candidates: readonly string[]): string | undefined {
  const nearest = nearestName(name, candidates);
  if (nearest === undefined) return undefined;
  const why =
    nearest === name || folded(nearest) !== folded(name) ? '' : ` It differs ${differenceOf(name, nearest)}`;
  return `did you mean "${nearest}"?${why}`;
}

/** Two texts of one key look the same, or nearly: they differ in case, in blanks or in the form of their letters. */
export function folded(text: string): string {
  return text.normalize('NFKC').replace(/\s+/gu, ' ').trim().toLowerCase();
}

/** How two texts that fold to the same differ, as a clause. */
function differenceOf(one: string, other: string): string {
  if (one.normalize('NFC') === other.normalize('NFC'))
    return 'only in how its letters are composed (Unicode NFC and NFD)';
  return one.toLowerCase().normalize('NFC') === other.toLowerCase().normalize('NFC')
    ? 'only in capitals'
    : 'only in blanks or capitals';
}

function levenshtein(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(replaced, previous[j]! + 1, current[j - 1]! + 1));
    }
    previous = current;
  }
  return previous[b.length]!;
}
