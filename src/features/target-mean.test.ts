import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Problem } from '../problem.js';
import { seededRandom } from '../random.js';
import { categoryColumn, table } from '../table/table.js';
import { frozenSteps } from '../testing/sklearn-steps.js';
import type { StepContext } from './features.js';
import { numbersOf } from './mapping.js';
import { checkStep, madeContext } from './step-checks.js';
import { targetMean } from './target-mean.js';

checkStep(targetMean(['job', 'month'], { smoothing: 5, folds: 4 }), { outOfFold: true });

function training(texts: readonly (string | null)[], context: StepContext, smoothing = 2): number[] {
  const rows = table([categoryColumn('a', texts)]);
  return [...numbersOf(targetMean('a', { smoothing }).fit(rows, context).outputs[0]!)];
}

test('targetMean serves the means of TargetEncoder with a fixed smooth', () => {
  const { text, label, targetMeans } = frozenSteps();
  const context = { ...madeContext(text.length), targets: Uint8Array.from(label) };
  const { step } = targetMean('text', { smoothing: 7.5 }).fit(table([categoryColumn('text', text)]), context);
  const served = step.transform(table([categoryColumn('text', ['admin.', 'retired', 'student', 'nobody'])]));
  numbersOf(served[0]!).forEach((value, i) => {
    assert.ok(Math.abs(value - targetMeans[i]!) < 1e-12);
  });
});

test('targetMean serves the prior for what is missing or was never seen', () => {
  const rows = table([categoryColumn('a', ['x', 'x', 'y', null])]);
  const { step } = targetMean('a').fit(rows, { ...madeContext(4), targets: Uint8Array.of(1, 1, 0, 0) });
  const served = step.transform(table([categoryColumn('a', [null, 'z'])]));
  assert.deepEqual([...numbersOf(served[0]!)], [0.5, 0.5]);
});

test('targetMean of ordered rows comes from earlier rows alone', () => {
  const context = { ...madeContext(4), targets: Uint8Array.of(1, 0, 1, 1), ordered: true };
  // Priors: 1/2, (1 + 1/2) / 2, (1 + 1/2) / 3, (2 + 1/2) / 4; then two rows of the prior mixed in.
  const expected = [0.5, (1 + 2 * 0.75) / 3, 0.5, (1 + 2 * 0.625) / 4];
  training(['x', 'x', 'y', 'x'], context).forEach((value, i) => {
    assert.ok(Math.abs(value - expected[i]!) < 1e-12, `row ${i}`);
  });
});

const madeRows = fc.array(
  fc.record({
    text: fc.constantFrom('x', 'y', 'z', null),
    label: fc.integer({ min: 0, max: 1 }),
    group: fc.integer({ min: 0, max: 3 }),
  }),
  { minLength: 2, maxLength: 40 },
);

test('a change of labels never reaches the row itself, nor its group, nor, in order, what came before', () => {
  fc.assert(
    fc.property(madeRows, fc.boolean(), fc.boolean(), fc.nat(), (rows, ordered, grouped, at) => {
      const chosen = at % rows.length;
      const texts = rows.map(({ text }) => text);
      const groups = grouped ? Int32Array.from(rows, ({ group }) => group) : undefined;
      const labels = Uint8Array.from(rows, ({ label }) => label);
      const flipped = labels.slice();
      flipped[chosen] = 1 - flipped[chosen]!;
      const context = { targets: labels, seed: 3, ordered, ...(groups && { groups }) };
      const before = training(texts, context);
      const after = training(texts, { ...context, targets: flipped });
      rows.forEach((_, i) => {
        const shielded = i === chosen || (groups && groups[i] === groups[chosen]) || (ordered && i < chosen);
        if (shielded) assert.equal(after[i], before[i], `row ${i}`);
      });
    }),
  );
});

test('targetMean of pure noise with a level a row tells a learner nothing about the training labels', () => {
  const random = seededRandom(8);
  const labels = Uint8Array.from({ length: 2000 }, () => random.integer(2));
  const texts = Array.from({ length: 2000 }, () => `level ${random.integer(1000)}`);
  const values = training(texts, { targets: labels, seed: 1, ordered: false }, 0.1);
  const means = [0, 1].map((label) => {
    const own = values.filter((_, i) => labels[i] === label);
    return own.reduce((sum, value) => sum + value, 0) / own.length;
  });
  // In-sample means would stand about .5 apart.
  assert.ok(Math.abs(means[1]! - means[0]!) < 0.06, String(means));
});

test('targetMean refuses settings that mean nothing', () => {
  assert.throws(() => targetMean('a', { smoothing: -1 }), Problem);
  assert.throws(() => targetMean('a', { folds: 1 }), Problem);
});

test('targetMean refuses matched sets, each of which holds one yes, and says what to declare', () => {
  const random = seededRandom(5);
  const texts = Array.from({ length: 300 }, (_, row) => `set ${Math.floor(row / 5)}`);
  const targets = Uint8Array.from(texts, (_, row) => (row % 5 === 2 ? 1 : 0));
  assert.throws(() => training(texts, { ...madeContext(300), targets }), {
    message: /60 levels of a hold almost the same share of yes.*declare it as the schema's `group`/s,
  });
  // A part of each set, as a fold leaves it.
  const kept = texts.map((_, row) => row).filter(() => random.uniform() < 0.8);
  const part = { ...madeContext(kept.length), targets: Uint8Array.from(kept, (row) => targets[row]!) };
  assert.throws(() => training(kept.map((row) => texts[row]!), part), Problem); // biome-ignore format: one line
});

test('targetMean takes levels that differ by chance alone, whatever their sizes and the rate', () => {
  for (let seed = 1; seed <= 100; seed++) {
    const random = seededRandom(seed);
    const [size, rate] = [1 + random.integer(12), 0.02 + 0.9 * random.uniform()];
    const texts = Array.from({ length: 600 }, () => `level ${random.integer(Math.ceil(600 / size))}`);
    const targets = Uint8Array.from(texts, () => (random.uniform() < rate ? 1 : 0));
    assert.equal(training(texts, { ...madeContext(600), targets }).length, 600);
  }
});
