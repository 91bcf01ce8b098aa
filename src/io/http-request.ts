/** One request by Node's own client: what comes is handed on byte by byte, never unpacked, and no redirection is followed. */
import { type IncomingHttpHeaders, type IncomingMessage, request as plain } from 'node:http';
import { request as encrypted } from 'node:https';

/** What came, as soon as its headers are there. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** To be read, or `resume`d where nobody wants it: until then the connection is taken. */
  readonly body: IncomingMessage;
}

/** Sends it. Fails as the connection does, or when the signal is aborted. */
export function sendHttp(
  url: string,
  {
    method,
    headers,
    body,
    signal,
  }: {
    method: string;
    headers: Readonly<Record<string, string>>;
    body?: Uint8Array;
    signal: AbortSignal;
  },
): Promise<HttpAnswer> {
  const request = url.startsWith('https:') ? encrypted : plain;
  const length = { 'content-length': String(body?.length ?? 0) };
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      { method, signal, headers: { ...headers, ...(method !== 'GET' && method !== 'HEAD' && length) } },
      (answer) => resolve({ status: answer.statusCode!, headers: answer.headers, body: answer }),
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
