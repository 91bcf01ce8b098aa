/**
 * The checks that every learner must pass, as node:test cases; imported by tests only. Long, because one list can be
 * read as the whole contract.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { learnerFromJson, modelFromJson } from '../evaluate/learner-registry.js';
import { canonicalJson, type Json } from '../json.js';
import { Problem } from '../problem.js';
import { seededRandom } from '../random.js';
import { type Feature, type Labels, type Matrix, matrixRows } from '../table/matrix.js';
import { probabilityOf } from './log-odds.js';
import type { FitOptions, Learner, Model } from './models.js';
import { learnerJson } from './reader.js';

/** What a learner claims beyond the contract; each claim is checked, and so is the refusal where it is absent. */
export interface LearnerClaims {
  /**
   * Bears NaN in number columns, when fitted and when predicting, or when predicting only; else it must refuse them.
   */
  bearsMissing?: boolean | 'when predicting';
  /** A weight of k gives the same model as k copies of the row, within 1e-9 of probability. */
  weightsAreCopies?: boolean;
  /** The order of the columns does not matter, within 1e-9 of probability. */
  columnOrderIsFree?: boolean;
  /** False where weights that differ must be refused, because what learns would pass over them. */
  knowsWeights?: boolean;
  /** It must have a lower log loss than the base rate on held-out rows; false for the base rate itself. */
  beatsBaseline?: boolean;
  /** Rows that are all the same get the base rate, within .05; false where probabilities are wilfully not corrected. */
  keepsBaseRate?: boolean;
  /** Fits only rows that stand in time order; all checks are then made on such rows. */
  ordered?: boolean;
  /** Models must (true) or must not (false) explain themselves; unstated: checked where they do. */
  explains?: boolean;
}

/** Rows with labels. */
export interface MadeRows {
  matrix: Matrix;
  labels: Labels;
}

/**
 * Rows that can be told apart fairly well: three numbers, a category of four levels (some missing), a number and a
 * category that never change. About a third of the labels are 1.
 */
export function madeRows(rowCount: number, seed: number, options: { missing?: boolean } = {}): MadeRows {
  const random = seededRandom(seed).fork('made rows');
  const numbers = [0, 1, 2].map(() => new Float64Array(rowCount));
  const codes = new Int32Array(rowCount);
  const labels = new Uint8Array(rowCount);
  for (let i = 0; i < rowCount; i++) {
    for (const values of numbers) values[i] = random.normal();
    codes[i] = random.integer(20) === 0 ? -1 : random.integer(4);
    const margin = -1.4 + 2 * numbers[0]![i]! - 1.5 * numbers[1]![i]! + (codes[i] === 2 ? 2 : 0);
    labels[i] = random.uniform() < probabilityOf(margin) ? 1 : 0;
    if (options.missing && random.integer(8) === 0) numbers[random.integer(3)]![i] = Number.NaN;
  }
  const columns: Feature[] = [
    ...numbers.map((values): Feature => ({ kind: 'number', values })),
    { kind: 'category', codes, levels: 4 },
    { kind: 'number', values: new Float64Array(rowCount).fill(7) },
    { kind: 'category', codes: new Int32Array(rowCount), levels: 1 },
  ];
  return { matrix: { rowCount, columns }, labels };
}

