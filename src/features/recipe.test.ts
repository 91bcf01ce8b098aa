import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inspect } from 'node:util';
import { canonicalJson, type Json, type JsonObject } from '../json.js';
import { Problem } from '../problem.js';
import { category, date, id, number, yesNo } from '../schema/column-types.js';
import type { Schema, SchemaColumn } from '../schema/schema.js';
import { categoryColumn } from '../table/table.js';
import { bins } from './bins.js';
import { cross } from './cross.js';
import { cyclic } from './cyclic.js';
import type { Recipe, Step } from './features.js';
import { impute } from './impute.js';
import { numbers } from './numbers.js';
import { oneHot } from './one-hot.js';
import { ordinal } from './ordinal.js';
import { features } from './recipe.js';
import { fittedRecipeFromJson, recipeFromJson } from './recipe-from-json.js';
import { scale } from './scale.js';
import { signedLog } from './signed-log.js';
import { madeContext, madeTable } from './step-checks.js';
import { targetMean } from './target-mean.js';

const before = {
  age: number(),
  balance: number(),
  constant: number(),
  job: category(),
  month: category(),
  since: date(),
  client: id(),
};
const after = { duration: number({ because: 'known when we hang up' }), answered: category() };

const bank: Schema<keyof typeof before, keyof typeof after> = {
  moment: 'the call is placed',
  target: { name: 'y', type: yesNo('y') },
  order: 'rows',
  group: undefined,
  columns: [
    ...Object.entries(before).map(([name, type]): SchemaColumn => ({ name, known: 'before', type })),
    ...Object.entries(after).map(([name, type]): SchemaColumn => ({ name, known: 'after', type })),
  ],
  before: Object.keys(before) as (keyof typeof before)[],
  late: Object.keys(after) as (keyof typeof after)[],
};

const everyStep: readonly Step<'age' | 'balance' | 'job' | 'month' | 'constant'>[] = [
  oneHot('job', bins(['age', 'balance'], { count: 5 }), cross('job', 'month')),
  scale(impute(['age', signedLog('balance')]), targetMean(['job', 'month'])),
  cyclic('month'),
  ordinal('job'),
  numbers('age', 'constant'),
];

describe('features', () => {
  test('a step that names a late column does not compile, and is refused at run time with all the others', () => {
    const late = codesOf(() =>
      features(bank, [
        // @ts-expect-error duration is known after the call
        scale('duration'),
        // @ts-expect-error however deep it hides
        oneHot('job', cross('month', 'answered')),
        // @ts-expect-error no such column
        scale('agee'),
        // @ts-expect-error what is predicted
        oneHot('y'),
        ordinal('client'),
      ]),
    );
    assert.deepEqual(late, [
      'features-late-column',
      'features-late-column',
      'features-unknown-column',
      'features-target-column',
      'features-id-column',
    ]);
  });

  test('the refusal says when the column is known and what to do', () => {
    const untyped: Schema = bank;
    assert.throws(() => features(untyped, [scale('duration')]), {
      message:
        'Column "duration" cannot be a feature: it is only known after the call is placed (known when we hang up). ' +
        'Leave it out, or move it to `before` if that is wrong.',
    });
    assert.throws(() => features(untyped, [scale('agee')]), { message: /Did you mean "age"\?/ });
  });

  test('kinds that do not fit are refused before anything is fitted', () => {
    const found = codesOf(() =>
      features(bank, [scale('job'), oneHot('age'), cross('job', 'age'), scale(bins('age'))]),
    );
    assert.deepEqual(found, Array(4).fill('features-wrong-kind'));
    assert.throws(() => features(bank, [scale('job')]), {
      message:
        'Column "job" holds text, and scale works on numbers. Make text into numbers first, with oneHot or targetMean.',
    });
    assert.deepEqual(
      codesOf(() => features(bank, [])),
      ['features-no-step'],
    );
  });

  test('prints itself', () => {
    assert.equal(
      inspect(features(bank, [oneHot('job', bins('age', { count: 5 })), scale('balance')])),
      [
        'Recipe: 2 steps on 3 columns known before the call is placed',
        '  oneHot(job, bins(age, count 5))',
        '  scale(balance)',
      ].join('\n'),
    );
  });
});

