/** Schedules: every date has one run, clock changes included; what is due is the last time that has come. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { datesDue, dueDate, lastDue, localDate, nextDue, scheduleIssue } from './schedule.js';

const madrid = { at: '0 2 * * *', timeZone: 'Europe/Madrid' };
const day = 86_400_000;

test('all of 2026 to 2028 in Madrid: one run a date, and none twice', () => {
  for (const at of ['0 2 * * *', '30 2 * * *', '59 1 * * *']) {
    const schedule = { ...madrid, at };
    const dates: string[] = [];
    let from = new Date('2025-12-31T22:00:00Z');
    for (;;) {
      const next = nextDue(schedule, from)!;
      if (next >= new Date('2028-12-31T23:00:00Z')) break;
      assert.deepEqual(lastDue(schedule, next), next, next.toISOString());
      assert.deepEqual(
        lastDue(schedule, new Date(next.getTime() - 1)),
        dates.length === 0 ? lastDue(schedule, from) : from,
      );
      assert.equal(dueDate(schedule, new Date(next.getTime() + 3_600_000)), localDate(next, madrid.timeZone));
      dates.push(localDate(next, madrid.timeZone));
      from = next;
    }
    const all = Array.from({ length: 1096 }, (_, i) =>
      new Date(Date.UTC(2026, 0, 1) + i * day).toISOString().slice(0, 10),
    );
    assert.deepEqual(dates, all, at);
  }
});

test('in spring two o’clock is three, in autumn it is the first of two', () => {
  assert.equal(nextDue(madrid, new Date('2026-03-28T12:00:00Z'))?.toISOString(), '2026-03-29T01:00:00.000Z');
  assert.equal(nextDue(madrid, new Date('2026-10-24T12:00:00Z'))?.toISOString(), '2026-10-25T00:00:00.000Z');
  assert.equal(nextDue(madrid, new Date('2026-10-25T00:00:00Z'))?.toISOString(), '2026-10-26T01:00:00.000Z');
});

test('a run that is started late counts for the last time that was due', () => {
  assert.equal(dueDate(madrid, new Date('2026-11-28T00:59:59Z')), '2026-11-27');
  assert.equal(dueDate(madrid, new Date('2026-11-28T01:00:00Z')), '2026-11-28');
  assert.equal(dueDate(madrid, new Date('2026-11-28T20:00:00Z')), '2026-11-28');
  assert.equal(dueDate({ timeZone: 'Europe/Madrid' }, new Date('2026-11-28T23:30:00Z')), '2026-11-29');
});

test('the dates of a gap are those on which something was due', () => {
  assert.deepEqual(datesDue(madrid, { after: '2026-10-23', before: '2026-10-27' }), [
    '2026-10-24',
    '2026-10-25',
    '2026-10-26',
  ]);
  assert.deepEqual(datesDue(madrid, { after: '2026-11-27', before: '2026-11-28' }), []);
  const weekdays = { at: '0 2 * * 1-5', timeZone: 'Europe/Madrid' };
  assert.deepEqual(datesDue(weekdays, { after: '2026-11-27', before: '2026-12-01' }), ['2026-11-30']);
});

test('what is no time and no zone is an issue', () => {
  assert.deepEqual(scheduleIssue(madrid), []);
  assert.equal(scheduleIssue({ at: '0 26 * * *', timeZone: 'UTC' })[0]?.code, 'job-time');
  assert.equal(scheduleIssue({ at: '0 2 * * *', timeZone: 'Europe/Madird' })[0]?.code, 'job-time-zone');
});
