/** What each check of the audit finds, and what it leaves alone. Long, because each has cases of both kinds. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Random, seededRandom } from '../../random.js';
import { type ColumnType, category, date, id, number, yesNo } from '../../schema/column-types.js';
import { makeDataset } from '../../schema/dataset.js';
import { makeSchema } from '../../schema/define-schema.js';
import type { Dataset } from '../../schema/schema.js';
import { type Column, categoryColumn, dateColumn, numberColumn, table } from '../../table/table.js';
import { knownKinds, simulateKnown } from '../../testing/simulate/known.js';
import { auditLeakage } from '../audit-leakage.js';
import type { Finding } from '../leakage.js';

test('shops that differ in their rates, gaps that tell, steps and crosses are no leak: clean data from elsewhere', () => {
  const cries = knownKinds.flatMap((kind) =>
    [1, 2, 3, 4].filter((seed) => {
      const { table, labels } = simulateKnown(kind, { rows: 2000, seed });
      const columns = table.columns.filter(({ name }) => name !== 'y');
      return auditLeakage(datasetOf([...labels], columns)).findings.length > 0;
    }),
  );
  assert.equal(cries.length, 0);
});

test('a level of one class is suspect only with rows enough, and says how many', () => {
  const labels = Array.from({ length: 400 }, (_, i) => Number(i % 4 === 0));
  const zones = (rows: number): Column =>
    categoryColumn(
      'zone',
      labels.map((label, i) => (label === 1 && i < 4 * rows ? 'closed' : `zone ${i % 3}`)),
    );
  assert.deepEqual(codes(datasetOf(labels, [zones(4)])), []);
  const { findings } = auditLeakage(datasetOf(labels, [zones(40)]));
  assert.deepEqual(
    findings.map(({ code }) => code),
    ['L10'],
  );
  assert.deepEqual(findings[0]!.evidence.values, [{ value: 'closed', rows: 40, class: 'yes' }]);
});

test('a gap, or a code such as 999, in one class only is suspect', () => {
  const random = seededRandom(1);
  const labels = Array.from({ length: 400 }, () => Number(random.uniform() < 0.4));
  for (const gap of [null, 999]) {
    const values = labels.map((label, i) =>
      label === 0 && i % 3 === 0 ? gap : Math.round(90 * random.normal()),
    );
    const { findings } = auditLeakage(datasetOf(labels, [numberColumn('reading', values)]));
    assert.deepEqual(
      findings.map(({ code }) => code),
      ['L10'],
    );
    assert.match(findings[0]!.what, gap === null ? /rows without a value/ : /rows that hold "999"/);
  }
});

test('means that were learned on the training rows only are no encoding of all rows', () => {
  const random = seededRandom(2);
  const shops = Array.from({ length: 600 }, () => random.integer(8));
  const labels = shops.map((shop) => Number(random.uniform() < 0.1 + 0.05 * shop));
  const meansOf = (rows: number): number[] =>
    Array.from({ length: 8 }, (_, shop) => {
      const own = labels.slice(0, rows).filter((_, i) => shops[i] === shop);
      return own.reduce((sum, label) => sum + label, 0) / own.length;
    });
  const column = (rows: number): Column =>
    numberColumn(
      'shop_rate',
      shops.map((shop) => meansOf(rows)[shop]!),
    );
  assert.deepEqual(codes(datasetOf(labels, [column(450)])), []);
  assert.deepEqual(codes(datasetOf(labels, [column(600)])), ['L09']);
  const rounded = numberColumn(
    'shop_rate',
    shops.map((shop) => Math.round(1000 * meansOf(600)[shop]!) / 1000),
  );
  assert.deepEqual(codes(datasetOf(labels, [rounded])), ['L09']);
});

test('numbers with decimals in both classes are measurements, not mixtures', () => {
  const random = seededRandom(3);
  const labels = Array.from({ length: 400 }, () => Number(random.uniform() < 0.3));
  const weight = numberColumn(
    'weight',
    labels.map(() => 70 + 9 * random.normal()),
  );
  const whole = numberColumn(
    'whole',
    labels.map((label) => (label ? random.uniform() * 9 : random.integer(9))),
  );
  assert.deepEqual(codes(datasetOf(labels, [weight])), []);
  const { findings } = auditLeakage(datasetOf(labels, [weight, whole]));
  assert.deepEqual(
    findings.map(({ code, columns }) => [code, columns]),
    [['L09', ['whole']]],
  );
});

for (const [what, column] of [
  [
    'a reason of three levels',
    (told: boolean[], r: Random) =>
      categoryColumn(
        'x',
        told.map((is) => (is ? `r${r.integer(3)}` : null)),
      ),
  ],
  [
    'a refund in euros',
    (told: boolean[], r: Random) =>
      numberColumn(
        'x',
        told.map((is) => (is ? 5 + r.integer(60) : null)),
      ),
  ],
  [
    'a refund in cents',
    (told: boolean[], r: Random) =>
      numberColumn(
        'x',
        told.map((is) => (is ? r.integer(9000) / 100 : null)),
      ),
  ],
  [
    'a date',
    (told: boolean[], r: Random) =>
      dateColumn(
        'x',
        told.map((is) => (is ? r.integer(300) * 86_400_000 : null)),
      ),
  ],
] as const) {
  test(`${what} in half of the yes rows is present for one outcome only, and nothing else`, () => {
    const random = seededRandom(8);
    const labels = Array.from({ length: 600 }, () => Number(random.uniform() < 0.3));
    const told = labels.map((label) => label === 1 && random.uniform() < 0.5);
    const { findings } = auditLeakage(datasetOf(labels, [column(told, random)]));
    assert.deepEqual(codesOf(findings), ['L12']);
    assert.match(findings[0]!.what, /^All \d+ rows with a value \(\d+\.\d %\) are yes\.$/);
  });
}

test('a number above zero only among the no rows is so for one outcome only, in cents too', () => {
  for (const cents of [1, 100]) {
    const random = seededRandom(9);
    const labels = Array.from({ length: 600 }, () => Number(random.uniform() < 0.3));
    const paid = labels.map((label) =>
      label === 0 && random.uniform() < 0.4 ? (1 + random.integer(90 * cents)) / cents : 0,
    );
    const { findings } = auditLeakage(datasetOf(labels, [numberColumn('paid', paid)]));
    assert.deepEqual(codesOf(findings), ['L13']);
    assert.match(findings[0]!.what, /^All \d+ rows above 0 \(.*\) are no\.$/);
  }
});

for (const [none, column] of [
  [
    '"none"',
    (told: boolean[], r: Random) =>
      categoryColumn(
        'x',
        told.map((is) => (is ? `note ${r.integer(1e6)}` : 'none')),
      ),
  ],
  [
    '"999"',
    (told: boolean[], r: Random) =>
      numberColumn(
        'x',
        told.map((is) => (is ? r.integer(4000) : 999)),
      ),
  ],
  [
    '"1900-01-01"',
    (told: boolean[], r: Random) =>
      dateColumn(
        'x',
        told.map((is) => (is ? Date.UTC(2024, 0, 1 + r.integer(300)) : Date.UTC(1900, 0, 1))),
      ),
  ],
  [
    '0',
    (told: boolean[], r: Random) =>
      numberColumn(
        'x',
        told.map((is) => (is ? r.normal() : 0)),
      ),
  ],
] as const) {
  test(`${none} may stand for none: any other value in half of the yes rows is present for one outcome only`, () => {
    const random = seededRandom(14);
    const labels = Array.from({ length: 600 }, () => Number(random.uniform() < 0.3));
    const told = labels.map((label) => label === 1 && random.uniform() < 0.5);
    const { findings } = auditLeakage(datasetOf(labels, [column(told, random)]));
    assert.deepEqual(codesOf(findings), [none === '0' ? 'L13' : 'L12']);
    assert.match(
      findings[0]!.what,
      new RegExp(`^All \\d+ rows with another value than ${none} \\(.*\\) are yes\\.$`),
    );
  });
}

test('a column filled for most of the yes rows and hardly any other is a question, slips and all', () => {
  const random = seededRandom(15);
  const labels = Array.from({ length: 3000 }, () => Number(random.uniform() < 0.3));
  const filled = (yes: number, no: number): Column =>
    dateColumn(
      'left',
      labels.map((label) =>
        random.uniform() < (label ? yes : no) ? random.integer(300) * 86_400_000 : null,
      ),
    );
  const { findings } = auditLeakage(datasetOf(labels, [filled(0.6, 0.01)]));
  assert.deepEqual(codesOf(findings), ['L12']);
  assert.match(
    findings[0]!.what,
    /^Of \d+ rows with a value \(.*\) 9\d\.\d % are yes, of the others 1\d\.\d %\.$/,
  );
  // Who was a client before buys far oftener, and that is known.
  assert.deepEqual(codes(datasetOf(labels, [filled(0.3, 0.03)])), []);
});

test('a range of one outcome is found between others, too', () => {
  const random = seededRandom(16);
  const labels = Array.from({ length: 600 }, () => Number(random.uniform() < 0.3));
  const others = (): number => {
    const value = Math.floor(80 * random.uniform());
    return value < 40 ? value : value + 20;
  };
  const level = labels.map((label) =>
    label === 1 && random.uniform() < 0.4 ? 40 + random.integer(20) : others(),
  );
  const { findings } = auditLeakage(datasetOf(labels, [numberColumn('level', level)]));
  assert.deepEqual(codesOf(findings), ['L14']);
  assert.match(findings[0]!.what, /^All \d+ rows from 40 to 59 \(/);
});

test('two columns that lie a constant apart, or stand in one ratio, for one outcome only are found', () => {
  const random = seededRandom(17);
  const labels = Array.from({ length: 600 }, () => Number(random.uniform() < 0.3));
  const told = labels.map((label) => label === 1 && random.uniform() < 0.5);
  const day = 86_400_000;
  const opened = labels.map(() => day * random.integer(900));
  const closed = opened.map((time, i) => time + day * (told[i] ? 30 : 31 + random.integer(60)));
  const dates = datasetOf(labels, [dateColumn('opened', opened), dateColumn('closed', closed)]);
  const [apart, ...more] = auditLeakage(dates).findings;
  assert.deepEqual([apart!.code, more.length], ['L15', 0]);
  assert.match(apart!.what, /^All \d+ rows \(.*\) in which the two lie 30 days apart are yes\.$/);
  const price = labels.map(() => 10 + random.integer(100_000));
  const offer = price.map((x, i) => (told[i] ? x / 2 : Math.round(100 * x * (0.6 + random.uniform())) / 100));
  const amounts = datasetOf(labels, [numberColumn('price', price), numberColumn('offer', offer)]);
  const ratio = auditLeakage(amounts).findings;
  assert.deepEqual(codesOf(ratio), ['L15']);
  assert.match(ratio[0]!.what, /in which the two stand in the ratio 0\.5 are yes\.$/);
});

test('a column that tells as much as all others together is a question, whatever its name', () => {
  const random = seededRandom(10);
  const labels = Array.from({ length: 3000 }, () => Number(random.uniform() < 0.3));
  const shared = labels.map((label) => 1.1 * label + random.normal());
  const others = ['a', 'b', 'c', 'd', 'e'].map((name) =>
    numberColumn(
      name,
      shared.map((x) => x + 0.3 * random.normal()),
    ),
  );
  const secs = numberColumn(
    'secs',
    labels.map((label) => 1.4 * label + random.normal()),
  );
  assert.deepEqual(codes(datasetOf(labels, others)), []);
  const { findings } = auditLeakage(datasetOf(labels, [...others, secs]));
  assert.deepEqual(
    findings.map(({ code, columns }) => [code, columns]),
    [['L02', ['secs']]],
  );
  assert.match(
    findings[0]!.what,
    /^Alone it reaches an AUC of \.8\d\d; all other columns together reach \.7\d\d\./,
  );
});

test('rows that only a declared identifier tells apart are different cases, rows of one identifier are copies', () => {
  const random = seededRandom(11);
  const labels = Array.from({ length: 500 }, () => Number(random.uniform() < 0.3));
  // In each block of seven rows the second copies the first.
  const columns = ['a', 'b', 'c', 'd'].map((name) => {
    const values = labels.map(() => 1e6 * random.uniform());
    return numberColumn(
      name,
      values.map((value, i) => (i % 7 === 1 ? values[i - 1]! : value)),
    );
  });
  const ids = (rowsEach: number): Column =>
    categoryColumn(
      'client',
      labels.map((_, i) => `c${Math.floor(i / rowsEach)}`),
    );
  assert.deepEqual(codes(datasetOf(labels, columns)), ['L05']);
  assert.deepEqual(codes(datasetOf(labels, [...columns, ids(1)], { client: id() })), []);
  assert.deepEqual(codes(datasetOf(labels, [...columns, ids(7)], { client: id() })), ['L05']);
});

test('durations known before and the outcome of a campaign before are left alone', () => {
  const random = seededRandom(12);
  const labels = Array.from({ length: 2000 }, () => Number(random.uniform() < 0.2));
  const durations = ['Administrative_Duration', 'Informational_Duration', 'ProductRelated_Duration'].map(
    (name) =>
      numberColumn(
        name,
        labels.map((label) => Math.round(100 * Math.exp(0.8 * label + random.normal()))),
      ),
  );
  const poutcome = categoryColumn(
    'poutcome',
    labels.map((label) => (random.uniform() < 0.1 + 0.3 * label ? 'success' : 'failure')),
  );
  assert.deepEqual(codes(datasetOf(labels, [...durations, poutcome])), []);
});

test('an order that comes and goes is explained by its stretches, a trend by its ends', () => {
  const wave = Array.from({ length: 3000 }, (_, i) => Number(Math.floor(i / 150) % 2 === 0 && i % 10 < 9));
  const [season] = auditLeakage(
    datasetOf(wave, [
      numberColumn(
        'a',
        wave.map((_, i) => (i * 7919) % 83),
      ),
    ]),
  ).findings;
  assert.match(
    season!.what,
    /AUC of \.9\d\d: the share of yes comes and goes, from 0\.0 % to 9\d\.\d % in stretches of 47 rows\.$/,
  );
  const random = seededRandom(13);
  const rising = Array.from({ length: 3000 }, (_, i) => Number(random.uniform() < i / 3000));
  const [trend] = auditLeakage(
    datasetOf(rising, [
      numberColumn(
        'a',
        rising.map((_, i) => (i * 7919) % 83),
      ),
    ]),
  ).findings;
  assert.match(
    trend!.what,
    /the share of yes goes from \d\.\d % in the first tenth of the rows to 9\d\.\d % in the last\.$/,
  );
});

test('one date from the future in many rows is a code for "none", and stops nobody', () => {
  const labels = Array.from({ length: 400 }, (_, i) => Number(i % 3 === 0));
  const day = 86_400_000;
  const asked = labels.map((_, i) => (20_000 + i) * day);
  const hired = asked.map((time, i) =>
    i % 4 === 0 ? Date.UTC(3021, 8, 18) : time - (1 + ((i * 37) % 5000)) * day,
  );
  const dataset = datasetOf(labels, [dateColumn('asked', asked), dateColumn('hired', hired)], {}, 'asked');
  const [finding] = auditLeakage(dataset).findings;
  assert.deepEqual([finding!.code, finding!.severity], ['L11', 'suspect']);
  assert.match(finding!.what, /^In 100 rows \(25\.0 %\) it is 3021-09-18, after "asked": a code for "none"/);
});

test('drawn amounts are no identifiers, numbered rows are, and what is declared as one is left alone', () => {
  const random = seededRandom(4);
  const labels = Array.from({ length: 500 }, () => Number(random.uniform() < 0.3));
  const amount = numberColumn(
    'amount',
    labels.map(() => Math.round(5000 + 2000 * random.normal())),
  );
  const price = numberColumn(
    'price',
    labels.map(() => random.uniform() * 100),
  );
  assert.deepEqual(codes(datasetOf(labels, [amount, price])), []);
  const numbered = [...random.shuffle(Float64Array.from(labels, (_, i) => 70_000 + 7 * i))];
  assert.deepEqual(codes(datasetOf(labels, [numberColumn('file', numbered)])), ['L04']);
  const text = categoryColumn(
    'file',
    numbered.map((x) => `f${x}`),
  );
  assert.deepEqual(codes(datasetOf(labels, [text])), ['L04']);
  assert.deepEqual(codes(datasetOf(labels, [text, amount], { file: id() })), []);
});

test('a date after its row is a leak, a few are suspect, and the order itself is neither', () => {
  const random = seededRandom(5);
  const day = 86_400_000;
  const labels = Array.from({ length: 400 }, () => Number(random.uniform() < 0.3));
  const asked = labels.map((_, i) => i * day);
  const audit = (later: number): unknown => {
    const born = asked.map((time, i) => (i < later ? time + day : time - day * (1 + random.integer(20000))));
    const dataset = datasetOf(labels, [dateColumn('asked', asked), dateColumn('born', born)], {}, 'asked');
    return auditLeakage(dataset).findings.map(({ code, severity, columns }) => [code, severity, columns]);
  };
  assert.deepEqual(audit(0), []);
  assert.deepEqual(audit(2), [['L11', 'suspect', ['born']]]);
  assert.deepEqual(audit(80), [['L11', 'leak', ['born']]]);
});

test('few columns of few values have near-duplicates by chance, and that is no news', () => {
  const random = seededRandom(6);
  const labels = Array.from({ length: 500 }, () => Number(random.uniform() < 0.3));
  const column = (name: string): Column =>
    categoryColumn(
      name,
      labels.map(() => `v${random.integer(4)}`),
    );
  assert.deepEqual(codes(datasetOf(labels, ['a', 'b', 'c', 'd', 'e'].map(column))), []);
});

test('a written `because` answers a name that sounds like the outcome', () => {
  const random = seededRandom(7);
  const labels = Array.from({ length: 200 }, () => Number(random.uniform() < 0.3));
  const column = categoryColumn(
    'outcome',
    labels.map((label) => `v${random.uniform() < 0.6 ? label : random.integer(3)}`),
  );
  assert.deepEqual(codes(datasetOf(labels, [column])), ['L08']);
  const because = category({ because: 'of the campaign before' });
  assert.deepEqual(codes(datasetOf(labels, [column], { outcome: because })), []);
});

function codes(dataset: Dataset): string[] {
  return codesOf(auditLeakage(dataset).findings);
}

function codesOf(findings: readonly Finding[]): string[] {
  return findings.map(({ code }) => code);
}

const typeOf: Record<Column['kind'], ColumnType> = { number: number(), date: date(), category: category() };

function datasetOf(
  labels: readonly number[],
  columns: readonly Column[],
  types: Readonly<Record<string, ColumnType>> = {},
  order?: string,
): Dataset {
  const schema = makeSchema({
    moment: 'the offer is sent',
    target: { name: 'bought', type: yesNo('bought') },
    order,
    group: undefined,
    columns: columns.map(({ name, kind }) => ({ name, known: 'before', type: types[name] ?? typeOf[kind] })),
  });
  const target = categoryColumn(
    'bought',
    labels.map((label) => (label ? 'yes' : 'no')),
  );
  return makeDataset(schema, table([...columns, target]), { name: 'made', sha256: '', simulated: true });
}
