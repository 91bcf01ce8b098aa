/** JSON as values: the type, its canonical text, and a reader that checks structure on the way in. */
import { Problem, show } from './problem.js';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/**
 * Text that is the same for equal values: keys sorted by code unit, no white space, numbers in the shortest form
 * that reads back to the same double (after RFC 8785). Throws on NaN and infinities, which JSON cannot hold.
 */
export function canonicalJson(value: Json): string {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new Problem({
      code: 'json-not-finite',
      what: 'a number to be saved is not finite',
      got: String(value),
    });
  }
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item: Json) => canonicalJson(item)).join(',')}]`;
  const object = value as JsonObject;
  const fields = Object.keys(object)
    .filter((key) => object[key] !== undefined)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(object[key]!)}`);
  return `{${fields.join(',')}}`;
}

/**
 * Reads parsed JSON that nobody has checked yet. Every accessor throws a `Problem` (`artefact-structure`) with the
 * JSON Pointer of what is wrong, so that `fromJson` functions are checks and readers in one.
 */
export class JsonReader {
  readonly value: unknown;
  readonly pointer: string;

  constructor(value: unknown, pointer = '') {
    this.value = value;
    this.pointer = pointer;
  }

  /** A field of this object; it must be there. */
  field(name: string): JsonReader {
    const object = this.object();
    if (!Object.hasOwn(object, name)) this.fail(`a field "${name}"`);
    return new JsonReader(
      object[name],
      `${this.pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    );
  }

  /** A field that may be absent. */
  optional(name: string): JsonReader | undefined {
    return Object.hasOwn(this.object(), name) ? this.field(name) : undefined;
  }

  object(): Record<string, unknown> {
    if (this.value === null || typeof this.value !== 'object' || Array.isArray(this.value))
      this.fail('an object');
    return this.value as Record<string, unknown>;
  }

  keys(): string[] {
    return Object.keys(this.object());
  }

  items(options: { length?: number } = {}): JsonReader[] {
    return this.#array(options.length).map((item, i) => new JsonReader(item, `${this.pointer}/${i}`));
  }

  /** A finite number, within `min` and `max` inclusive where given. */
  number(options: { min?: number; max?: number } = {}): number {
    const { value } = this;
    if (typeof value !== 'number' || !Number.isFinite(value)) this.fail('a finite number');
    if (value < (options.min ?? -Infinity) || value > (options.max ?? Infinity))
      this.fail(range('a number', options));
    return value;
  }

  integer(options: { min?: number; max?: number } = {}): number {
    if (!Number.isInteger(this.value)) this.fail(range('an integer', options));
    return this.number(options);
  }

  string(): string {
    if (typeof this.value !== 'string') this.fail('a string');
    return this.value;
  }

  boolean(): boolean {
    if (typeof this.value !== 'boolean') this.fail('true or false');
    return this.value;
  }

  /** One of a few strings. */
  oneOf<T extends string>(choices: readonly T[]): T {
    if (!choices.includes(this.value as T)) this.fail(`one of ${choices.join(', ')}`);
    return this.value as T;
  }

  strings(options: { length?: number } = {}): string[] {
    return this.items(options).map((item) => item.string());
  }

  /** An array of finite numbers. */
  numbers(options: { length?: number; min?: number; max?: number } = {}): Float64Array {
    const array = this.#array(options.length);
    const out = new Float64Array(array.length);
    for (let i = 0; i < array.length; i++) {
      const value = array[i];
      if (
        typeof value !== 'number' ||
        !Number.isFinite(value) ||
        value < (options.min ?? -Infinity) ||
        value > (options.max ?? Infinity)
      ) {
        new JsonReader(value, `${this.pointer}/${i}`).fail(range('a finite number', options));
      }
      out[i] = value as number;
    }
    return out;
  }

  /** An array of integers within 32 bits. */
  integers(options: { length?: number; min?: number; max?: number } = {}): Int32Array {
    const array = this.#array(options.length);
    const min = options.min ?? -2147483648;
    const max = options.max ?? 2147483647;
    const out = new Int32Array(array.length);
    for (let i = 0; i < array.length; i++) {
      const value = array[i];
      if (!Number.isInteger(value) || (value as number) < min || (value as number) > max) {
        new JsonReader(value, `${this.pointer}/${i}`).fail(range('an integer', { min, max }));
      }
      out[i] = value as number;
    }
    return out;
  }

  fail(expected: string): never {
    throw new Problem({
      code: 'artefact-structure',
      what: 'not what a saved model holds',
      where: { pointer: this.pointer },
      got: show(this.value),
      expected,
    });
  }

  #array(length?: number): unknown[] {
    if (!Array.isArray(this.value)) this.fail('an array');
    if (length !== undefined && this.value.length !== length) this.fail(`an array of ${length}`);
    return this.value;
  }
}

function range(what: string, { min, max }: { min?: number; max?: number }): string {
  if (min !== undefined && max !== undefined) return `${what} from ${min} to ${max}`;
  if (min !== undefined) return `${what} of at least ${min}`;
  return max !== undefined ? `${what} of at most ${max}` : what;
}
