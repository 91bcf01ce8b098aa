/** The ticks of a still picture's axis: where they stand, and how they are written. */
import type { Json, JsonObject } from '../../json.js';

/** One tick, at a value of the axis. */
export interface Tick {
  readonly value: Json;
  readonly label: string;
}

/** The ticks of an axis from `low` to `high`, which may be turned round; a logarithmic one is in powers of ten. */
export function ticksOf(
  settings: JsonObject,
  {
    low,
    high,
    categories,
    isLog,
    letter,
  }: { low: number; high: number; categories: string[] | undefined; isLog: boolean; letter: 'x' | 'y' },
): Tick[] {
  const given = settings.tickvals as Json[] | undefined;
  if (given) {
    const texts = settings.ticktext as string[] | undefined;
    return given.map((value, i) => ({ value, label: texts?.[i] ?? written(Number(value), settings, 0.01) }));
  }
  if (categories) {
    const most = Number(settings.nticks ?? (letter === 'x' ? 12 : categories.length));
    const step = Math.max(1, Math.ceil(categories.length / most));
    return categories.filter((_, i) => i % step === 0).map((value) => ({ value, label: value }));
  }
  const [from, to] = [Math.min(low, high), Math.max(low, high)];
  if (isLog) {
    const powers = Array.from(
      { length: Math.floor(to) - Math.ceil(from) + 1 },
      (_, i) => 10 ** (Math.ceil(from) + i),
    );
    return powers.map((value) => ({ value, label: written(value, settings, 1) }));
  }
  const rough = (to - from) / (letter === 'x' ? 7 : 5);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((size) => size * power >= rough) ?? 10);
  const first = Math.ceil(from / step - 1e-9);
  return Array.from({ length: Math.floor(to / step + 1e-9) - first + 1 }, (_, i) => {
    const value = (first + i) * step;
    return { value, label: written(value, settings, step) };
  });
}

function written(value: number, settings: JsonObject, step: number): string {
  if (String(settings.tickformat ?? '').endsWith('%')) return `${Math.round(100 * value)} %`;
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const text = value.toFixed(Math.min(6, digits));
  const [whole, decimals] = text.split('.') as [string, string | undefined];
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return decimals === undefined ? grouped : `${grouped.replace(/^(-?)0$/, '$1')}.${decimals}`;
}
