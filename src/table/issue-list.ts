/** Gathers issues so that all are told at once: keeps the first few, counts the rest. */
import { type Issue, Problem } from '../problem.js';

/** A growing list of issues with a cap on how many are kept. */
export class IssueList {
  readonly #kept: Issue[] = [];
  /** The first issue of each key; those there was no room for as well. */
  readonly #byKey = new Map<string, Issue>();
  readonly #most: number;
  #total = 0;

  readonly #once: boolean;

  /** With `once`, issues of one key are told once. */
  constructor(most = 50, { once = false }: { once?: boolean } = {}) {
    this.#most = most;
    this.#once = once;
  }

  /** How many there were, kept or not; those told once count once. */
  get total(): number {
    return this.#total;
  }

  get kept(): readonly Issue[] {
    return this.#kept;
  }

  /** Counts an issue; `make` is called only while there is room for it. Told once, the first of a key says how many more there are. */
  add(make: () => Issue, of?: string): void {
    const key = this.#once ? of : undefined;
    const known = key === undefined ? undefined : this.#byKey.get(key);
    if (known) {
      known.more = (known.more ?? 0) + 1;
      return;
    }
    this.#total++;
    const hasRoom = this.#kept.length < this.#most;
    const issue = hasRoom ? { ...make() } : { code: '', what: '' };
    if (hasRoom) this.#kept.push(issue);
    if (key !== undefined) this.#byKey.set(key, issue);
  }

  /** Throws a `Problem` of what was gathered, if anything was. */
  throwIfAny(): void {
    if (this.#total > 0) throw new Problem(this.#kept, this.#total);
  }
}
