/** L01: the table holds columns that the schema says are not known yet at the moment of prediction. */
import { aloneItReaches, type Check, type Finding, strengthEvidence } from '../leakage.js';

export const declaredLate: Check = {
  code: 'L01',
  title: 'declared late',
  look: ({ subject }) =>
    subject.columns
      .filter(({ known }) => known !== 'before')
      .map((column): Finding => {
        const strength = subject.strength(column);
        const because = column.type.because ? ` (${column.type.because})` : '';
        const known = `Known only ${column.known} the moment of prediction, "${subject.dataset.schema.moment}"${because}.`;
        return {
          code: 'L01',
          severity: 'leak',
          columns: [column.name],
          what: `${known} ${aloneItReaches(subject, strength)}`.trim(),
          evidence: { ...strengthEvidence(subject, strength), known: column.known },
          remedy:
            'Leave it out of every feature; the schema refuses it. Move it to `before` only if it is known in time.',
          contained: 'the schema keeps it out of every feature',
        };
      }),
};
