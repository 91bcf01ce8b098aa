/** Kept forecasts move on to later periods as the library's own `update` does, and to nothing that is not the same. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Problem } from '../../problem.js';
import { smallForecastStudy, smallPanel } from '../../testing/small-forecasts.js';
import { mean, median } from '../combine/combination.js';
import type { Forecaster } from '../forecaster.js';
import { globalBoosting } from '../global/global-boosting.js';
import { deseasonalised } from '../local/deseasonalised.js';
import { ets } from '../local/ets.js';
import { local } from '../local/local.js';
import { meanOfLast } from '../local/mean-of-last.js';
import { naive } from '../local/naive.js';
import { theta } from '../local/theta.js';
import { tsb } from '../local/tsb.js';
import type { Series } from '../panel/panel.js';
import type { DeclaredPanel } from '../panel/panel-schema.js';
import { until } from '../panel/until.js';
import { makeForecastArtefact, readForecastArtefact } from './forecast-artefact.js';
import { forecastsFrom, forecastsHash, lastPeriod, withOwnPaths } from './forecasts-from.js';
import type { KeptForecasts } from './kept-forecasts.js';
import { runForecastStudy } from './run-forecast-study.js';
import { updateForecasts } from './update-forecasts.js';

const candidates: readonly Forecaster[] = [
  local(naive()),
  local(meanOfLast(4)),
  local(tsb()),
  local(ets()),
  local(deseasonalised(theta())),
  mean([local(theta()), local(meanOfLast(26))]),
  median([local(ets()), local(theta()), local(naive())]),
  globalBoosting({ horizon: 6, trees: 8 }),
];
const study = { ...smallForecastStudy, candidates };
const options = { study, threads: 1, program: 'alambique test' };
const size = { horizon: 6, count: 100, seed: 7 };
const whole = smallPanel();
const { parts } = runForecastStudy(smallForecastStudy, whole, options);
const madeAt = new Date('2026-11-28T07:00:00Z');

/** What a run that chose this forecaster would have kept. */
function keptBy(forecaster: Forecaster, panel: DeclaredPanel): KeptForecasts {
  const forecasts = forecastsFrom(withOwnPaths(forecaster).fit(panel, { seed: 7 }), panel, size);
  const learned = {
    forecaster: forecaster.name,
    through: lastPeriod(panel),
    sha256: forecastsHash(forecasts),
  };
  return readForecastArtefact(makeForecastArtefact({ ...parts, ...forecasts, learned }, madeAt));
}

function keep(updated: ReturnType<typeof updateForecasts>): KeptForecasts {
  return readForecastArtefact(makeForecastArtefact(updated.parts, madeAt));
}

test("an update has the bits of the library's own, and two weeks at once those of one after the other", () => {
  const weeks = fc.integer({ min: 1, max: 3 });
  fc.assert(
    fc.property(fc.constantFrom(...candidates), weeks, weeks, (forecaster, first, second) => {
      const [learned, middle] = [until(whole, first + second), until(whole, second)];
      const kept = keptBy(forecaster, learned);
      const own = withOwnPaths(forecaster).fit(learned, { seed: 7 }).update(whole).forecast(6);
      const once = keep(updateForecasts(kept, whole, options));
      assert.deepEqual(once.means, own.means);
      assert.deepEqual(once.paths, own.paths!(100, 7));
      const twice = keep(updateForecasts(keep(updateForecasts(kept, middle, options)), whole, options));
      assert.deepEqual(
        [twice.means, twice.paths, twice.past, twice.periods, twice.learned],
        [once.means, once.paths, once.past, once.periods, once.learned],
      );
      // One step after the other through the library comes to the same as well.
      const stepwise = withOwnPaths(forecaster).fit(learned, { seed: 7 }).update(middle).update(whole);
      assert.deepEqual(stepwise.forecast(6).means, once.means);
    }),
    { numRuns: 20 },
  );
});

