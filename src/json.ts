/** JSON as values: the type, its canonical text, and a reader that checks structure on the way in. */
import { Problem, show } from './problem.js';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/**
 * Text that is the same for equal values: keys sorted by code unit, no white space, numbers in the shortest form that
 * reads back to the same bits (as RFC 8785, but that -0 keeps its sign). Fields that are undefined are left out.
 * Throws `json-not-finite` on NaN and infinities, `json-not-json` on whatever else JSON cannot hold.
 */
export function canonicalJson(value: Json): string {
  return write(value, []);
}

function write(value: Json, path: (string | number)[]): string {
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return Object.is(value, -0) ? '-0' : String(value);
    throw unwritable('json-not-finite', { value, path, what: 'a number to be saved is not finite' });
  }
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value);
  if (typeof value !== 'object' || ArrayBuffer.isView(value)) {
    throw unwritable('json-not-json', {
      value,
      path,
      what: 'a value to be saved is none that JSON can hold',
    });
  }
  if (Array.isArray(value)) {
    const items = Array.from(value, (item: Json, i) => writeAt(i, item, path));
    return `[${items.join(',')}]`;
  }
  const object = value as JsonObject;
  const fields = Object.keys(object)
    .filter((key) => object[key] !== undefined)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${writeAt(key, object[key]!, path)}`);
  return `{${fields.join(',')}}`;
}

function writeAt(key: string | number, value: Json, path: (string | number)[]): string {
  path.push(key);
  const text = write(value, path);
  path.pop();
  return text;
}

function unwritable(
  code: string,
  { value, path, what }: { value: unknown; path: readonly (string | number)[]; what: string },
): Problem {
  const pointer = path.map((key) => `/${pointerToken(String(key))}`).join('');
  return new Problem({ code, what, where: { pointer }, got: show(value) });
}

/** A key as it stands in a JSON Pointer (RFC 6901). */
export function pointerToken(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
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
    return new JsonReader(object[name], `${this.pointer}/${pointerToken(name)}`);
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
    if (!within(value, options)) this.fail(range('a number', options));
    return value;
  }

  integer(options: { min?: number; max?: number } = {}): number {
    const { value } = this;
    if (!Number.isInteger(value) || !within(value as number, options))
      this.fail(range('an integer', options));
    return value as number;
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
      if (typeof value !== 'number' || !Number.isFinite(value) || !within(value, options)) {
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

function within(value: number, { min, max }: { min?: number; max?: number }): boolean {
  return value >= (min ?? -Infinity) && value <= (max ?? Infinity);
}

function range(what: string, { min, max }: { min?: number; max?: number }): string {
  if (min !== undefined && max !== undefined) return `${what} from ${min} to ${max}`;
  if (min !== undefined) return `${what} of at least ${min}`;
  return max !== undefined ? `${what} of at most ${max}` : what;
}
