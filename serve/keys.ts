/** Who may ask: keys are known by their hash only and compared in constant time. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { type Issue, type KeyScope, Problem } from '../src/serving.js';
import { problem } from './problems.js';
import type { Reply } from './reply.js';
import type { ServiceRequest } from './request.js';

/** Refuses a request without a right key; undefined where it may pass. */
export type KeyCheck = (request: ServiceRequest) => Reply | undefined;

/** Keys with names and scopes, by the SHA-256 of the key in hex. */
export interface NamedKeys {
  find(sha256: string): { readonly name: string; readonly scope: KeyScope } | undefined;
}

/** Two, so that a new one can be handed out before the old one ends. */
const mostKeys = 2;
const leastCharacters = 32;
const hashed = /^sha256:([0-9a-f]{64})$/;
/** A key may be named: «erp=KEY». */
const named = /^([a-z][a-z0-9-]{0,30})=(.*)$/;

/**
 * A check for these keys, each a text of at least 32 characters or `sha256:` and the hash of one, with or without a name
 * before it (`erp=KEY`), by which the audit log calls who asked. A client sends `authorization: Bearer KEY` or
 * `x-api-key: KEY`; a browser asks for it as a password. These may ask everything; `named` ones what is in their scope. Throws `serve-key`.
 */
export function keyCheck(given: readonly string[], { named: others }: { named?: NamedKeys } = {}): KeyCheck {
  const names = given.map((key, i) => named.exec(key)?.[1] ?? `key ${i + 1}`);
  const keys = given.map((key) => named.exec(key)?.[2] ?? key);
  const issues: Issue[] = [];
  if (keys.length === 0 || keys.length > mostKeys) {
    issues.push({
      code: 'serve-key',
      what: `there are ${keys.length} keys`,
      expected: 'one, or two while one is replaced',
    });
  }
  keys.forEach((key, i) => {
    if (hashed.test(key) || key.length >= leastCharacters) return;
    issues.push({
      code: 'serve-key',
      what: `key ${i + 1} has ${key.length} characters`,
      expected: `at least ${leastCharacters}, or "sha256:" and the hash of such a key`,
      remedy: 'make one with: node -p "crypto.randomBytes(32).toString(\'base64url\')"',
    });
  });
  if (issues.length > 0) throw new Problem(issues);
  const digests = keys.map((key) => {
    const digest = hashed.exec(key)?.[1];
    return digest === undefined ? digestOf(key) : Buffer.from(digest, 'hex');
  });

  return (request) => {
    const sent = sentKey(request);
    if (sent !== undefined) {
      const digest = digestOf(sent);
      // Every key is compared, whichever fits.
      const fits = digests.map((known) => timingSafeEqual(known, digest));
      if (fits.includes(true)) {
        request.caller = names[fits.indexOf(true)];
        return undefined;
      }
      const found = others?.find(digest.toString('hex'));
      if (found) {
        // Its batches are its own, also where a key that may ask everything has the same name.
        request.caller = names.includes(found.name) ? `named ${found.name}` : found.name;
        request.scope = found.scope;
        return undefined;
      }
    }
    return problem(401, 'Send a key: "authorization: Bearer KEY" or "x-api-key: KEY".', {
      headers: { 'www-authenticate': 'Bearer realm="alambique", Basic realm="alambique", charset="UTF-8"' },
    });
  };
}

function sentKey(request: ServiceRequest): string | undefined {
  const own = request.header('x-api-key');
  if (own !== undefined) return own;
  const [scheme, value = ''] = request.header('authorization')?.split(' ', 2) ?? [];
  if (scheme?.toLowerCase() === 'bearer') return value;
  if (scheme?.toLowerCase() !== 'basic') return undefined;
  const text = Buffer.from(value, 'base64').toString('utf8');
  return text.slice(text.indexOf(':') + 1);
}

function digestOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
