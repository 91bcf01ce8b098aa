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
import { kindNames } from '../table/kind-names.js';
import {
  type Classes,
  type Feature,
  kindOfTargets,
  type Labels,
  type Matrix,
  matrixRows,
  type Numbers,
  type TargetKind,
  type Targets,
} from '../table/matrix.js';
import { takeTargets } from '../table/take-targets.js';
import { probabilityOf } from './log-odds.js';
import { type ContributionUnit, type FitOptions, type Learner, type Model, takesOf } from './models.js';
import { learnerJson } from './reader.js';
import { sharesOf } from './shares-of.js';

/** What a learner claims beyond the contract; each claim is checked, and so is the refusal where it is absent. */
export interface LearnerClaims {
  /**
   * Bears NaN in number columns, when fitted and when predicting, or when predicting only; else it must refuse them.
   */
  bearsMissing?: boolean | 'when predicting';
  /** A weight of k gives the same model as k copies of the row, within 1e-9 of the answer. */
  weightsAreCopies?: boolean;
  /** The order of the columns does not matter, within 1e-9 of the answer. */
  columnOrderIsFree?: boolean;
  /** False where weights that differ must be refused, because what learns would pass over them. */
  knowsWeights?: boolean;
  /**
   * It must have less loss than the same answer for every row on held-out rows: log loss, or the squared error of a number;
   * false for the baseline itself.
   */
  beatsBaseline?: boolean;
  /**
   * Rows that are all the same get the base rate, within .05, or the mean of the numbers, within .05 of their standard
   * deviation; false where probabilities are wilfully not corrected, or numbers are not means.
   */
  keepsBaseRate?: boolean;
  /** Fits only rows that stand in time order; all checks are then made on such rows. */
  ordered?: boolean;
  /** Models must (true, or for these kinds of target) or must not (false) explain themselves; unstated: checked where they do. */
  explains?: boolean | readonly TargetKind[];
}

/** Rows with what came true in three ways: labels, numbers and classes. */
export interface MadeRows {
  matrix: Matrix;
  labels: Labels;
  numbers: Numbers;
  classes: Classes;
}

/** Rows with targets of one kind. */
interface Taught {
  matrix: Matrix;
  targets: Targets;
}

/** The made classes; the last of them comes true in no row. */
const classCount = 4;

/**
 * Rows that can be told apart fairly well: three numbers, a category of four levels (some missing), a number and a
 * category that never change. About a third of the labels are 1; the numbers spread about 10; three of four classes are
 * about as common as each other, the fourth comes true in no row.
 */
export function madeRows(rowCount: number, seed: number, options: { missing?: boolean } = {}): MadeRows {
  const random = seededRandom(seed).fork('made rows');
  const numbers = [0, 1, 2].map(() => new Float64Array(rowCount));
  const codes = new Int32Array(rowCount);
  const labels = new Uint8Array(rowCount);
  const margins = new Float64Array(rowCount);
  for (let i = 0; i < rowCount; i++) {
    for (const values of numbers) values[i] = random.normal();
    codes[i] = random.integer(20) === 0 ? -1 : random.integer(4);
    const margin = -1.4 + 2 * numbers[0]![i]! - 1.5 * numbers[1]![i]! + (codes[i] === 2 ? 2 : 0);
    margins[i] = margin;
    labels[i] = random.uniform() < probabilityOf(margin) ? 1 : 0;
    if (options.missing && random.integer(8) === 0) numbers[random.integer(3)]![i] = Number.NaN;
  }
  const columns: Feature[] = [
    ...numbers.map((values): Feature => ({ kind: 'number', values })),
    { kind: 'category', codes, levels: 4 },
    { kind: 'number', values: new Float64Array(rowCount).fill(7) },
    { kind: 'category', codes: new Int32Array(rowCount), levels: 1 },
  ];
  const others = seededRandom(seed).fork('other targets');
  return {
    matrix: { rowCount, columns },
    labels,
    numbers: margins.map((margin) => 10 + 2 * margin + others.normal()),
    classes: Int32Array.from(margins, (margin) => {
      const level = margin + others.normal();
      return level < -2 ? 0 : level < 0 ? 1 : 2;
    }),
  };
}

