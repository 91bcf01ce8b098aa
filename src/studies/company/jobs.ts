/** The nightly copies of the simulated company: a model for those of a real one, whose addresses stand in the environment. */
import { join } from 'node:path';
import { type Copy, type CopySpec, defineCopy } from 'alambique/jobs';
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
