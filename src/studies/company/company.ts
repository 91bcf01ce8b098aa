/** A simulated company: its ERP, its CRM and its stock control, each a SQLite file. Nobody's data. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Column, type Random, seededRandom, type Table } from 'alambique';
import { type SqliteTable, type SqliteValue, writeSqlite } from 'alambique/jobs';
import { simulateLoans } from '../credit-risk/simulate-loans.js';

/** What the three programs of the company are called. */
export type CompanySystem = 'erp' | 'crm' | 'stock-control';

const seed = 2026;
/** Articles of the wholesale, each with its stock in two warehouses. */
const articleCount = 400;

/**
 * The address of a program's database, which is made where it is not there yet: the ERP has `loans` (in the columns of the credit-risk sample)
 * and `invoices`, the CRM `clients`, stock control `articles` and `stock`. The same seed gives the same rows.
 */
export async function companyDatabase(system: CompanySystem, folder: string): Promise<string> {
  const path = join(folder, `${system}.db`);
  if (!existsSync(path)) await writeSqlite(path, await systems[system](seededRandom(seed).fork(system)));
  return `sqlite:${path}`;
}

const systems: Readonly<Record<CompanySystem, (random: Random) => Promise<Record<string, SqliteTable>>>> = {
  async erp(random) {
    const { table } = simulateLoans({ seed });
    return { loans: tableOf(table, ['loan_id']), invoices: invoicesOf(table, random) };
  },
  async crm(random) {
    const { table } = simulateLoans({ seed });
    return { clients: clientsOf(table, random) };
  },
  async 'stock-control'(random) {
    return articlesAndStock(random);
  },
};

/** Columns of a loan that say something of its client. */
const clientColumns = [
  ...['id', 'code_gender', 'flag_own_car', 'flag_own_realty', 'cnt_children', 'amt_income_total'],
  ...['name_income_type', 'name_education_type', 'name_family_status', 'name_housing_type', 'days_birth'],
  ...['days_employed', 'flag_mobil', 'flag_work_phone', 'flag_phone', 'flag_email', 'occupation_type'],
  ...['cnt_fam_members', 'birthday', 'job_start_date'],
];

function tableOf(table: Table, key: readonly string[]): SqliteTable {
  const rows = Array.from({ length: table.rowCount }, (_, row) =>
    table.columns.map((column) => valueAt(column, row)),
  );
  const columns = Object.fromEntries(table.columns.map((column) => [column.name, typeOf(column)]));
  return { columns, key, rows };
}

/** A row a client, with a name and an address that no copy needs. */
function clientsOf(loans: Table, random: Random): SqliteTable {
  const { columns, rows } = tableOf(loans.pick(clientColumns), []);
  const byId = new Map([...rows].map((row) => [row[0], row]));
  return {
    columns: { ...columns, full_name: 'text', email: 'text' },
    key: ['id'],
    rows: [...byId.values()].map((row, i) => {
      const first = firstNames[random.integer(firstNames.length)]!;
      const last = lastNames[random.integer(lastNames.length)]!;
      return [...row, `${first} ${last}`, `${first}.${last}.${i}@example.org`.toLowerCase()];
    }),
  };
}

const firstNames = ['Ana', 'Begoña', 'Carlos', 'Diego', 'Elena', 'Íñigo', 'Lucía', 'Marta', 'Nuria', 'Pablo'];
const lastNames = ['Álvarez', 'Díaz', 'García', 'López', 'Muñoz', 'Núñez', 'Ortiz', 'Pérez', 'Ruiz', 'Sanz'];

/** What the company has billed for its loans. */
function invoicesOf(loans: Table, random: Random): SqliteTable {
  const [loan, client, date, amount] = ['loan_id', 'id', 'loan_date', 'loan_amount'].map((name) =>
    loans.column(name),
  );
  return {
    columns: {
      invoice_id: 'integer',
      loan_id: 'integer',
      client_id: 'text',
      due: 'date',
      amount_cents: 'integer',
      paid: 'boolean',
    },
    key: ['invoice_id'],
    rows: Array.from({ length: loans.rowCount }, (_, row) => {
      const lent = Date.parse(String(valueAt(date!, row)));
      const due = new Date(lent + 30 * 86_400_000).toISOString().slice(0, 10);
      const cents = Math.round(Number(valueAt(amount!, row)) * 10);
      return [
        100_000 + row,
        valueAt(loan!, row),
        valueAt(client!, row),
        due,
        cents,
        random.uniform() < 0.93 ? 1 : 0,
      ];
    }),
  };
}

function articlesAndStock(random: Random): Record<string, SqliteTable> {
  const articles = Array.from({ length: articleCount }, (_, i): SqliteValue[] => {
    const group = groups[random.integer(groups.length)]!;
    const price = Math.round(100 * Math.exp(2.2 + 0.8 * random.normal()));
    return [`A-${1000 + i}`, `${group} ${i + 1}`, group, price, random.uniform() < 0.05 ? 1 : 0];
  });
  const stock = articles.flatMap(([article]) =>
    ['Madrid', 'Zaragoza'].map((warehouse): SqliteValue[] => {
      const counted = `2026-11-${String(1 + random.integer(27)).padStart(2, '0')} 18:00:00`;
      return [article!, warehouse, random.integer(200), counted];
    }),
  );
  return {
    articles: {
      columns: {
        article: 'text',
        title: 'text',
        product_group: 'text',
        price_cents: 'integer',
        discontinued: 'boolean',
      },
      key: ['article'],
      rows: articles,
    },
    stock: {
      columns: { article: 'text', warehouse: 'text', on_hand: 'integer', counted: 'timestamp' },
      key: ['article', 'warehouse'],
      rows: stock,
    },
  };
}

const groups = ['Coffee', 'Tea', 'Flour', 'Olive oil', 'Rice', 'Wine'];

function valueAt(column: Column, row: number): SqliteValue {
  if (column.kind === 'category') return column.levels[column.codes[row]!] ?? null;
  const value = column.values[row]!;
  if (Number.isNaN(value)) return null;
  return column.kind === 'date' ? new Date(value).toISOString().slice(0, 10) : value;
}

function typeOf(column: Column): string {
  if (column.kind === 'category') return 'text';
  if (column.kind === 'date') return 'date';
  return column.values.every((value) => Number.isNaN(value) || Number.isInteger(value)) ? 'integer' : 'real';
}
