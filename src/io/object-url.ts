/** Reads the URL of an object; a path is one, too. */
import { Problem, show } from '../problem.js';

/** Where an object is. */
export type Address =
  | { readonly scheme: 'file'; readonly path: string }
  | { readonly scheme: 'az' | 's3'; readonly container: string; readonly key: string };

/** Whether a text names an object of a store; all others are paths. */
export function isUrl(text: string): boolean {
  return /^[a-z][a-z\d+.-]+:\/\//i.test(text);
}

const containerPattern = /^[a-z\d](?:[a-z\d.-]{1,61})[a-z\d]$/;
/** In bytes of UTF-8, as S3 has it. */
const longestKey = 1024;

/**
 * The address that a URL names. What stands behind the container is the key, letter by letter: `%2f` is three letters, and nothing has to
 * be escaped. Throws `io-url` for another scheme, a container or a key that no store can have.
 */
export function parseAddress(url: string): Address {
  if (!isUrl(url)) return { scheme: 'file', path: url };
  const refuse = (what: string, expected: string): never => {
    throw new Problem({ code: 'io-url', what, where: { file: printable(url) }, expected });
  };
  const [, scheme, container = '', key = ''] = /^(az|s3):\/\/([^/]*)\/?(.*)$/s.exec(url) ?? [];
  if (scheme !== 'az' && scheme !== 's3')
    return refuse('no objects are kept at such a place', 'a path, az://container/key or s3://bucket/key');
  if (!containerPattern.test(container))
    return refuse(
      `${show(container)} is the name of no ${scheme === 'az' ? 'container' : 'bucket'}`,
      '3 to 63 small letters, digits and hyphens',
    );
  const parts = key.replace(/\/$/, '').split('/');
  if (key !== '' && parts.includes(''))
    refuse('two slashes stand side by side in the key', 'a name between them');
  // Programs on the way take them for steps, and the key for another.
  if (parts.some((part) => /^\.{1,2}$/.test(part) || (scheme === 'az' && part.endsWith('.') && part !== '')))
    refuse('a part of the key is a dot, or ends in one', 'names without steps such as ".."');
  if (/[\p{Cc}\p{Surrogate}\ufffe\uffff]/u.test(key) || (scheme === 'az' && key.includes('\\')))
    refuse('a character of the key cannot be kept', 'letters, digits, blanks and signs but the backslash');
  if (Buffer.byteLength(key) > longestKey) refuse('the key is too long', `at most ${longestKey} bytes`);
  return { scheme, container, key };
}

function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Surrogate}]/gu, '?').slice(0, 200);
}
