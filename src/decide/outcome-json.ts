/** Saves what a policy came to, and reads it back: counts and money; the shares follow from them. */
import type { JsonObject, JsonReader } from '../json.js';
import { countedOutcome } from './outcome.js';
import type { Money, PolicyOutcome } from './policy.js';

/** The counts and the money of an outcome. */
export function outcomeToJson(outcome: PolicyOutcome): JsonObject {
  const { rows, acted, hits, yes, expectedHits } = outcome;
  return { rows, acted, hits, yes, expectedHits };
}

/** Reads an outcome back. Throws `artefact-structure` where the counts cannot be. */
export function outcomeFromJson(reader: JsonReader, money?: Money): PolicyOutcome {
  const rows = reader.field('rows').integer({ min: 1 });
  const acted = reader.field('acted').integer({ min: 0, max: rows });
  const yes = reader.field('yes').integer({ min: 0, max: rows });
  const hits = reader.field('hits').integer({ min: 0, max: Math.min(acted, yes) });
  const expectedHits = reader.field('expectedHits').number({ min: 0, max: acted });
  return countedOutcome({ rows, acted, hits, yes, expectedHits }, money);
}
