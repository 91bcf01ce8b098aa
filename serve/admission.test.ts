import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { Hono } from 'hono';
import { Problem } from '../src/serving.js';
import { createAdmission } from './admission.js';
import { isLoopback, refuseForeignHost, refuseForeignPage } from './foreign-pages.js';
import { keyCheck } from './keys.js';
import { ServiceRequest } from './request.js';

/** A request as endpoints see it, asked through Hono. */
async function requestTo(url: string, init: RequestInit = {}): Promise<ServiceRequest> {
  let seen: ServiceRequest | undefined;
  const app = new Hono().all('*', (c) => {
    seen = new ServiceRequest(c);
    return c.text('');
  });
  await app.request(url, init);
  return seen!;
}

const own = 'http://127.0.0.1:3000/predict';
const withHeaders = (headers: Record<string, string>, url = own, method = 'POST'): Promise<ServiceRequest> =>
  requestTo(url, { method, headers });
const key = 'k'.repeat(32);
const other = 'o'.repeat(40);

test('only this machine is loopback, by its name or by its addresses', () => {
  for (const host of ['localhost', '::1', '127.0.0.1', '127.8.9.10']) assert.ok(isLoopback(host), host);
  for (const host of [
    'example.org',
    '10.0.0.1',
    '128.0.0.1',
    '127.0.0.1.example.org',
    '::2',
    'localhost.evil',
  ])
    assert.ok(!isLoopback(host), host);
});

test('without keys another host is sent away', async () => {
  for (const host of ['127.0.0.1:3000', '[::1]:3000', 'localhost'])
    assert.equal(refuseForeignHost(await requestTo(`http://${host}/predict`)), undefined, host);
  assert.equal(refuseForeignHost(await requestTo('http://evil.example/predict'))?.status, 421);
});

test('a page of another site may send nothing; a link from it may show a page, but not predict', async () => {
  const status = async (headers: Record<string, string>, method = 'POST', route = '/predict') =>
    refuseForeignPage(await withHeaders(headers, own, method), route)?.status;
  assert.equal(await status({}), undefined);
  for (const site of ['same-origin', 'none'])
    assert.equal(await status({ 'sec-fetch-site': site }), undefined);
  for (const site of ['cross-site', 'same-site']) assert.equal(await status({ 'sec-fetch-site': site }), 403);
  const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
  assert.equal(await status(link, 'GET', '/'), undefined);
  for (const route of [
    '/studies/{study}/predict',
    '/clients/{id}/prediction',
    '/studies/{study}/clients/{id}/features',
    '/api/user/{id}/prediccion',
  ])
    assert.equal(await status(link, 'GET', route), 403, route);
  assert.equal(await status(link, 'POST', '/'), 403);
  assert.equal(await status({ ...link, 'sec-fetch-mode': 'cors' }, 'GET', '/'), 403);
  // Browsers that say only where a page is from; a proxy may speak TLS for us.
  assert.equal(await status({ origin: 'http://127.0.0.1:3000' }), undefined);
  assert.equal(await status({ origin: 'https://127.0.0.1:3000' }), undefined);
  assert.equal(await status({ origin: 'http://127.0.0.1:4000' }), 403);
  assert.equal(await status({ origin: 'null' }), 403);
});

test('a key fits as it is or by its hash, in any of three headers, and names who asks', async () => {
  const hash = createHash('sha256').update(other).digest('hex');
  const check = keyCheck([`erp=${key}`, `sha256:${hash}`]);
  const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;
  const callerOf = async (headers: Record<string, string>): Promise<unknown> => {
    const request = await withHeaders(headers);
    return check(request)?.status ?? request.caller;
  };
  assert.equal(await callerOf({ 'x-api-key': key }), 'erp');
  assert.equal(await callerOf({ authorization: `Bearer ${key}` }), 'erp');
  assert.equal(await callerOf({ authorization: `bearer ${other}` }), 'key 2');
  assert.equal(await callerOf({ authorization: basic(`anybody:${other}`) }), 'key 2');
  for (const headers of [
    {},
    { 'x-api-key': `${key}x` },
    { authorization: key },
    { authorization: `Digest ${key}` },
    { authorization: basic(`${key}:`) },
    { authorization: 'Bearer' },
  ])
    assert.equal(await callerOf(headers as Record<string, string>), 401, JSON.stringify(headers));
  const refused = check(await withHeaders({}));
  assert.match(String(refused?.headers?.['www-authenticate']), /^Bearer .*Basic /);
});

test('there are one or two keys, of 32 characters at least', () => {
  const wrong = (...keys: string[]): string => {
    try {
      keyCheck(keys);
    } catch (error) {
      assert.ok(error instanceof Problem);
      return error.issues.map(({ what }) => what).join('; ');
    }
    return 'none';
  };
  assert.equal(wrong(key), 'none');
  assert.equal(wrong(key, other), 'none');
  assert.equal(wrong(), 'there are 0 keys');
  assert.equal(wrong(key, key, key), 'there are 3 keys');
  assert.equal(wrong(key, 'k'.repeat(31)), 'key 2 has 31 characters');
  assert.equal(wrong('erp=short'), 'key 1 has 5 characters');
  assert.equal(wrong('sha256:abc'), 'key 1 has 10 characters');
});

test('so many requests are let in at once, and what only tells whether the service lives always is', async () => {
  const admission = createAdmission({ most: 2 });
  const request = await withHeaders({});
  const enter = (route = '/predict'): number | undefined => admission.admit(request, route)?.status;
  assert.deepEqual([enter(), enter(), enter()], [undefined, undefined, 429]);
  assert.equal(admission.inFlight, 2);
  for (const route of ['/livez', '/readyz', '/ping', '/v2/health/live', '/v2/health/ready']) {
    assert.equal(enter(route), undefined);
    admission.leave(route);
  }
  assert.equal(admission.inFlight, 2);
  admission.leave('/predict');
  assert.deepEqual([admission.inFlight, enter(), enter()], [1, undefined, 429]);
  assert.equal(admission.admit(request, '/predict')?.headers?.['retry-after'], '1');
});

test('who may not ask takes no place, and another host is asked for no key', async () => {
  const admission = createAdmission({ most: 1, keys: keyCheck([key]), onlyLoopback: true });
  assert.equal(admission.admit(await withHeaders({}), '/predict')?.status, 401);
  assert.equal(
    admission.admit(await withHeaders({ 'x-api-key': key }, 'http://evil.example/predict'), '/predict')
      ?.status,
    421,
  );
  assert.equal(admission.inFlight, 0);
  assert.equal(admission.admit(await withHeaders({ 'x-api-key': key }), '/predict'), undefined);
  const open = createAdmission({ most: 1 });
  assert.equal(open.admit(await requestTo('http://evil.example/predict'), '/predict'), undefined);
});
