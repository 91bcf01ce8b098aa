/** Twenty columns that are written too late, planted one by one: none may be drafted as known before; honest ones may. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { seededRandom } from '../random.js';
import { readCsv } from '../schema/read-csv.js';
import { draftSchema, type SchemaDraft } from './draft-schema.js';
import { look } from './look-at-file.js';

const folder = mkdtempSync(join(tmpdir(), 'alambique draft '));
after(() => rmSync(folder, { recursive: true }));

const rowCount = 1500;

interface Client {
  readonly age: number;
  readonly income: number;
  readonly visits: number;
  readonly job: string;
  readonly region: string;
  readonly yes: boolean;
}

const random = seededRandom(11);
const pick = <T>(values: readonly T[]): T => values[random.integer(values.length)]!;

const clients: readonly Client[] = Array.from({ length: rowCount }, () => {
  const age = 18 + random.integer(60);
  const income = Math.round(1000 + 900 * random.uniform());
  const visits = random.integer(12);
  const job = pick(['clerk', 'cook', 'nurse', 'driver']);
  const chance = 1 / (1 + Math.exp(2.6 - age / 40 - visits / 12 - (job === 'cook' ? 0.8 : 0)));
  return {
    age,
    income,
    visits,
    job,
    region: pick(['north', 'south', 'west']),
    yes: random.uniform() < chance,
  };
});
const honest = ['age', 'income', 'visits', 'job', 'region'] as const;

const day = (offset: number): string =>
  new Date(Date.UTC(2025, 0, 1) + offset * 86_400_000).toISOString().slice(0, 10);
const noise = (): number => random.normal();

/** Columns whose names give them away, whatever they hold. */
const byName: Readonly<Record<string, (client: Client) => string>> = {
  closed_at: () => day(random.integer(300)),
  final_balance: () => noise().toFixed(2),
  refund_amount: () => (100 + 20 * noise()).toFixed(2),
  outcomeCode: () => pick(['a', 'b', 'c']),
  call_duration: () => String(random.integer(600)),
  'Cancellation reason': () => pick(['price', 'move', 'other']),
  churned_on: () => day(random.integer(300)),
  loan_status: () => pick(['open', 'late']),
  fecha_cierre: () => day(random.integer(300)),
  kündigungsdatum_erledigt: () => day(random.integer(300)),
};

/** Columns under harmless names that tell the outcome too well. */
const byPower: Readonly<Record<string, (client: Client) => string>> = {
  secs: ({ yes }) => (1.7 * Number(yes) + noise()).toFixed(3),
  flag: ({ yes }) => (random.uniform() < 0.03 ? (yes ? 'a' : 'b') : yes ? 'b' : 'a'),
  letter: ({ yes }) => (yes ? 'x' : 'z'),
  topic: ({ yes }) => (yes && random.uniform() < 0.5 ? pick(['price', 'service', 'move']) : ''),
  euros: ({ yes }) => (yes && random.uniform() < 0.5 ? String(5 + random.integer(60)) : '0'),
  day_two: ({ yes }) => (yes && random.uniform() < 0.5 ? day(random.integer(300)) : ''),
  points: ({ yes }) =>
    (yes && random.uniform() < 0.5 ? 500 + 100 * random.uniform() : 400 * random.uniform()).toFixed(1),
  agent: ({ yes }) => (yes ? pick(['Ana', 'Rui', 'Eva']) : pick(['Ana', 'Rui', 'Eva', 'Ivo', 'Ivo'])),
  balance: ({ yes }) => (yes ? '' : (900 + 100 * noise()).toFixed(2)),
  grade: ({ yes }) =>
    String(Math.max(1, Math.min(5, Math.round(3 + 1.9 * (yes ? 1 : -1) * Math.abs(noise()))))),
};