/** Registers a suite that checks the whole contract of `Learner` and `Model` on `learner`, for each kind of target that it takes. */
export function checkLearner(learner: Learner, claims: LearnerClaims = {}): void {
  for (const kind of takesOf(learner)) checkKind(learner, { kind, claims });
}

function checkKind(learner: Learner, { kind, claims }: { kind: TargetKind; claims: LearnerClaims }): void {
  const rowsOf = (...how: Parameters<typeof madeRows>): Taught => {
    const { matrix, labels, numbers, classes } = madeRows(...how);
    return { matrix, targets: { yesNo: labels, number: numbers, category: classes }[kind] };
  };
  const made = rowsOf(400, 1);
  const held = madeRows(300, 2).matrix;
  const options: FitOptions = {
    seed: 5,
    ...(claims.ordered && { ordered: true }),
    ...(kind === 'category' && { classes: classCount }),
  };
  const fit = (rows: Taught = made, more: Partial<FitOptions> = {}): Model =>
    learner.fit(rows.matrix, rows.targets, { ...options, ...more });
  let shared: Model | undefined;
  /** The model of the made rows, fitted once: a model never changes. */
  const fitted = (): Model => {
    shared ??= fit();
    return shared;
  };

  /** Predicts, and checks every answer. */
  const answersOf = (model: Model, matrix: Matrix): number[][] => {
    const answers = rowsOfAnswers(model, model.predict(matrix));
    assert.equal(answers.length, matrix.rowCount);
    for (const answer of answers) assert.ok(isAnswer[kind](answer), String(answer));
    return answers;
  };

  describe(`${learner.name} keeps the contract of a learner of ${kindNames[kind]}`, () => {
    test('fitted twice it predicts the same bits, and its JSON is the same text', () => {
      const [first, second] = [fitted(), fit()];
      assert.deepEqual(first.predict(held), second.predict(held));
      assert.equal(canonicalJson(first.toJSON()), canonicalJson(second.toJSON()));
    });

    if (claims.knowsWeights === false) {
      test('refuses weights that differ, and takes those that do not', () => {
        const weights = new Float64Array(400).fill(2);
        assert.deepEqual(fit(made, { weights }).predict(held), fitted().predict(held));
        weights[7] = 1;
        assert.deepEqual(
          issueCodes(() => fit(made, { weights })),
          ['models-no-weights'],
        );
      });
    }

    test('leaves matrix, targets, weights and groups as they are', () => {
      const step = claims.knowsWeights === false ? 0 : 1;
      const weights = Float64Array.from(made.targets, (_, i) => 0.5 + step * (i % 3));
      const groups = Int32Array.from(made.targets, (_, i) => i % 37);
      const given = structuredClone({ ...made, weights, groups });
      fit(given, { weights: given.weights, groups: given.groups }).predict(given.matrix);
      assert.deepEqual(given, { ...made, weights, groups });
    });

    test('answers every row: probabilities within 0 and 1, or finite numbers', () => {
      const model = fitted();
      answersOf(model, held);
      if (kind === 'category') assert.equal(model.width, classCount);
      if (kind === 'yesNo') assert.equal(model.width ?? 1, 1);
    });

    test('one row at a time gives the same bits as all at once', () => {
      const model = fitted();
      const rows = Array.from({ length: held.rowCount }, (_, i) =>
        model.predict(matrixRows(held, Uint32Array.of(i))),
      );
      assert.deepEqual(Float64Array.from(rows.flatMap((row) => [...row])), model.predict(held));
    });

    test('no rows to predict give no answers', () => {
      assert.equal(fitted().predict(matrixRows(held, new Uint32Array(0))).length, 0);
    });

    test('the model read back from JSON predicts the same bits and has the same JSON', () => {
      const model = fitted();
      const read = modelFromJson(parsed(model.toJSON()));
      assert.equal(read.kind, model.kind);
      assert.deepEqual(read.shape, model.shape);
      assert.equal(read.width, model.width);
      assert.deepEqual(read.predict(held), model.predict(held));
      assert.equal(canonicalJson(read.toJSON()), canonicalJson(model.toJSON()));
      if (model.contributions) assert.deepEqual(read.contributions!(held), model.contributions(held));
    });

    test('a model with a field taken away is refused', () => {
      const json = parsed(fitted().toJSON()) as Record<string, Json>;
      for (const field of Object.keys(json)) {
        const { [field]: _, ...rest } = json;
        assert.throws(() => modelFromJson(rest), Problem, field);
      }
    });

    test('the learner read back from its parameters fits the same bits', () => {
      const read = learnerFromJson(parsed(learnerJson(learner) as Json));
      assert.equal(read.name, learner.name);
      assert.equal(canonicalJson(learnerJson(read) as Json), canonicalJson(learnerJson(learner) as Json));
      assert.deepEqual(read.fit(made.matrix, made.targets, options).predict(held), fitted().predict(held));
    });

    test('learner and model print themselves', () => {
      for (const object of [learner, fitted()]) {
        const method = (object as unknown as Record<symbol, unknown>)[
          Symbol.for('nodejs.util.inspect.custom')
        ];
        assert.equal(typeof method, 'function');
        const text: unknown = (method as () => unknown).call(object);
        assert.ok(typeof text === 'string' && text.length > 0 && !text.includes('undefined'), String(text));
      }
    });

    test('refuses what cannot be learned from, all at once, with sentences', () => {
      const empty = {
        matrix: matrixRows(made.matrix, new Uint32Array(0)),
        targets: made.targets.slice(0, 0),
      };
      assert.deepEqual(
        issueCodes(() => fit(empty)),
        ['models-no-rows'],
      );
      const stranger = { yesNo: 2, number: Number.NaN, category: classCount }[kind];
      const wrong = { matrix: made.matrix, targets: made.targets.slice(1).fill(stranger, 0, 1) };
      const problem = problemOf(() => fit(wrong, { weights: Float64Array.of(-1) }));
      assert.deepEqual(
        problem.issues.map(({ code }) => code),
        ['models-lengths', 'models-labels', 'models-lengths', 'models-weights'],
      );
      assert.match(problem.message, /got 399\. Expected 400\./);
      assert.deepEqual(
        issueCodes(() => fit(made, { weights: new Float64Array(400) })),
        ['models-weights'],
      );
      assert.deepEqual(
        issueCodes(() => fit(made, { groups: new Int32Array(3) })),
        ['models-lengths'],
      );
      assert.deepEqual(
        issueCodes(() => fit(made, { seed: Number.NaN })),
        ['models-seed'],
      );
    });

    test('refuses targets of a kind that it does not take', () => {
      const { labels, numbers, classes } = madeRows(400, 1);
      const others = { yesNo: labels, number: numbers, category: classes };
      for (const [other, targets] of Object.entries(others)) {
        if (takesOf(learner).includes(other as TargetKind)) continue;
        assert.deepEqual(
          issueCodes(() => fit({ matrix: made.matrix, targets })),
          ['models-target-kind'],
        );
      }
    });

    test('refuses infinite numbers and codes outside the levels', () => {
      const infinite = withNumber(made, Number.POSITIVE_INFINITY);
      assert.deepEqual(
        issueCodes(() => fit(infinite)),
        ['models-infinite'],
      );
      const columns = made.matrix.columns.map((column): Feature => {
        if (column.kind === 'number') return column;
        return { ...column, codes: column.codes.slice().fill(column.levels, 3, 4) };
      });
      const outside = { ...made, matrix: { ...made.matrix, columns } };
      assert.deepEqual(
        issueCodes(() => fit(outside)),
        ['models-category-code', 'models-category-code'],
      );
    });

    test('refuses to predict a matrix of another shape', () => {
      const model = fitted();
      const { columns } = held;
      const fewer = { ...held, columns: columns.slice(1) };
      const swapped = {
        ...held,
        columns: [columns[3]!, ...columns.slice(1, 3), columns[0]!, ...columns.slice(4)],
      };
      assert.deepEqual(
        issueCodes(() => model.predict(fewer)),
        ['models-shape'],
      );
      assert.deepEqual(
        issueCodes(() => model.predict(swapped)),
        ['models-shape', 'models-shape'],
      );
    });

    if (claims.bearsMissing === true) {
      test('bears missing numbers, fitted and predicting', () => {
        const gaps = rowsOf(400, 3, { missing: true });
        answersOf(fit(gaps), madeRows(50, 4, { missing: true }).matrix);
        answersOf(fitted(), withNumber({ matrix: held, targets: made.targets }, Number.NaN).matrix);
      });
    } else {
      test('refuses missing numbers and says what to do', () => {
        const gap = withNumber(made, Number.NaN);
        assert.match(
          problemOf(() => fit(gap)).message,
          /has missing values.*; impute them first \(`impute`\)/,
        );
        if (claims.bearsMissing) answersOf(fitted(), gap.matrix);
        else
          assert.deepEqual(
            issueCodes(() => fitted().predict(gap.matrix)),
            ['models-missing'],
          );
      });
    }

    test('bears a category never seen (-1) in every row', () => {
      const columns = held.columns.map(
        (column): Feature =>
          column.kind === 'number' ? column : { ...column, codes: column.codes.slice().fill(-1) },
      );
      answersOf(fitted(), { ...held, columns });
    });

    test('targets that are all the same give that for every row', () => {
      for (const target of { yesNo: [0, 1], number: [0, -7.25], category: [0, 1] }[kind]) {
        const model = fit({ matrix: made.matrix, targets: made.targets.slice().fill(target) });
        const answers = answersOf(model, held);
        for (const answer of answers) {
          if (kind === 'yesNo') assert.equal(answer[0], target);
          if (kind === 'number') assert.ok(Math.abs(answer[0]! - target) < 1e-9, String(answer[0]));
          if (kind === 'category')
            assert.deepEqual(
              answer,
              [0, 1, 2, 3].map((code) => (code === target ? 1 : 0)),
            );
        }
        assert.deepEqual(modelFromJson(parsed(model.toJSON())).predict(held), model.predict(held));
      }
    });

    if (kind === 'category') {
      test('a class that no training row has gets the probability 0', () => {
        for (const answer of answersOf(fitted(), held)) assert.equal(answer[classCount - 1], 0);
      });
    }

    if (claims.keepsBaseRate !== false) {
      test('rows that are all the same give about what they were on average', () => {
        const same = { matrix: matrixRows(made.matrix, new Uint32Array(400)), targets: made.targets };
        const [average, unit] = averageOf(made.targets);
        for (const answer of answersOf(fit(same), same.matrix))
          average.forEach((expected, k) => {
            assert.ok(Math.abs(answer[k]! - expected) < 0.05 * unit, `${answer[k]} instead of ${expected}`);
          });
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
      test('has less loss than the same answer for every row, on held-out rows', () => {
        const { matrix, targets } = rowsOf(1000, 9);
        const [average] = averageOf(made.targets);
        const own = lossOf(answersOf(fitted(), matrix), targets);
        const base = lossOf(
          Array.from(targets, () => average),
          targets,
        );
        assert.ok(own < 0.9 * base, `${own} against ${base}`);
      });
    }

    if (claims.weightsAreCopies) {
      test('a weight of k is k copies of the row', () => {
        const weights = Float64Array.from(made.targets, (_, i) => i % 4);
        const copies = Uint32Array.from([...made.targets.keys()].flatMap((i) => Array(i % 4).fill(i)));
        const copied = {
          matrix: matrixRows(made.matrix, copies),
          targets: takeTargets(made.targets, copies),
        };
        near(fit(made, { weights }).predict(held), fit(copied).predict(held));
      });
    }

    if (claims.columnOrderIsFree) {
      test('the order of the columns does not matter', () => {
        const turned = (matrix: Matrix): Matrix => ({ ...matrix, columns: [...matrix.columns].reverse() });
        near(fit({ ...made, matrix: turned(made.matrix) }).predict(turned(held)), fitted().predict(held));
      });
    }

    test('contributions, where there are any, add up to the answer', () => {
      const model = fitted();
      const { explains } = claims;
      if (explains !== undefined) {
        const must = typeof explains === 'boolean' ? explains : explains.includes(kind);
        assert.equal(model.contributions !== undefined, must);
      }
      if (!model.contributions) return;
      const { base, columnCount, unit = 'log-odds', values } = model.contributions(held);
      assert.ok(unitsOf[kind].includes(unit), unit);
      assert.equal(columnCount, held.columns.length);
      assert.equal(values.length, held.rowCount * columnCount);
      const added = Float64Array.from({ length: held.rowCount }, (_, i) => {
        const own = values.subarray(i * columnCount, (i + 1) * columnCount);
        const sum = own.reduce((all, value) => all + value, base);
        if (unit === 'log') return Math.exp(sum);
        return unit === 'log-odds' ? probabilityOf(sum) : sum;
      });
      near(
        added,
        Float64Array.from(answersOf(model, held), ([first]) => first!),
      );
    });
  });
}

const unitsOf: Readonly<Record<TargetKind, readonly ContributionUnit[]>> = {
  yesNo: ['log-odds', 'probability'],
  number: ['target', 'log'],
  category: [],
};

/** The answer to each row. */
function rowsOfAnswers({ width = 1 }: Model, predicted: Float64Array): number[][] {
  return Array.from({ length: predicted.length / width }, (_, i) => [
    ...predicted.subarray(i * width, (i + 1) * width),
  ]);
}

/** Whether it is an answer: a probability; a number, perhaps within its bounds; or probabilities that sum to 1. */
const isAnswer: Readonly<Record<TargetKind, (answer: readonly number[]) => boolean>> = {
  yesNo: ([p, ...more]) => more.length === 0 && p! >= 0 && p! <= 1,
  number: ([value, low = value, high = value]) =>
    Number.isFinite(value) && low! <= value! && value! <= high! && Number.isFinite(high! - low!),
  category: (answer) =>
    answer.every((p) => p >= 0 && p <= 1) && Math.abs(answer.reduce((sum, p) => sum + p, 0) - 1) < 1e-9,
};

function withNumber({ matrix, targets }: Taught, value: number): Taught {
  const columns = matrix.columns.map((column, j): Feature => {
    return j === 1 && column.kind === 'number'
      ? { ...column, values: column.values.slice().fill(value, 5, 6) }
      : column;
  });
  return { matrix: { ...matrix, columns }, targets };
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

function issueCodes(run: () => unknown): string[] {
  return problemOf(run).issues.map(({ code }) => code);
}

/** What the same answer for every row should be, and the unit in which to be near it. */
function averageOf(targets: Targets): [answer: number[], unit: number] {
  if (targets instanceof Int32Array) return [[...sharesOf(targets, { classes: classCount })], 1];
  const mean = meanOf(targets);
  if (targets instanceof Uint8Array) return [[mean], 1];
  return [[mean], Math.sqrt(meanOf(targets.map((target) => (target - mean) ** 2)))];
}

/** Mean log loss, or for numbers the mean squared error. */
function lossOf(answers: readonly (readonly number[])[], targets: Targets): number {
  const kind = kindOfTargets(targets);
  const losses = answers.map((answer, i) => {
    const target = targets[i]!;
    if (kind === 'number') return (answer[0]! - target) ** 2;
    const chance = kind === 'category' ? answer[target]! : target === 1 ? answer[0]! : 1 - answer[0]!;
    return -Math.log(Math.max(chance, 1e-15));
  });
  return meanOf(losses);
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}
