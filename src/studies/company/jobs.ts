/** The nights of the simulated company: its copies, and what is computed from them. A model for those of a real one, whose addresses stand in the environment. */
import { join } from 'node:path';
import { type Copy, type CopySpec, defineCopy, defineJob, type Job } from 'alambique/jobs';
import { type CompanySystem, companyDatabase } from './company.js';

/** Every night at two, Madrid's time, the same for the three programs; `alambique copy demo` runs them together. */
function nightly(system: CompanySystem, tables: CopySpec['tables']): Copy {
  return defineCopy({
    name: `demo-${system}`,
    group: 'demo',
    // A real one would say from: 'env:ERP_DATABASE'.
    from: ({ root }) => companyDatabase(system, join(root, 'data', 'company')),
    tables,
    to: `data/raw/${system}`,
    at: '0 2 * * *',
    timeZone: 'Europe/Madrid',
    keep: '90 days',
  });
}

export const erp: Copy = nightly('erp', {
  loans: {
    keys: ['loan_id'],
    person: 'id',
    expectations: { columns: { loan_id: { filled: true }, loan_amount: { least: 0 } } },
  },
  invoices: { keys: ['invoice_id'], person: 'client_id' },
});

export const crm: Copy = nightly('crm', {
  clients: { keys: ['id'], person: 'id', drop: ['full_name', 'email'] },
});

export const stockControl: Copy = nightly('stock-control', {
  articles: { keys: ['article'] },
  stock: { keys: ['article', 'warehouse'], expectations: { columns: { on_hand: { least: 0 } } } },
});

/** What is known of each client of the loans, as the service answers it by id. */
export const clients: Job = defineJob({
  name: 'demo-clients',
  at: '30 3 * * *',
  timeZone: 'Europe/Madrid',
  command: ['clients', 'credit-risk', '--data', 'data/raw/erp/latest/loans.csv'],
});
