/** How groups of series bend the season of the layers above them: all of it stronger, or later. */

/** What the effects of a series mean: pairs of waves of each season, and then other terms. */
export interface EffectShape {
  /** Pairs of waves, by season. */
  readonly waves: readonly number[];
  /** Effects of a series. */
  readonly terms: number;
}

/** Bends of each season: as strong again, and later by a radian of the whole season. */
export const bendsOfSeason = 2;

/**
 * What each bend adds to the effects that a series has: series × bends × terms, from series × terms. For small bends it is the season made stronger, or
 * moved: two numbers for a group, where waves of its own would be six.
 */
export function bendsOf(effects: Float64Array, { waves, terms }: EffectShape): Float64Array {
  const bends = bendsOfSeason * waves.length;
  const series = effects.length / terms;
  const added = new Float64Array(series * bends * terms);
  for (let s = 0; s < series; s++) {
    let at = 0;
    waves.forEach((pairs, season) => {
      const stronger = (s * bends + bendsOfSeason * season) * terms;
      const later = stronger + terms;
      for (let turns = 1; turns <= pairs; turns++, at += 2) {
        const [cosine, sine] = [effects[s * terms + at]!, effects[s * terms + at + 1]!];
        added[stronger + at] = cosine;
        added[stronger + at + 1] = sine;
        added[later + at] = -turns * sine;
        added[later + at + 1] = turns * cosine;
      }
    });
  }
  return added;
}