test('what was updated says from what, through which period, and what taught it', () => {
  const kept = keptBy(candidates[1]!, until(whole, 3));
  const first = keep(updateForecasts(kept, until(whole, 1), options));
  const second = keep(updateForecasts(first, whole, options));
  assert.equal(kept.learned.through, '2025-12-01');
  assert.deepEqual(second.learned, kept.learned);
  assert.deepEqual([first.past.periods.at(-1), second.past.periods.at(-1)], ['2025-12-15', '2025-12-22']);
  assert.equal(second.periods[0], '2025-12-29');
  assert.equal(
    second.manifest.why,
    `Updated from ${first.version} with sales through 2025-12-22; it learned from those through 2025-12-01`,
  );
  assert.deepEqual(second.manifest.scores, kept.manifest.scores);
  assert.equal(second.card.match(/## Updated since/g)?.length, 1);
  assert.match(
    second.card,
    /has seen sales through 2025-12-22 [^.]*\. It learned from those through 2025-12-01/,
  );
});

test('a new series waits for a run; one without new values is forecast from its end', () => {
  const learned = until(whole, 2);
  const late: Series = { key: ['4', 'green'], start: 103, values: Float64Array.of(5) };
  const series = whole.series.map((one, i) => (i === 1 ? { ...one, values: one.values.slice(0, -2) } : one));
  const attributes = whole.attributes.rows(Uint32Array.of(0, 1, 2, 3, 4, 5, 0));
  for (const forecaster of [candidates[1]!, candidates.at(-1)!]) {
    const kept = keptBy(forecaster, learned);
    const plain = updateForecasts(kept, { ...whole, series }, options);
    const more = updateForecasts(kept, { ...whole, series: [...series, late], attributes }, options);
    assert.deepEqual([plain.unknown, more.unknown], [[], [['4', 'green']]]);
    assert.deepEqual(more.ended, [['1', 'black']]);
    assert.deepEqual(more.parts.means, plain.parts.means);
  }
  const kept = keptBy(candidates[1]!, learned);
  const { means } = updateForecasts(kept, { ...whole, series }, options).parts;
  assert.deepEqual(means.subarray(6, 12), kept.means.subarray(6, 12));
});

test('what is no later state of the same is refused in a sentence', () => {
  const kept = keptBy(candidates[1]!, until(whole, 2));
  const refused = (message: RegExp, panel: DeclaredPanel, changes: Partial<typeof options> = {}): void => {
    assert.throws(
      () => updateForecasts(kept, panel, { ...options, ...changes }),
      (error) => error instanceof Problem && message.test(error.message),
      `${message}`,
    );
  };
  const changed = (of: (series: Series, i: number) => Series): DeclaredPanel => ({
    ...whole,
    series: whole.series.map(of),
  });
  const set = (series: Series, place: number, value: number): Series => ({
    ...series,
    values: series.values.map((own, i) => (i === place ? value : own)),
  });
  refused(/There is no new period: the sales end with 2025-12-08, which the forecasts know/, until(whole, 2));
  refused(
    /The sales go from 2024-01-01 to 2025-12-01, and the forecasts know them through 2025-12-08/,
    until(whole, 3),
  );
  refused(
    /Nothing is known of the period 2025-12-15/,
    changed((one) => set(one, 102, Number.NaN)),
  );
  refused(/1 series that are forecast is not among the sales: "1 green"/, {
    ...whole,
    series: whole.series.slice(1),
  });
  refused(
    /2 black has 999 in 2025-11-24; the forecaster learned from \d+/,
    changed((one, i) => (i === 3 ? set(one, 99, 999) : one)),
  );
  // Too long ago for the chart: the forecasts themselves tell that it is another past.
  const ofYear = keptBy(candidates.at(-1)!, until(whole, 2));
  assert.throws(
    () =>
      updateForecasts(
        ofYear,
        changed((one) => set(one, 20, 50)),
        options,
      ),
    /fitted again to what it learned through 2025-12-08, does not forecast what it did/,
  );
  refused(/These are weeks of "sold" by "city" and "tea"/, { ...whole, names: ['city', 'tea'] });
  refused(/has no candidate "mean of last 4" any more/, whole, {
    study: { ...study, candidates: [local(tsb())] },
  });
});