describe('a recipe', () => {
  const train = madeTable(200, 1);
  const later = madeTable(50, 2);
  const context = madeContext(200);
  const recipe: Recipe = features(bank, everyStep);

  test('gives the same bits for training rows as at serving, target means apart', () => {
    const { recipe: fitted, matrix } = recipe.fit(train, context);
    const served = fitted.transform(train);
    fitted.outputs.forEach(({ name }, i) => {
      if (name.includes('target mean')) assert.notDeepEqual(served.columns[i], matrix.columns[i], name);
      else assert.deepEqual(served.columns[i], matrix.columns[i], name);
    });
    assert.equal(matrix.rowCount, 200);
    assert.equal(served.columns.length, fitted.outputs.length);
  });

  test('names every column of the matrix differently', () => {
    const { recipe: fitted } = recipe.fit(train, context);
    const names = fitted.outputs.map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
    assert.ok(names.includes('age (2)'), 'numbers("age") beside scale(impute("age"))');
  });

  test('goes to a worker and back as JSON, and is the same recipe', () => {
    const rebuilt = recipeFromJson(bank, throughJson(recipe.toJSON()));
    assert.equal(inspect(rebuilt), inspect(recipe));
    const one = recipe.fit(train, context);
    const other = rebuilt.fit(train, context);
    assert.deepEqual(other.matrix, one.matrix);
    assert.equal(canonicalJson(other.recipe.toJSON()), canonicalJson(one.recipe.toJSON()));
  });

  test('fitted, it is read back to the same bits', () => {
    const { recipe: fitted } = recipe.fit(train, context);
    const read = fittedRecipeFromJson(throughJson(fitted.toJSON()));
    assert.deepEqual(read.transform(later), fitted.transform(later));
    assert.deepEqual(read.levels, fitted.levels);
    assert.deepEqual(read.outputs, fitted.outputs);
    assert.equal(inspect(read), inspect(fitted));
  });

  test('asks for every column it lacks at once, and for the kind it was trained on', () => {
    const { recipe: fitted } = recipe.fit(train, context);
    const lacking = codesOf(() => fitted.transform(later.pick(['age', 'month'])));
    assert.deepEqual(lacking, Array(3).fill('features-missing-column'));
    const wrong = later.with(categoryColumn('age', Array(50).fill('old')));
    assert.deepEqual(
      codesOf(() => fitted.transform(wrong)),
      ['features-wrong-kind'],
    );
    assert.deepEqual(
      codesOf(() => recipe.fit(train.pick(['age']), context)),
      Array(4).fill('features-missing-column'),
    );
  });

  test('refuses no rows, and labels that do not match', () => {
    assert.deepEqual(
      codesOf(() => recipe.fit(train.slice(0, 0), madeContext(0))),
      ['features-rows'],
    );
    assert.deepEqual(
      codesOf(() => recipe.fit(train, madeContext(199))),
      ['features-rows'],
    );
  });

  test('fitted, prints its columns and how many features each is in', () => {
    const { recipe: fitted } = features(bank, [oneHot('job'), scale('age')]).fit(train, context);
    assert.equal(
      inspect(fitted).replaceAll(/ +/g, ' '),
      'Fitted recipe: 2 columns become 5 features\ncolumn kind features\n------ -------------- --------\njob text, 4 levels 4\nage numbers 1',
    );
  });
});

test('a saved recipe that was tampered with is refused with the place', () => {
  const { recipe } = features(bank, everyStep).fit(madeTable(200, 1), madeContext(200));
  const places: [path: (string | number)[], value: Json][] = [
    [['steps', 0, 'kind'], 'twoHot'],
    [['steps', 0, 'inputs', 0, 'levels', 1], 'retired'],
    [['steps', 0, 'inputs', 1, 'learned', 0, 'edges', 1], -1e9],
    [['steps', 0, 'inputs', 2, 'learned', 0], 1e6],
    [['steps', 0, 'inputs', 2, 'learned', 0], 0.5],
    [['steps', 1, 'learned', 0, 'sd'], -1],
    [['steps', 1, 'learned', 0, 'mean'], null],
    [['steps', 1, 'inputs', 1, 'learned', 0, 'prior'], 2],
    [['steps', 1, 'inputs', 1, 'learned', 0, 'means'], [0.5]],
    [['steps', 2, 'learned', 0, 'turns', 0], 7],
    [['steps', 1, 'inputs', 0, 'inputs', 0], { column: 'age', levels: ['a'] }],
    [['steps', 4, 'inputs', 0], { column: 'duration' }],
    [['columns', 1], { name: 'age', levels: ['young'] }],
    [['columns', 0, 'name'], 'age'],
    [['columns'], 7],
  ];
  for (const [path, value] of places) {
    const json = throughJson(recipe.toJSON()) as JsonObject;
    let at = json as unknown as Record<string | number, unknown>;
    for (const key of path.slice(0, -1)) at = at[key] as Record<string | number, unknown>;
    assert.ok(at[path[path.length - 1]!] !== undefined, `${path.join('/')} is there to be changed`);
    at[path[path.length - 1]!] = value;
    assert.deepEqual(
      codesOf(() => fittedRecipeFromJson(json)),
      ['artefact-structure'],
      path.join('/'),
    );
  }
});

function throughJson(value: JsonObject): unknown {
  return JSON.parse(canonicalJson(value));
}

/** The codes of the Problem that `run` throws. */
function codesOf(run: () => unknown): string[] {
  try {
    run();
  } catch (error) {
    if (error instanceof Problem) return error.issues.map(({ code }) => code);
    throw error;
  }
  return [];
}
