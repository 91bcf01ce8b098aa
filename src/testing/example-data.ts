/** What the examples of docstrings may name without making it: a small made campaign, its recipe, a model and its predictions. */
import { createRequire } from 'node:module';
import { byCapacity } from '../decide/by-capacity.js';
import { crossValidate } from '../evaluate/cross-validate.js';
import type { Protocol } from '../evaluate/evaluate.js';
import { type FittedPipeline, pipeline } from '../evaluate/pipeline.js';
import { forwardChaining } from '../evaluate/protocols/forward-chaining.js';
import { splitByOrder } from '../evaluate/split.js';
import type { Recipe } from '../features/features.js';
import { impute } from '../features/impute.js';
import { ordinal } from '../features/ordinal.js';
import { features } from '../features/recipe.js';
import { scale } from '../features/scale.js';
import { definePanel } from '../forecast/panel/define-panel.js';
import { panelOf } from '../forecast/panel/panel-of.js';
import type { DeclaredPanel } from '../forecast/panel/panel-schema.js';
import { week } from '../forecast/panel/time-types.js';
import { logistic } from '../models/logistic.js';
import { seededRandom } from '../random.js';
import { category, number, yesNo } from '../schema/column-types.js';
import { labelsOf, makeDataset } from '../schema/dataset.js';
import { defineSchema } from '../schema/define-schema.js';
import { requestRow } from '../schema/request-row.js';
import type { Dataset, Schema } from '../schema/schema.js';
import { type Artefact, makeArtefact, readArtefact } from '../study/artefact.js';
import type { DanfoFrame, DanfoModule } from '../table/danfo.js';
import type { Labels, Matrix } from '../table/matrix.js';
import { categoryColumn, numberColumn, table } from '../table/table.js';
import type { Predictions } from '../task/predictions.js';
import { made, madeRecipe } from './made-dataset.js';
import { madeClasses, madeNumbers } from './made-targets.js';

export { borrowers, loanRows, loans } from './example-loans.js';

type Before = 'age' | 'job' | 'balance' | 'housing' | 'day' | 'month' | 'campaign' | 'pdays' | 'poutcome';

/** Calls as a bank places them: `duration` is known when it hangs up, all else before. */
export const bank: Schema<Before, 'duration'> = defineSchema({
  moment: 'the call is placed',
  target: yesNo('y'),
  order: 'rows',
  before: {
    age: number({ unit: 'years', integer: true }),
    job: category(),
    balance: number({ unit: 'EUR' }),
    housing: yesNo(),
    day: number({ integer: true, range: [1, 31] }),
    month: category(),
    campaign: number({ integer: true }),
    pdays: number({ missing: [-1] }),
    poutcome: category({ because: 'how the campaign before this one ended' }),
  },
  after: { duration: number({ unit: 's', because: 'it is known when we hang up' }) },
});

/** 600 calls in time order; older and idle clients say yes more often, and later calls last longer. */
export const calls: Dataset<Before, 'duration'> = makeCalls(600);

const parts = splitByOrder(calls);

/** The first 80 % of the calls. */
export const train: typeof calls = parts.train;

/** The last 20 % of the calls. */
export const test: typeof calls = parts.test;

/** 1 for yes, 0 for no, a number for each row of `train`. */
export const labels: Labels = labelsOf(train);

/** What a linear model reads of the calls. */
export const recipe: Recipe = features(bank, [
  ordinal('job', 'month', 'poutcome'),
  scale('age', 'balance', 'campaign', impute('pdays')),
]);

/** A logistic model, fitted on `train`. */
export const model: FittedPipeline = pipeline(recipe, logistic()).fit(train, { seed: 7 });

/** What the model sees of the rows of `train`. */
export const matrix: Matrix = model.features(train);

/** Never learns from a later call. */
export const protocol: Protocol = forwardChaining();

/** Predictions of held-out calls. */
export const predictions: Predictions = crossValidate(pipeline(recipe, logistic()), {
  dataset: calls,
  protocol,
});

/** The model as it is kept and served, with its policy. */
export const artefact: Artefact = readArtefact(
  makeArtefact(
    {
      study: 'term-deposit',
      pipeline: model,
      policy: byCapacity({ actionsPerDay: 200, rowsPerDay: 1000, verb: 'call' }).fit(predictions),
      trainedOn: train,
      measuredOn: test,
      scores: {},
      seed: 7,
      program: 'alambique 0.1.0',
      why: 'It is the one of the examples.',
      card: '# An example\n',
    },
    new Date('2026-11-21T06:00:00Z'),
  ),
);