/** Registers a suite that checks the whole contract of `Learner` and `Model` on `learner`. */
export function checkLearner(learner: Learner, claims: LearnerClaims = {}): void {
  const made = madeRows(400, 1);
  const held = madeRows(300, 2).matrix;
  const options: FitOptions = { seed: 5, ...(claims.ordered && { ordered: true }) };
  const fit = (rows: MadeRows = made, more: Partial<FitOptions> = {}): Model =>
    learner.fit(rows.matrix, rows.labels, { ...options, ...more });

  describe(`${learner.name} keeps the contract of a learner`, () => {
    test('fitted twice it predicts the same bits, and its JSON is the same text', () => {
      const [first, second] = [fit(), fit()];
      assert.deepEqual(first.predict(held), second.predict(held));
      assert.equal(canonicalJson(first.toJSON()), canonicalJson(second.toJSON()));
    });

    if (claims.knowsWeights === false) {
      test('refuses weights that differ, and takes those that do not', () => {
        const weights = new Float64Array(400).fill(2);
        assert.deepEqual(fit(made, { weights }).predict(held), fit().predict(held));
        weights[7] = 1;
        assert.deepEqual(
          codes(() => fit(made, { weights })),
          ['models-no-weights'],
        );
      });
    }

    test('leaves matrix, labels, weights and groups as they are', () => {
      const step = claims.knowsWeights === false ? 0 : 1;
      const weights = Float64Array.from(made.labels, (_, i) => 0.5 + step * (i % 3));
      const groups = Int32Array.from(made.labels, (_, i) => i % 37);
      const given = structuredClone({ ...made, weights, groups });
      fit(given, { weights: given.weights, groups: given.groups }).predict(given.matrix);
      assert.deepEqual(given, { ...made, weights, groups });
    });

    test('probabilities are finite and within 0 and 1, one for each row', () => {
      const probabilities = fit().predict(held);
      assert.equal(probabilities.length, held.rowCount);
      assert.ok(probabilities.every((p) => p >= 0 && p <= 1));
    });

    test('one row at a time gives the same bits as all at once', () => {
      const model = fit();
      const all = model.predict(held);
      const single = Float64Array.from(all, (_, i) => model.predict(matrixRows(held, Uint32Array.of(i)))[0]!);
      assert.deepEqual(single, all);
    });

    test('no rows to predict give no probabilities', () => {
      assert.equal(fit().predict(matrixRows(held, new Uint32Array(0))).length, 0);
    });

    test('the model read back from JSON predicts the same bits and has the same JSON', () => {
      const model = fit();
      const read = modelFromJson(parsed(model.toJSON()));
      assert.equal(read.kind, model.kind);
      assert.deepEqual(read.shape, model.shape);
      assert.deepEqual(read.predict(held), model.predict(held));
      assert.equal(canonicalJson(read.toJSON()), canonicalJson(model.toJSON()));
      if (model.contributions) assert.deepEqual(read.contributions!(held), model.contributions(held));
    });

    test('a model with a field taken away is refused', () => {
      const json = parsed(fit().toJSON()) as Record<string, Json>;
      for (const field of Object.keys(json)) {
        const { [field]: _, ...rest } = json;
        assert.throws(() => modelFromJson(rest), Problem, field);
      }
    });

    test('the learner read back from its parameters fits the same bits', () => {
      const read = learnerFromJson(parsed(learnerJson(learner) as Json));
      assert.equal(read.name, learner.name);
      assert.equal(canonicalJson(learnerJson(read) as Json), canonicalJson(learnerJson(learner) as Json));
      assert.deepEqual(read.fit(made.matrix, made.labels, options).predict(held), fit().predict(held));
    });

    test('learner and model print themselves', () => {
      for (const object of [learner, fit()]) {
        const method = (object as unknown as Record<symbol, unknown>)[
          Symbol.for('nodejs.util.inspect.custom')
        ];
        assert.equal(typeof method, 'function');
        const text: unknown = (method as () => unknown).call(object);
        assert.ok(typeof text === 'string' && text.length > 0 && !text.includes('undefined'), String(text));
      }
    });

    test('refuses what cannot be learned from, all at once, with sentences', () => {
      const empty = { matrix: matrixRows(made.matrix, new Uint32Array(0)), labels: new Uint8Array(0) };
      assert.deepEqual(
        codes(() => fit(empty)),
        ['models-no-rows'],
      );
      const wrong = { matrix: made.matrix, labels: made.labels.slice(1).fill(2, 0, 1) };
      const problem = problemOf(() => fit(wrong, { weights: Float64Array.of(-1) }));
      assert.deepEqual(
        problem.issues.map(({ code }) => code),
        ['models-lengths', 'models-labels', 'models-lengths', 'models-weights'],
      );
      assert.match(problem.message, /got 399\. Expected 400\./);
      assert.deepEqual(
        codes(() => fit(made, { weights: new Float64Array(400) })),
        ['models-weights'],
      );
      assert.deepEqual(
        codes(() => fit(made, { groups: new Int32Array(3) })),
        ['models-lengths'],
      );
      assert.deepEqual(
        codes(() => fit(made, { seed: Number.NaN })),
        ['models-seed'],
      );
    });

    test('refuses infinite numbers and codes outside the levels', () => {
      const infinite = withNumber(made, Number.POSITIVE_INFINITY);
      assert.deepEqual(
        codes(() => fit(infinite)),
        ['models-infinite'],
      );
      const columns = made.matrix.columns.map((column): Feature => {
        if (column.kind === 'number') return column;
        return { ...column, codes: column.codes.slice().fill(column.levels, 3, 4) };
      });
      const outside = { ...made, matrix: { ...made.matrix, columns } };
      assert.deepEqual(
        codes(() => fit(outside)),
        ['models-category-code', 'models-category-code'],
      );
    });

    test('refuses to predict a matrix of another shape', () => {
      const model = fit();
      const { columns } = held;
      const fewer = { ...held, columns: columns.slice(1) };
      const swapped = {
        ...held,
        columns: [columns[3]!, ...columns.slice(1, 3), columns[0]!, ...columns.slice(4)],
      };
      assert.deepEqual(
        codes(() => model.predict(fewer)),
        ['models-shape'],
      );
      assert.deepEqual(
        codes(() => model.predict(swapped)),
        ['models-shape', 'models-shape'],
      );
    });

    if (claims.bearsMissing === true) {
      test('bears missing numbers, fitted and predicting', () => {
        const gaps = madeRows(400, 3, { missing: true });
        const probabilities = fit(gaps).predict(madeRows(50, 4, { missing: true }).matrix);
        assert.ok(probabilities.every((p) => p >= 0 && p <= 1));
        assert.ok(
          fit()
            .predict(withNumber({ matrix: held, labels: made.labels }, Number.NaN).matrix)
            .every((p) => p >= 0),
        );
      });
    } else {
      test('refuses missing numbers and says what to do', () => {
        const gap = withNumber(made, Number.NaN);
        assert.match(
          problemOf(() => fit(gap)).message,
          /has missing values.*; impute them first \(`impute`\)/,
        );
        if (claims.bearsMissing)
          assert.ok(
            fit()
              .predict(gap.matrix)
              .every((p) => p >= 0 && p <= 1),
          );
        else
          assert.deepEqual(
            codes(() => fit().predict(gap.matrix)),
            ['models-missing'],
          );
      });
    }

    test('bears a category never seen (-1) in every row', () => {
      const columns = held.columns.map(
        (column): Feature =>
          column.kind === 'number' ? column : { ...column, codes: column.codes.slice().fill(-1) },
      );
      assert.ok(
        fit()
          .predict({ ...held, columns })
          .every((p) => p >= 0 && p <= 1),
      );
    });

    test('labels of one class give that class for every row', () => {
      for (const label of [0, 1]) {
        const model = fit({ matrix: made.matrix, labels: new Uint8Array(400).fill(label) });
        assert.ok(model.predict(held).every((p) => p === label));
        assert.deepEqual(modelFromJson(parsed(model.toJSON())).predict(held), model.predict(held));
      }
    });

    if (claims.keepsBaseRate !== false) {
      test('rows that are all the same give about the base rate', () => {
        const same = { matrix: matrixRows(made.matrix, new Uint32Array(400)), labels: made.labels };
        const rate = same.labels.reduce((sum, label) => sum + label, 0) / 400;
        for (const p of fit(same).predict(same.matrix)) assert.ok(Math.abs(p - rate) < 0.05, String(p));
      });
    }

    test('a signal already aborted throws its reason', () => {
      const reason = new Error('enough');
      assert.throws(() => fit(made, { signal: AbortSignal.abort(reason) }), reason);
    });

    test('progress rises within 0 and 1 and ends at 1', () => {
      const shares: number[] = [];
      fit(made, { onProgress: (share) => shares.push(share) });
      assert.ok(shares.every((share, i) => share >= (shares[i - 1] ?? 0) && share <= 1));
      assert.equal(shares.at(-1), 1);
    });

    if (claims.beatsBaseline !== false) {
      test('has a lower log loss than the base rate on held-out rows', () => {
        const { matrix, labels } = madeRows(1000, 9);
        const rate = made.labels.reduce((sum, label) => sum + label, 0) / 400;
        const own = logLoss(fit().predict(matrix), labels);
        const base = logLoss(new Float64Array(1000).fill(rate), labels);
        assert.ok(own < 0.9 * base, `${own} against ${base}`);
      });
    }

    if (claims.weightsAreCopies) {
      test('a weight of k is k copies of the row', () => {
        const weights = Float64Array.from(made.labels, (_, i) => i % 4);
        const copies = Uint32Array.from([...made.labels.keys()].flatMap((i) => Array(i % 4).fill(i)));
        const copied = {
          matrix: matrixRows(made.matrix, copies),
          labels: Uint8Array.from(copies, (i) => made.labels[i]!),
        };
        near(fit(made, { weights }).predict(held), fit(copied).predict(held));
      });
    }

    if (claims.columnOrderIsFree) {
      test('the order of the columns does not matter', () => {
        const turned = (matrix: Matrix): Matrix => ({ ...matrix, columns: [...matrix.columns].reverse() });
        near(fit({ ...made, matrix: turned(made.matrix) }).predict(turned(held)), fit().predict(held));
      });
    }

    test('contributions, where there are any, add up to the margin', () => {
      const model = fit();
      if (claims.explains !== undefined) assert.equal(model.contributions !== undefined, claims.explains);
      if (!model.contributions) return;
      const { base, columnCount, unit, values } = model.contributions(held);
      assert.equal(columnCount, held.columns.length);
      assert.equal(values.length, held.rowCount * columnCount);
      const added = Float64Array.from({ length: held.rowCount }, (_, i) => {
        const own = values.subarray(i * columnCount, (i + 1) * columnCount);
        const margin = own.reduce((sum, value) => sum + value, base);
        return unit === 'probability' ? margin : probabilityOf(margin);
      });
      near(added, model.predict(held));
    });
  });
}

