/** A run of a job: its report, and the alert where it went wrong. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, test } from 'node:test';
import { Problem } from '../problem.js';
import { workspace } from '../workspace.js';
import { defineJob, type JobContext, type JobResult } from './job.js';
import { type JobReport, runJob } from './run-job.js';
import { work } from './work.js';

const alerts: JobReport[] = [];
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (part) => (body += part));
  request.on('end', () => {
    alerts.push(JSON.parse(body) as JobReport);
    response.writeHead(request.url === '/broken' ? 500 : 204).end();
  });
}).listen(0, '127.0.0.1');
await new Promise((resolve) => server.on('listening', resolve));
after(() => server.close());
const { port } = server.address() as { port: number };

const typed: string[][] = [];
const complaints: string[] = [];
const context = (path = '/'): JobContext => ({
  date: '2026-11-28',
  env: { ALAMBIQUE_ALERT_URL: `http://127.0.0.1:${port}${path}` },
  workspace: workspace('/nowhere'),
  now: () => new Date('2026-11-28T01:00:00Z'),
  accept: false,
  say: () => {},
  forgotten: async () => () => false,
  command: async (args) => {
    typed.push([...args]);
    return args.length - 2;
  },
});
const run = (job: Parameters<typeof runJob>[0], path?: string): Promise<JobReport> =>
  runJob(job, { context: context(path), fetch, complain: (text) => complaints.push(text) });

test('a job that went well is reported, and nobody is alarmed', async () => {
  const report = await run(defineJob({ name: 'calls', command: ['predict', 'calls-{date}.csv'] }));
  assert.deepEqual(report, {
    job: 'calls',
    kind: 'job',
    date: '2026-11-28',
    outcome: 'done',
    started: '2026-11-28T01:00:00.000Z',
    seconds: 0,
  });
  assert.deepEqual(typed, [['predict', 'calls-2026-11-28.csv']]);
  assert.deepEqual(alerts, []);
});

test('what failed, is quarantined or was missed is told to ALAMBIQUE_ALERT_URL', async () => {
  const jobOf = (result: () => JobResult) => defineJob({ name: 'night', run: async () => result() });
  const failed = await run(
    jobOf(() => {
      throw new Problem({ code: 'x', what: 'the disk is full' });
    }),
  );
  assert.deepEqual([failed.outcome, failed.why], ['failed', 'The disk is full.']);
  await run(jobOf(() => ({ outcome: 'quarantined', why: 'few rows' })));
  await run(jobOf(() => ({ outcome: 'done', missed: ['2026-11-27'] })));
  assert.equal((await run(defineJob({ name: 'calls', command: ['predict', 'a', 'b'] }))).outcome, 'failed');
  assert.deepEqual(
    alerts.splice(0).map(({ outcome, missed }) => [outcome, missed]),
    [
      ['failed', undefined],
      ['quarantined', undefined],
      ['done', ['2026-11-27']],
      ['failed', undefined],
    ],
  );
});

test('an alert that is refused is told, and changes nothing', async () => {
  const report = await run(
    defineJob({ name: 'night', run: async () => ({ outcome: 'quarantined' }) }),
    '/broken',
  );
  assert.equal(report.outcome, 'quarantined');
  assert.match(complaints.splice(0).join(), /refused with the status 500/);
});

test('a job is checked when it is defined', () => {
  assert.throws(
    () => defineJob({ name: 'Night run', at: '0 99 * * *' }),
    (error: Problem) => {
      assert.deepEqual(
        error.issues.map(({ code }) => code),
        ['job-name', 'job-time', 'job-spec'],
      );
      return true;
    },
  );
});

test('the scheduler runs what was missed once, one after the other, and waits for what runs when it is stopped', async () => {
  const stop = new AbortController();
  const ran: string[] = [];
  let running = 0;
  const job = (name: string, at: string) =>
    defineJob({ name, at, timeZone: 'Europe/Madrid', run: async () => undefined });
  await work(
    [
      job('missed', '0 2 * * *'),
      job('missed-too', '5 2 * * *'),
      job('in-time', '10 2 * * *'),
      job('never', '15 2 * * *'),
    ],
    {
      now: () => new Date('2026-11-28T09:00:00Z'),
      signal: stop.signal,
      lastStart: async ({ name }) =>
        name === 'never'
          ? undefined
          : new Date(name === 'in-time' ? '2026-11-28T01:10:01Z' : '2026-11-25T01:00:00Z'),
      async run({ name }, date) {
        assert.equal(running++, 0);
        await new Promise((resolve) => setImmediate(resolve));
        ran.push(`${name} ${date}`);
        running--;
        if (ran.length === 2) stop.abort();
      },
    },
  );
  assert.deepEqual(ran, ['missed 2026-11-28', 'missed-too 2026-11-28']);
});
