/** What an endpoint gives back: plain data, turned into a Response in one place. */

/** A reply as data. */
export interface Reply {
  /** 200 where absent. */
  readonly status?: number;
  /** Lower-case names; `content-type` among them. */
  readonly headers: Readonly<Record<string, string>>;
  /** A stream where it would not fit into memory. */
  readonly body: string | Uint8Array | ReadableStream<Uint8Array>;
}

const jsonHeaders = { 'content-type': 'application/json' };

/** A value as JSON. The caller sees to it that its numbers are finite. */
export function json(value: unknown, status = 200): Reply {
  return { status, headers: jsonHeaders, body: JSON.stringify(value) };
}

/** JSON that is text already. */
export function jsonText(body: string): Reply {
  return { headers: jsonHeaders, body };
}

/** A text of some kind. */
export function text(body: string, contentType = 'text/plain; charset=utf-8'): Reply {
  return { headers: { 'content-type': contentType }, body };
}

/** A page for a browser, which may load and run what the policy says. */
export function page(body: string, contentSecurityPolicy: string): Reply {
  return {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': contentSecurityPolicy,
      'referrer-policy': 'no-referrer',
    },
    body,
  };
}
