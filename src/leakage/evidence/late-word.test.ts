import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lateWordIn } from './late-word.js';

test('names of what comes after the event are heard in English, Spanish and German, however they are written', () => {
  const heard = ['outcome', 'finalBalance', 'loan_status', 'CLOSED-AT', 'Duración', 'fecha_cierre'];
  const german = ['Ergebnis', 'Kündigung', 'gesprächsdauer', 'storno_am', 'Gesamtergebnis'];
  for (const name of [...heard, ...german]) {
    assert.notEqual(lateWordIn(name), undefined, name);
  }
});

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
  for (const name of [...bank, ...more, 'finalist', 'unwonted', 'closet', 'costa']) {
    assert.equal(lateWordIn(name), undefined, name);
  }
});

test('words that columns known in time bear just as often are weak', () => {
  for (const name of ['duration', 'Administrative_Duration', 'orderStatus', 'Gesprächsdauer']) {
    assert.equal(lateWordIn(name)?.weak, true, name);
  }
  assert.equal(lateWordIn('refund_duration')?.weak, false);
});
