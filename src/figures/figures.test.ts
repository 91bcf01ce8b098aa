/** The figures for exploring: what each draws, and of what. Long, because each has its own cases. */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { describe, it } from 'node:test';
import { mimeBundle } from '../display.js';
import { Problem } from '../problem.js';
import type { Figure } from '../report/figure.js';
import { toDanfo } from '../table/danfo.js';
import { categoryColumn, dateColumn, numberColumn, table } from '../table/table.js';
import { bars, type FigureData, heatmap, histogram, missingness, rateBy, scatter } from './figures.js';

const danfo = createRequire(import.meta.url)('danfojs-node');

const people = table([
  numberColumn('age', [20, 30, 40, 50, 60, 70, 80, null]),
  categoryColumn('job', ['cook', 'cook', 'smith', 'smith', 'smith', 'clerk', null, 'cook']),
  categoryColumn('bought', ['yes', 'no', 'no', 'no', 'yes', 'yes', 'no', 'no']),
  numberColumn('pay', [2, 1, 4, 3, 5, null, 7, 6]),
  dateColumn(
    'day',
    [0, 1, 2, 3, 4, 5, 6, null].map((day) => (day === null ? null : day * 86_400_000)),
  ),
]);

/** The same rows in every form that a figure takes. */
const forms: Record<string, FigureData> = {
  'a table': people.pick(['age', 'job', 'bought', 'pay']),
  'a dataset': { table: people.pick(['age', 'job', 'bought', 'pay']) },
  "danfo's frame": toDanfo(people.pick(['age', 'job', 'bought', 'pay']), danfo),
  arrays: {
    age: people.numbers('age'),
    job: ['cook', 'cook', 'smith', 'smith', 'smith', 'clerk', null, 'cook'],
    bought: ['yes', 'no', 'no', 'no', 'yes', 'yes', 'no', 'no'],
    pay: [2, 1, 4, 3, 5, null, 7, 6],
  },
};

const draw: Record<string, (data: FigureData) => Figure> = {
  histogram: (data) => histogram(data, { x: 'age' }),
  'histogram by': (data) => histogram(data, { x: 'age', by: 'bought' }),
  bars: (data) => bars(data, { x: 'job' }),
  rateBy: (data) => rateBy(data, { x: 'job', y: 'bought' }),
  'rateBy of a number': (data) => rateBy(data, { x: 'age', y: 'pay' }),
  scatter: (data) => scatter(data, { x: 'age', y: 'pay', by: 'job' }),
  heatmap: (data) => heatmap(data, { x: 'job', y: 'bought', z: 'pay' }),
  missingness: (data) => missingness(data),
};

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    assert.ok(error instanceof Problem);
    return error.issues[0]!.code;
  }
  return 'none';
}

function total(values: unknown): number {
  return (values as number[]).reduce((sum, value) => sum + value, 0);
}

describe('every figure', () => {
  for (const [name, drawn] of Object.entries(draw)) {
    it(`draws the same of a table, a dataset, a frame of danfo and arrays: ${name}`, () => {
      const figures = Object.values(forms).map((data) => JSON.stringify(drawn(data)));
      assert.deepEqual(new Set(figures).size, 1, [...new Set(figures)].join('\n'));
    });

    it(`is plain data with words, and shows itself: ${name}`, () => {
      const figure = drawn(people);
      assert.deepEqual(JSON.parse(JSON.stringify(figure)), figure);
      assert.doesNotMatch(JSON.stringify(figure), /NaN|undefined|Infinity/);
      assert.ok(figure.title.length > 10 && figure.alt.length > 20);
      const shown = mimeBundle(figure);
      assert.ok('application/vnd.plotly.v1+json' in shown);
      assert.match(String(shown['text/plain']), /^Figure: /);
    });

    it(`draws no row and no value without breaking: ${name}`, () => {
      const none = table([
        numberColumn('age', []),
        categoryColumn('job', []),
        numberColumn('bought', []),
        numberColumn('pay', []),
      ]);
      const empty = table([
        numberColumn('age', [null, null]),
        categoryColumn('job', [null, null]),
        numberColumn('bought', [null, null]),
        numberColumn('pay', [null, null]),
      ]);
      for (const data of [none, empty]) {
        const figure = drawn(data);
        assert.doesNotMatch(JSON.stringify(figure), /NaN|Infinity/);
        assert.doesNotMatch(figure.title + figure.alt, /undefined/);
      }
    });
  }

  it('has few marks however many rows there are', () => {
    const rows = 45_211;
    const many = table([
      numberColumn(
        'age',
        Array.from({ length: rows }, (_, i) => 18 + ((i * 7919) % 70)),
      ),
      numberColumn(
        'pay',
        Array.from({ length: rows }, (_, i) => Math.sin(i) * 1000),
      ),
      categoryColumn(
        'job',
        Array.from({ length: rows }, (_, i) => `job ${i % 300}`),
      ),
      categoryColumn(
        'bought',
        Array.from({ length: rows }, (_, i) => (i % 9 ? 'no' : 'yes')),
      ),
    ]);
    for (const [name, drawn] of Object.entries(draw))
      assert.ok(JSON.stringify(mimeBundle(drawn(many))).length < 300_000, name);
    assert.match(
      String(JSON.stringify(scatter(many, { x: 'age', y: 'pay' }).layout)),
      /2,000 of 45,211 rows, drawn at random/,
    );
  });

  it('names the nearest column where one is misspelt, and asks for one where none is named', () => {
    assert.throws(() => histogram(people, { x: 'agge' }), /Did you mean "age"\?/);
    assert.equal(
      codeOf(() => histogram(forms.arrays!, { x: 'agge' })),
      'figure-unknown-column',
    );
    assert.equal(
      codeOf(() => histogram(people)),
      'figure-no-column',
    );
  });
});

