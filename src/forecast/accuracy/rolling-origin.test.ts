/** Rolling origins: what is known at each, and what came. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Problem } from '../../problem.js';
import { madePanel } from '../../testing/made-panel.js';
import type { Panel } from '../panel/panel.js';
import { describeOrigins, originsOf, rollingOrigin } from './rolling-origin.js';

const ten = madePanel([[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]]);
const known = (panel: Panel, options: Parameters<typeof rollingOrigin>[0]): number[][] =>
  originsOf(panel, rollingOrigin(options)).map(({ known }) => [...known.series[0]!.values]);

test('origins go back from the end, and the past ends where the forecast begins', () => {
  assert.deepEqual(known(ten, { horizon: 2, origins: 2, step: 3 }), [
    [1, 2, 3, 4, 5, 6, 7, 8],
    [1, 2, 3, 4, 5],
  ]);
  const [, second] = originsOf(ten, rollingOrigin({ horizon: 2, origins: 2, step: 3 }));
  assert.deepEqual(second!.actual, Float64Array.of(6, 7));
});

test('with a delay the last periods before the origin are not known', () => {
  assert.deepEqual(known(ten, { horizon: 2, origins: 1, delay: 3 }), [[1, 2, 3, 4, 5]]);
  assert.deepEqual(
    originsOf(ten, rollingOrigin({ horizon: 2, origins: 1, delay: 3 }))[0]!.actual,
    Float64Array.of(9, 10),
  );
});

test('a sliding window knows the last periods alone', () => {
  const [origin] = originsOf(ten, rollingOrigin({ horizon: 2, origins: 1, window: 3 }));
  assert.deepEqual([...origin!.known.series[0]!.values], [6, 7, 8]);
  assert.equal(origin!.known.series[0]!.start, 5);
});

test('on a calendar an origin is one moment for all; where periods are counted it is before each end', () => {
  const two = madePanel([
    [1, 2, 3, 4, 5, 6],
    [1, 2, 3, 4, 5, 6],
  ]);
  const ended = {
    ...two,
    series: [two.series[0]!, { ...two.series[1]!, values: Float64Array.of(1, 2, 3, 4) }],
  };
  const protocol = rollingOrigin({ horizon: 1, origins: 1 });
  const [calendar] = originsOf(ended, protocol);
  assert.deepEqual(
    calendar!.known.series.map(({ values }) => values.length),
    [5, 4],
  );
  assert.deepEqual(calendar!.actual, Float64Array.of(6, Number.NaN));
  const [counted] = originsOf({ ...ended, periods: { count: 6 } }, protocol);
  assert.deepEqual(
    counted!.known.series.map(({ values }) => values.length),
    [5, 3],
  );
  assert.deepEqual(counted!.actual, Float64Array.of(6, 4));
});

test('what was sold while the article was out of stock is not what was wanted', () => {
  const available = Uint8Array.from({ length: 10 }, (_, i) => (i === 8 ? 0 : 1));
  const short = { ...ten, series: [{ ...ten.series[0]!, available }] };
  const [origin] = originsOf(short, rollingOrigin({ horizon: 3, origins: 1 }));
  assert.deepEqual(origin!.actual, Float64Array.of(8, Number.NaN, 10));
});

test('nothing after an origin is known there', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 2 }), (horizon, delay) => {
      const values = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8];
      const protocol = rollingOrigin({ horizon, delay, origins: 2 });
      const whole = originsOf(madePanel([values]), protocol);
      const changed = originsOf(
        madePanel([values.map((value, i) => (i >= values.length - horizon - delay ? -value : value))]),
        protocol,
      );
      assert.deepEqual(changed[0]!.known.series[0]!.values, whole[0]!.known.series[0]!.values);
    }),
  );
});

test('a panel that is too short for any origin is refused, and so are settings that mean nothing', () => {
  const code = (expected: string) => (error: unknown) =>
    error instanceof Problem && error.issues[0]!.code === expected;
  assert.throws(() => originsOf(ten, rollingOrigin({ horizon: 10 })), code('forecast-short-panel'));
  assert.throws(() => rollingOrigin({ horizon: 0 }), code('forecast-bad-setting'));
  assert.throws(() => rollingOrigin({ horizon: 1, window: 0 }), code('forecast-bad-setting'));
});

test('a protocol says what it means', () => {
  assert.equal(
    describeOrigins(rollingOrigin({ horizon: 4, origins: 2, delay: 1, window: 52 })),
    'from 2 origins, 4 periods apart, the next 4 periods are forecast from the last 52 periods known there; the last 1 periods were not known yet',
  );
});