async function draftWith(name: string, value: (client: Client) => string): Promise<SchemaDraft> {
  const header = [...honest.slice(0, 3), name, ...honest.slice(3), 'churned'].join(',');
  const lines = clients.map((client) =>
    [
      client.age,
      client.income,
      client.visits,
      value(client),
      client.job,
      client.region,
      client.yes ? 'yes' : 'no',
    ].join(','),
  );
  const path = join(folder, 'clients.csv');
  writeFileSync(path, `${header}\n${lines.join('\n')}\n`);
  return draftSchema(await look(path), { target: 'churned', moment: 'the offer is sent' });
}

describe('a late column is never drafted as known before', () => {
  for (const [name, value] of Object.entries({ ...byName, ...byPower })) {
    test(name, async () => {
      const { schema, columns } = await draftWith(name, value);
      assert.ok(schema.late.includes(name), `${name} is known before`);
      const { why, known } = columns.find((column) => column.name === name)!;
      assert.equal(known, 'after');
      assert.ok(why.length > 10, why);
      assert.deepEqual(
        honest.filter((one) => !schema.before.includes(one)),
        [],
      );
    });
  }
});

test('the code is the schema: it says the moment, the target, the reasons and the doubts', async () => {
  const { code, schema } = await draftWith('closed_at', byName.closed_at!);
  assert.equal(
    code.split('\n').slice(0, 5).join('\n'),
    [
      'const schema = defineSchema({',
      "  moment: 'the offer is sent',",
      `  target: yesNo('churned'), // "yes" says yes by itself`,
      '  before: {',
      "    age: number({ unit: 'years' }), // its values are numbers",
    ].join('\n'),
  );
  assert.match(
    code,
    /after: \{\n {4}closed_at: date\(\{ because: 'its name says "closed", which is often known only afterwards' \}\),/,
  );
  assert.equal(schema.moment, 'the offer is sent');
});

test('a column that repeats a late one is late as well', async () => {
  const seconds = new Map(clients.map((client) => [client, random.integer(600)]));
  const path = join(folder, 'calls.csv');
  const lines = clients.map((client) => {
    const { age, income, visits, job, region, yes } = client;
    return [
      age,
      income,
      visits,
      job,
      region,
      seconds.get(client),
      seconds.get(client)! / 60,
      yes ? 'yes' : 'no',
    ].join(',');
  });
  writeFileSync(path, `${honest.join(',')},call_duration,minutes,churned\n${lines.join('\n')}\n`);
  const { schema } = draftSchema(await look(path), { target: 'churned' });
  assert.deepEqual([...schema.late].sort(), ['call_duration', 'minutes']);
});

test('a target that is not there, or that nothing can predict, is refused with what to do', async () => {
  const seen = await (async () => {
    await draftWith('closed_at', byName.closed_at!);
    return look(join(folder, 'clients.csv'));
  })();
  assert.throws(() => draftSchema(seen, { target: 'churnd' }), /Did you mean "churned"\?/);
  assert.throws(() => draftSchema(seen, { target: 'closed_at' }), /which nothing can predict/);
  assert.throws(
    () => draftSchema(seen, { target: 'churned', task: 'number' }),
    /it holds no numbers, but such as/,
  );
});

test('words among numbers are no values there, and levels elsewhere; what is drafted reads the file', async () => {
  const path = join(folder, 'words.csv');
  const lines = clients.map(({ age, job, yes }, i) => {
    const [shownAge, garage] = [
      i % 40 === 3 ? 'N/D' : i % 97 === 5 ? 'none' : age,
      i % 3 === 0 ? 'none' : 'double',
    ];
    return `${shownAge};${job};${garage};${yes ? 'yes' : 'no'}`;
  });
  writeFileSync(path, `age;job;garage;churned\n${lines.join('\n')}\n`);
  const seen = await look(path);
  const { schema } = draftSchema(seen, { target: 'churned' });
  const { table } = await readCsv(path, schema, { dialect: seen.dialect });
  assert.equal(table.rowCount, rowCount);
  assert.deepEqual(seen.dialect.columns?.age?.missing, ['N/D', 'none']);
  assert.deepEqual([...table.categories('garage').levels].sort(), ['double', 'none']);
  assert.ok(Number.isNaN(table.numbers('age')[3]));
});
