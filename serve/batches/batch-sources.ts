/** Which sources a batch may be read from: only those below a folder or an address that the service was started with. */
import { existsSync, realpathSync } from 'node:fs';
import { isAbsolute, resolve, sep } from 'node:path';
import { isUrl, parseAddress } from '../../src/serving.js';

/** Whether a source is below one of those that are allowed. Throws `io-url` for what is no address at all. */
export function isAllowedSource(source: string, allowed: readonly string[]): boolean {
  if (isUrl(source)) {
    // It refuses steps such as "..", so that a beginning is a folder.
    parseAddress(source);
    return allowed.some((one) => isUrl(one) && source.startsWith(one.endsWith('/') ? one : `${one}/`));
  }
  if (!isAbsolute(source)) return false;
  const place = resolve(source);
  const isBelow = (path: string, folder: string): boolean => path.startsWith(`${folder}${sep}`);
  return allowed.some((one) => {
    if (isUrl(one)) return false;
    const folder = resolve(one);
    if (!isBelow(place, folder)) return false;
    // A link must not lead out of it.
    return !existsSync(place) || isBelow(realpathSync(place), realpathSync(folder));
  });
}
