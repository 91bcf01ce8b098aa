import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JsonReader } from '../../json.js';
import { seededRandom } from '../../random.js';
import { between, drawFrom, oneOf, spaceFromJson } from './space.js';

const draws = (dimension: Parameters<typeof drawFrom>[0][string], count = 3000): number[] => {
  const random = seededRandom(1);
  return Array.from({ length: count }, () => drawFrom({ x: dimension }, random).x as number);
};
const shareOf = (values: readonly number[], holds: (value: number) => boolean): number =>
  values.filter(holds).length / values.length;
const about = (got: number, expected: number): void =>
  assert.ok(Math.abs(got - expected) < 0.04, `${got} is not about ${expected}`);

test('numbers are drawn evenly, or evenly on the scale of the logarithm', () => {
  const even = draws(between(0, 10));
  assert.ok(even.every((value) => value >= 0 && value <= 10));
  about(shareOf(even, (value) => value < 5), 0.5); // biome-ignore format: one line
  const log = draws(between(0.01, 100, { log: true }));
  assert.ok(log.every((value) => value >= 0.01 && value <= 100));
  about(shareOf(log, (value) => value < 1), 0.5); // biome-ignore format: one line
});

test('whole numbers include both ends, each as likely where the scale is even', () => {
  const values = draws(between(1, 4, { whole: true }));
  for (const value of [1, 2, 3, 4]) about(shareOf(values, (drawn) => drawn === value), 0.25); // biome-ignore format: one line
  const log = draws(between(5, 500, { whole: true, log: true }));
  assert.ok(log.every((value) => Number.isInteger(value) && value >= 5 && value <= 500));
  about(shareOf(log, (value) => value < 50), 0.5); // biome-ignore format: one line
});

test('choices are each as likely', () => {
  const values = draws(oneOf(1, 2, 4));
  for (const value of [1, 2, 4]) about(shareOf(values, (drawn) => drawn === value), 1 / 3); // biome-ignore format: one line
});

test('a space survives JSON, and what is none is refused with its place', () => {
  const space = { a: oneOf(1, 'x', null), b: between(1, 9, { log: true, whole: true }) };
  assert.deepEqual(spaceFromJson(new JsonReader(JSON.parse(JSON.stringify(space)))), space);
  const broken = { b: { kind: 'range', low: 'one', high: 2, log: false, whole: false } };
  assert.throws(() => spaceFromJson(new JsonReader(broken)), /b\/low/);
});