/** One client, as a request sends them: a row of what is known before the call. */
export const clientRow: Record<string, string | number | null> = requestRow(bank, test.table, 0);

/** 400 letters to 40 clients, whose rows belong together. */
export const letters: Dataset = made(400, { groups: 40 });

/** What 300 days sold, in pieces, in time order. */
export const sales: Dataset = madeNumbers(300, { ordered: true });

/** What a linear model reads of the sales. */
export const salesRecipe: Recipe = madeRecipe(sales);

/** Which plan each of 200 clients took. */
export const plans: Dataset = madeClasses(200);

/** What a linear model reads of the clients. */
export const plansRecipe: Recipe = madeRecipe(plans);

/** Two years of weekly sales of two products, of which one sells now and then; promotions are known for a quarter more. */
export const panel: DeclaredPanel = makePanel(104);

/** `import * as danfo from 'danfojs-node'`. */
export const danfo: DanfoModule<DanfoFrame> = createRequire(import.meta.url)('danfojs-node');

function makeCalls(rowCount: number): Dataset<Before, 'duration'> {
  const random = seededRandom(1);
  const pick = <T>(values: readonly T[]): T => values[random.integer(values.length)]!;
  const months = ['may', 'jun', 'jul', 'aug', 'nov'];
  const rows = Array.from({ length: rowCount }, (_, i) => {
    const [age, job] = [18 + random.integer(60), pick(['management', 'retired', 'student', 'technician'])];
    const yes = random.uniform() < 1 / (1 + Math.exp(3 - age / 40 - (job === 'retired' ? 1 : 0)));
    const pdays = random.uniform() < 0.6 ? null : 30 + random.integer(300);
    return {
      ...{
        age,
        job,
        pdays,
        yes,
        balance: Math.round(800 * random.normal()),
        campaign: 1 + random.integer(4),
      },
      housing: pick(['yes', 'no']),
      month: months[Math.floor((i * months.length) / rowCount)]!,
      day: 1 + Math.floor(((i % 120) * 28) / 120),
      poutcome: pdays === null ? 'unknown' : pick(['failure', 'success']),
      duration: Math.round(100 + 300 * random.uniform() + (yes ? 200 : 0)),
    };
  });
  const numbers = ['age', 'balance', 'day', 'campaign', 'pdays', 'duration'] as const;
  const texts = ['job', 'housing', 'month', 'poutcome'] as const;
  const columns = [
    ...numbers.map((name) => numberColumn(name, rows.map((row) => row[name]))), // biome-ignore format: one thought
    ...texts.map((name) => categoryColumn(name, rows.map((row) => row[name]))), // biome-ignore format: one thought
    categoryColumn('y', rows.map(({ yes }) => (yes ? 'yes' : 'no'))), // biome-ignore format: one thought
  ];
  const source = { name: 'calls.csv', sha256: '0'.repeat(64), simulated: true };
  return makeDataset(bank, table(columns).pick([...bank.columns.map(({ name }) => name), 'y']), source);
}

function makePanel(weeks: number): DeclaredPanel {
  const schema = definePanel({
    moment: 'the order is placed on Monday morning',
    series: ['product'],
    time: week('week'),
    target: number('sold', { integer: true }),
    before: { department: category() },
    ahead: { promotion: yesNo() },
  });
  const random = seededRandom(3);
  const rows = ['milk', 'lamp'].flatMap((product) =>
    Array.from({ length: weeks + 13 }, (_, i) => {
      const promotion = i % 13 === 5;
      const level = product === 'milk' ? 20 + 5 * Math.sin((2 * Math.PI * i) / 52) : 0.6;
      const demand = (promotion ? 1.5 : 1) * level;
      return { product, promotion, i, sold: i < weeks ? Math.floor(demand * 2 * random.uniform()) : null };
    }),
  );
  const monday = (i: number): string => new Date(Date.UTC(2024, 10, 4 + 7 * i)).toISOString().slice(0, 10);
  const long = table([
    categoryColumn('product', rows.map(({ product }) => product)), // biome-ignore format: one thought
    categoryColumn('week', rows.map(({ i }) => monday(i))), // biome-ignore format: one thought
    categoryColumn('department', rows.map(({ product }) => (product === 'milk' ? 'food' : 'home'))), // biome-ignore format: one thought
    categoryColumn('promotion', rows.map(({ promotion }) => (promotion ? 'yes' : 'no'))), // biome-ignore format: one thought
    numberColumn('sold', rows.map(({ sold }) => sold)), // biome-ignore format: one thought
  ]);
  return panelOf(schema, long);
}
