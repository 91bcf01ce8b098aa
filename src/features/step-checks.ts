/** The checks that every step must pass, as node:test cases; imported by tests only. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { canonicalJson, type Json, JsonReader } from '../json.js';
import { seededRandom } from '../random.js';
import type { Feature } from '../table/matrix.js';
import { categoryColumn, numberColumn, type Table, table } from '../table/table.js';
import type { FittedStep, Step, StepContext } from './features.js';
import { stepKinds } from './registry.js';
import { readFittedStep, readStep } from './step.js';

/** What a step claims beyond the contract. */
export interface StepClaims {
  /** Its outputs for training rows are made out of fold, so that they differ from `transform`. */
  outOfFold?: boolean;
}

/** Columns like a bank's: `age` and `balance` (some missing), `job` and `month` (some missing), `constant`. */
export function madeTable(rowCount: number, seed: number): Table {
  const random = seededRandom(seed).fork('made table');
  const some = <T>(value: T): T | null => (random.integer(10) === 0 ? null : value);
  const rows = Array.from({ length: rowCount }, () => ({
    age: some(18 + random.integer(60)),
    balance: some(Math.round(3000 * random.normal())),
    job: some(['admin.', 'retired', '__proto__', 'student'][random.integer(4)]!),
    month: some(['may', 'jun', 'jan', 'dec', 'oct'][random.integer(5)]!),
  }));
  const made = (['age', 'balance'] as const).map((name) =>
    numberColumn(
      name,
      rows.map((row) => row[name]),
    ),
  );
  const texts = (['job', 'month'] as const).map((name) =>
    categoryColumn(
      name,
      rows.map((row) => row[name]),
    ),
  );
  return table([...made, ...texts, numberColumn('constant', new Float64Array(rowCount).fill(7))]);
}

/** Labels and a seed for a table; about a third of the labels are 1. */
export function madeContext(rowCount: number, options: Partial<StepContext> = {}): StepContext {
  const random = seededRandom(11).fork('labels');
  const labels = Uint8Array.from({ length: rowCount }, () => (random.integer(3) === 0 ? 1 : 0));
  return { targets: labels, seed: 5, ordered: false, ...options };
}

/** Registers a suite that checks the whole contract of `Step` on `step`, whose columns are those of `madeTable`. */
export function checkStep(step: Step, claims: StepClaims = {}): void {
  const train = madeTable(200, 1);
  const later = madeTable(60, 2);
  const context = madeContext(200);
  const fit = (): ReturnType<Step['fit']> => step.fit(train, context);

  describe(`the contract of a step: ${step.kind}(${step.columns.join(', ')})`, () => {
    test('fitted twice, it gives the same bits', () => {
      const [one, other] = [fit(), fit()];
      assert.equal(canonicalJson(one.step.toJSON()), canonicalJson(other.step.toJSON()));
      assert.deepEqual(one.outputs, other.outputs);
    });

    test('leaves table and labels as they are', () => {
      const before = structuredClone({ columns: train.columns, targets: context.targets });
      const { step: fitted } = fit();
      fitted.transform(train);
      assert.deepEqual({ columns: train.columns, targets: context.targets }, before);
    });

    test('says what its outputs are: as many as there are, of their kind, from its columns', () => {
      const { step: fitted, outputs } = fit();
      assert.equal(outputs.length, fitted.outputs.length);
      fitted.outputs.forEach((output, i) => {
        const feature = outputs[i]!;
        assert.equal(feature.kind, output.kind, output.name);
        assert.ok(output.from.length > 0 && output.from.every((name) => step.columns.includes(name)));
        if (feature.kind === 'category') assert.equal(feature.levels, output.levels?.length, output.name);
      });
      assert.equal(new Set(fitted.outputs.map(({ name }) => name)).size, fitted.outputs.length);
    });

    test(
      claims.outOfFold
        ? 'training rows do not get what they would be served'
        : 'training rows get what they would be served',
      () => {
        const { step: fitted, outputs } = fit();
        if (claims.outOfFold) assert.notDeepEqual(outputs, fitted.transform(train));
        else assert.deepEqual(outputs, fitted.transform(train));
      },
    );

    test('read back from JSON, fitted or not, it gives the same bits', () => {
      const { step: fitted, outputs } = fit();
      assert.deepEqual(readBack(fitted).transform(later), fitted.transform(later));
      const rebuilt = readStep(throughJson({ kind: step.kind, params: step.params }), stepKinds);
      assert.deepEqual(rebuilt.columns, step.columns);
      assert.deepEqual(rebuilt.fit(train, context).outputs, outputs);
    });

    test('one row at a time, in tables with a numbering of their own, gives what all rows give at once', () => {
      const { step: fitted } = fit();
      const whole = fitted.transform(later);
      for (let row = 0; row < later.rowCount; row++) {
        const alone = fitted.transform(oneRow(later, row));
        assert.deepEqual(
          alone.map((feature) => valueAt(feature, 0)),
          whole.map((feature) => valueAt(feature, row)),
        );
      }
    });

    test('bears levels that training never saw, and rows where everything is missing', () => {
      const { step: fitted } = fit();
      const unseen = table([
        numberColumn('age', [1e9, null]),
        numberColumn('balance', [-1e9, null]),
        categoryColumn('job', ['astronaut', null]),
        categoryColumn('month', ['smarch', null]),
        numberColumn('constant', [1, null]),
      ]);
      fitted.transform(unseen).forEach((feature, i) => {
        const output = fitted.outputs[i]!;
        assert.equal(feature.kind, output.kind);
        if (feature.kind === 'number') assert.ok(Number.isFinite(feature.values[0]), output.name);
        else for (const code of feature.codes) assert.ok(code >= -1 && code < feature.levels, output.name);
      });
    });

    test('never looks at rows beyond its own: another numbering of the levels changes nothing', () => {
      const shuffled = table(
        train.columns.map((column) =>
          column.kind === 'category'
            ? {
                ...column,
                levels: ['never used', ...column.levels],
                codes: column.codes.map((code) => (code < 0 ? -1 : code + 1)),
              }
            : column,
        ),
      );
      const other = step.fit(shuffled, context);
      assert.equal(canonicalJson(other.step.toJSON()), canonicalJson(fit().step.toJSON()));
      assert.deepEqual(other.outputs, fit().outputs);
    });
  });
}

/** A fitted step that has been through an artefact; what it saves again must be the same text. */
export function readBack(fitted: FittedStep): FittedStep {
  const read = readFittedStep(throughJson(fitted.toJSON()), stepKinds);
  assert.equal(canonicalJson(read.toJSON()), canonicalJson(fitted.toJSON()));
  assert.deepEqual(read.outputs, fitted.outputs);
  return read;
}

function throughJson(value: Json): JsonReader {
  return new JsonReader(JSON.parse(canonicalJson(value)));
}

/** A table of one row as a server builds it: each text column knows only the level it holds. */
function oneRow(from: Table, row: number): Table {
  return table(
    from.columns.map((column) => {
      const cell = from.cell(row, column.name);
      return column.kind === 'category'
        ? categoryColumn(column.name, [cell as string | null])
        : numberColumn(column.name, [cell as number | null]);
    }),
  );
}

function valueAt(feature: Feature, row: number): number {
  return feature.kind === 'number' ? feature.values[row]! : feature.codes[row]!;
}