function withNumber({ matrix, labels }: MadeRows, value: number): MadeRows {
  const columns = matrix.columns.map((column, j): Feature => {
    return j === 1 && column.kind === 'number'
      ? { ...column, values: column.values.slice().fill(value, 5, 6) }
      : column;
  });
  return { matrix: { ...matrix, columns }, labels };
}

function parsed(json: Json): unknown {
  // Through canonicalJson, so that a number that is not finite is an error and not a silent null.
  return JSON.parse(canonicalJson(json));
}

function near(got: Float64Array, expected: Float64Array): void {
  assert.equal(got.length, expected.length);
  got.forEach((value, i) => {
    assert.ok(Math.abs(value - expected[i]!) <= 1e-9, `row ${i}: ${value} instead of ${expected[i]}`);
  });
}

function problemOf(run: () => unknown): Problem {
  try {
    run();
  } catch (error) {
    assert.ok(error instanceof Problem, String(error));
    return error;
  }
  return assert.fail('nothing was refused');
}

function codes(run: () => unknown): string[] {
  return problemOf(run).issues.map(({ code }) => code);
}

function logLoss(probabilities: Float64Array, labels: Labels): number {
  let sum = 0;
  probabilities.forEach((p, i) => {
    const chance = labels[i] === 1 ? p : 1 - p;
    sum -= Math.log(Math.max(chance, 1e-15));
  });
  return sum / labels.length;
}
