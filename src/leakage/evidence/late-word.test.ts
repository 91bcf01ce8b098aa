import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lateWordIn } from './late-word.js';

const heard = {
  English: [
    'outcome',
    'finalBalance',
    'loan_status',
    'CLOSED-AT',
    'charged_off',
    'churnedDate',
    'refundamount',
  ],
  Spanish: [
    'Duración',
    'fecha_cierre',
    'FechaCancelación',
    'motivo_baja',
    'importe_reembolso',
    'préstamo pagado',
  ],
  German: [
    'Ergebnis',
    'Kündigung',
    'gesprächsdauer',
    'storno_am',
    'Gesamtergebnis',
    'Kündigungsdatum',
    'RueckgabeGrund',
  ],
  French: [
    'résultat',
    'date_résiliation',
    'montantRemboursé',
    'motif d’annulation',
    'durée_appel',
    'commande_livrée',
  ],
  Portuguese: [
    'desfecho',
    'data_encerramento',
    'valor_devolução',
    'duração',
    'empréstimo quitado',
    'dataCancelamento',
  ],
};

for (const [language, names] of Object.entries(heard)) {
  test(`${language}: names of what comes after the event are heard, however they are written`, () => {
    for (const name of names) assert.notEqual(lateWordIn(name), undefined, name);
  });
}

test('names of the past, of persons and of other things are left alone', () => {
  const bank = [
    'age',
    'job',
    'marital',
    'education',
    'default',
    'balance',
    'housing',
    'loan',
    'contact',
    'day',
    'month',
  ];
  const more = [
    'campaign',
    'pdays',
    'previous',
    'previous_outcome',
    'marital_status',
    'lastResult',
    'estado',
    'prepaid',
    'poutcome',
  ];
  const other = [
    'ancien_résultat',
    'resultado_anterior',
    'Ergebnis Vorjahr',
    'última_devolução',
    'saldo_actual',
  ];
  for (const name of [
    ...bank,
    ...more,
    ...other,
    'finalist',
    'unwonted',
    'closet',
    'costa',
    'data',
    'date',
  ]) {
    assert.equal(lateWordIn(name), undefined, name);
  }
});

test('words that columns known in time bear just as often are weak', () => {
  for (const name of ['duration', 'Administrative_Duration', 'orderStatus', 'Gesprächsdauer']) {
    assert.equal(lateWordIn(name)?.weak, true, name);
  }
  for (const name of ['refund_duration', 'duration_refund']) assert.equal(lateWordIn(name)?.weak, false);
});
