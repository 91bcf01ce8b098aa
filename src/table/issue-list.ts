/** Gathers issues so that all are told at once: keeps the first few, counts the rest. */
import { type Issue, Problem } from '../problem.js';

/** A growing list of issues with a cap on how many are kept. */
export class IssueList {
  readonly #kept: Issue[] = [];
  readonly #most: number;
  #total = 0;

  constructor(most = 50) {
    this.#most = most;
  }

  /** How many there were, kept or not. */
  get total(): number {
    return this.#total;
  }

  get kept(): readonly Issue[] {
    return this.#kept;
  }

  /** Counts an issue; `make` is called only while there is room for it. */
  add(make: () => Issue): void {
    this.#total++;
    if (this.#kept.length < this.#most) this.#kept.push(make());
  }

  /** Throws a `Problem` of what was gathered, if anything was. */
  throwIfAny(): void {
    if (this.#total > 0) throw new Problem(this.#kept, this.#total);
  }
}