describe('histogram', () => {
  it('counts every value once, in bars with round edges', () => {
    const [trace] = histogram([1, 1, 2, 3, 10, null], { bins: 5 }).data;
    assert.equal(total(trace!.y), 5);
    assert.deepEqual(
      [trace!.x, trace!.y],
      [
        [1, 3, 5, 7, 9, 11],
        [2, 2, 0, 0, 0, 1],
      ],
    );
  });

  it('puts a thin tail into the last bar, and says so', () => {
    const values = Array.from({ length: 1000 }, (_, i) => (i < 998 ? i % 50 : 9_000 + i));
    const figure = histogram(values, { x: 'days' });
    assert.equal(total(figure.data[0]!.y), 1000);
    assert.match(JSON.stringify(figure.layout), /last bar: all from 48 on/);
    assert.match(JSON.stringify(figure.data), /48 and above/);
  });

  it('draws groups as shares of their own rows', () => {
    const figure = histogram(people, { x: 'age', by: 'bought' });
    assert.equal(figure.data.length, 2);
    for (const { y } of figure.data)
      assert.equal(Math.round(1e9 * total(y)) / 1e9, 2, 'each bar has two ends');
  });

  it('says how many rows have no value, takes dates, and refuses text', () => {
    assert.match(JSON.stringify(histogram(people, { x: 'age' }).layout), /1 of 8 rows have no value/);
    assert.equal((histogram(people, { x: 'day' }).layout.xaxis as { type: string }).type, 'date');
    assert.equal(
      codeOf(() => histogram(people, { x: 'job' })),
      'figure-wrong-kind',
    );
  });
});

describe('bars', () => {
  it('counts levels by frequency, the rest as one, and rows without a value apart', () => {
    const [trace] = bars(people, { x: 'job', most: 2 }).data;
    assert.deepEqual(
      [trace!.y, trace!.x],
      [
        ['cook', '2 other levels', '(missing)'],
        [3, 4, 1],
      ],
    );
  });
});

