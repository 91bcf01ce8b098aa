/** An address as it may be shown. */

/** The address without its user and password, however they are written, and without what follows a question mark. */
export function withoutPassword(url: string): string {
  return url.replace(/^([a-z0-9+]+:\/\/).*@/is, '$1…@').replace(/\?.*$/s, '');
}
