/** An address as it may be shown. */

/** The address without its password and without what follows a question mark. */
export function withoutPassword(url: string): string {
  return url.replace(/^([a-z0-9+]+:\/\/)[^@/]*:[^@]*@/i, '$1…@').replace(/\?.*$/s, '');
}