describe('rateBy', () => {
  it("gives shares with Wilson's interval: 3 of 10 is .3 (.108 to .603)", () => {
    const group = Array.from({ length: 10 }, () => 'a');
    const [trace] = rateBy({ group, y: group.map((_, i) => (i < 3 ? 1 : 0)) }, { x: 'group', y: 'y' }).data;
    assert.deepEqual(trace!.x, [0.3]);
    const { array, arrayminus } = trace!.error_x as { array: number[]; arrayminus: number[] };
    // statsmodels.stats.proportion.proportion_confint(3, 10, method='wilson')
    assert.ok(Math.abs(0.3 + array[0]! - 0.60322) < 1e-4 && Math.abs(0.3 - arrayminus[0]! - 0.10779) < 1e-4);
  });

  it('orders levels by their rate, and leaves out rows without an outcome', () => {
    const [trace, missing] = rateBy(people, { x: 'job', y: 'bought' }).data;
    assert.deepEqual(trace!.y, ['clerk · 1', 'cook · 3', 'smith · 3']);
    assert.deepEqual(trace!.x, [1, 1 / 3, 1 / 3]);
    assert.deepEqual([missing!.y, missing!.x], [['(missing) · 1'], [0]]);
    const [means] = rateBy(people, { x: 'bought', y: 'pay' }).data;
    assert.deepEqual(
      [means!.y, means!.x],
      [
        ['no · 5', 'yes · 2'],
        [4.2, 3.5],
      ],
    );
  });

  it('cuts a number into ranges of equally many rows, in their order', () => {
    const age = Array.from({ length: 100 }, (_, i) => i);
    const [trace] = rateBy(
      { age, old: age.map((one) => Number(one >= 50)) },
      { x: 'age', y: 'old', bins: 4 },
    ).data;
    assert.deepEqual(
      [trace!.x, trace!.y],
      [
        ['0 to 24', '25 to 49', '50 to 74', '75 to 99'],
        [0, 0, 1, 1],
      ],
    );
  });

  it('asks which level counts where it is not plain', () => {
    const data = { x: ['a', 'a', 'b'], plan: ['gold', 'silver', 'none'] };
    assert.equal(
      codeOf(() => rateBy(data, { x: 'x', y: 'plan' })),
      'figure-which-level',
    );
    assert.throws(() => rateBy(data, { x: 'x', y: 'plan', yes: 'goldd' }), /Did you mean "gold"/);
    assert.deepEqual(rateBy(data, { x: 'x', y: 'plan', yes: 'gold' }).data[0]!.x, [0.5, 0]);
  });
});

describe('scatter', () => {
  it('shows all rows that have both values, or a sample that depends on the seed alone', () => {
    assert.equal((scatter(people, { x: 'age', y: 'pay' }).data[0]!.x as []).length, 6);
    const data = {
      a: Array.from({ length: 500 }, (_, i) => i),
      b: Array.from({ length: 500 }, (_, i) => -i),
    };
    const drawn = (seed: number): unknown => scatter(data, { x: 'a', y: 'b', most: 50, seed }).data[0]!.x;
    assert.deepEqual(drawn(1), drawn(1));
    assert.notDeepEqual(drawn(1), drawn(2));
    assert.equal(new Set(drawn(1) as number[]).size, 50);
    assert.match(scatter(data, { x: 'a', y: 'b', most: 50 }).title, /correlation is −1\.00/);
  });
});

describe('heatmap', () => {
  it("gives Pearson's correlation over the rows that have both values", () => {
    const [trace] = heatmap({
      a: [1, 2, 3, 4, 9],
      b: [2, 1, 4, 3, null],
      word: ['x', 'x', 'x', 'x', 'x'],
    }).data;
    // numpy.corrcoef([1, 2, 3, 4], [2, 1, 4, 3])
    assert.deepEqual(trace!.x, ['a', 'b']);
    assert.ok(Math.abs((trace!.z as number[][])[0]![1]! - 0.6) < 1e-12);
  });

  it('counts pairs, or gives the rate in each', () => {
    const counts = heatmap(people, { x: 'bought', y: 'job' }).data[0]!;
    assert.deepEqual(counts.x, ['no', 'yes']);
    assert.deepEqual(counts.z, [
      [2, 1],
      [2, 1],
      [0, 1],
      [1, 0],
    ]);
    const rates = heatmap(people, { x: 'bought', y: 'job', z: 'pay' }).data[0]!;
    assert.deepEqual((rates.z as unknown[][])[2], [null, null], 'the only clerk has no pay');
  });
});

describe('missingness', () => {
  it('counts blanks and codes, the emptiest column first', () => {
    const data = { a: ['x', null, 'unknown', 'unknown'], b: [1, -1, 2, 3], c: [1, 2, 3, 4] };
    assert.match(missingness(data).title, /^1 of 3 columns have gaps: a lacks 25\s%/);
    const { data: marks, title } = missingness(data, { codes: ['unknown', -1] });
    assert.match(title, /^2 of 3 columns have gaps: a lacks 75\s%/);
    assert.deepEqual(
      marks.map(({ x, y }) => [y, x]),
      [
        [
          ['a', 'b'],
          [0.25, 0],
        ],
        [
          ['a', 'b'],
          [0.5, 0.25],
        ],
      ],
    );
    assert.match(missingness({ c: [1] }).title, /^Nothing is missing in 1 columns/);
  });
});
