/** Local models against frozen forecasts of statsforecast, and what each of them owes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../problem.js';
import { fixture } from '../../testing/fixture.js';
import { croston, sba } from './croston.js';
import { deseasonalised } from './deseasonalised.js';
import { ets } from './ets.js';
import type { LocalModel } from './local-model.js';
import { meanOfLast } from './mean-of-last.js';
import { mstl } from './mstl.js';
import { naive, seasonalNaive } from './naive.js';
import { theta } from './theta.js';
import { tsb } from './tsb.js';

const outside = fixture<
  Record<
    string,
    { season: number; seasons?: number[]; values: number[]; forecasts: Record<string, number[]> }
  >
>('forecast/fixtures/local-models.json');

const exact: readonly LocalModel[] = [naive(), seasonalNaive(), meanOfLast(5), croston(), sba(), tsb()];

/** Asserts that the model forecasts as statsforecast does, each period within this share. */
function assertSame(model: LocalModel, within: number): void {
  let compared = 0;
  for (const [name, { season, seasons = [season], values, forecasts }] of Object.entries(outside)) {
    const expected = forecasts[model.name];
    if (expected === undefined) continue;
    compared++;
    const got = model.fit(Float64Array.from(values), { season, seasons }).forecast(expected.length);
    expected.forEach((value, i) => {
      assert.ok(
        Math.abs(got[i]! - value) <= within * Math.max(Math.abs(value), 1e-9),
        `${model.name} of "${name}", period ${i + 1}: ${got[i]}, not ${value}`,
      );
    });
  }
  assert.ok(compared >= 2, `${model.name} was compared ${compared} times`);
}

for (const model of exact)
  test(`${model.name} forecasts what statsforecast does`, () => assertSame(model, 1e-9));

test('Theta, without a season where there is one, is within 1 % of statsforecast', () => {
  assertSame(deseasonalised(theta()), 0.01);
});

test('ETS and MSTL are within a thousandth of statsforecast', () => {
  assertSame(ets(), 0.001);
  assertSame(mstl(), 0.001);
});

const withCode = (code: string) => (error: unknown) =>
  error instanceof Problem && error.issues[0]?.code === code;

const all = [...exact, theta(), ets(), deseasonalised(theta()), mstl()];
/** Their parameters are learned from all that they are given. */
const learning = /^(Theta|ETS|MSTL)/;

for (const model of all) {
  const series = outside['multiplied season']!;
  const values = Float64Array.from(series.values);
  const { season } = series;

  test(`${model.name}: a state moved on forecasts what the same state would have seen at once`, () => {
    if (learning.test(model.name)) return;
    const early = model.fit(values.slice(0, 41), { season }).update(values.slice(41));
    const whole = model.fit(values, { season });
    assert.deepEqual(early.forecast(6), whole.forecast(6));
    assert.deepEqual(early.fitted, whole.fitted);
  });

  test(`${model.name}: two updates are one, and what was said stands period by period`, () => {
    const late = values.slice();
    late.fill(Number.NaN, 0, 3);
    const early = model.fit(late.slice(0, 40), { season });
    const once = early.update(late.slice(40));
    const twice = early.update(late.slice(40, 50)).update(late.slice(50));
    assert.deepEqual(twice.fitted, once.fitted);
    assert.equal(twice.fitted.length, values.length);
    assert.deepEqual(twice.forecast(5), once.forecast(5));
  });

  test(`${model.name}: what it says of a period knows nothing of that period or later`, () => {
    const changed = values.map((value, i) => (i >= 50 ? value * 7 + 1 : value));
    const of = (what: Float64Array): Float64Array =>
      model.fit(values.slice(0, 40), { season }).update(what.slice(40)).fitted.slice(0, 51);
    assert.deepEqual(of(changed), of(values));
  });

  test(`${model.name}: a value that is not known is no zero, and a series without any is refused`, () => {
    const gaps = Float64Array.from({ length: 24 }, (_, i) => (i % 5 === 0 ? Number.NaN : 8));
    for (const value of model.fit(gaps, { season: 4 }).forecast(5))
      assert.ok(Math.abs(value - 8) < 0.5, `${value}`);
    assert.throws(() => model.fit(Float64Array.of(Number.NaN)), withCode('forecast-empty-series'));
    assert.throws(() => model.fit(Float64Array.of(1), { season: 1.5 }), withCode('forecast-bad-setting'));
  });

  test(`${model.name}: one value is enough, and zeros are forecast to go on`, () => {
    assert.ok(Number.isFinite(model.fit(Float64Array.of(3)).forecast(2)[1]));
    assert.deepEqual(model.fit(new Float64Array(20), { season: 4 }).forecast(2), new Float64Array(2));
  });
}
